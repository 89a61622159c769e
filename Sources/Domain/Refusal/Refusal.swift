/// Why a change is refused. Each case carries what the person needs to know to go on.
package enum Refusal: Error, Sendable, Hashable {
  // Texts
  case emptyText(TextUse)
  case textTooLong(TextUse, count: Int, limit: Int)
  /// `at` counts Unicode scalars from 1.
  case controlCharacter(in: TextUse, scalar: UInt32, at: Int)
  /// Too many combining marks in a row. `at` counts Unicode scalars from 1.
  case tooManyMarks(in: TextUse, at: Int)
  case badShopID(String)
  case semicolonInTag(String)
  /// An account such as `7.01235E+18`, of which a spreadsheet kept only the first digits.
  case cutNumber(String)
  case unknownTimeZone(String, nearest: [String])
  /// A stored zone that the time zone database no longer has.
  case timeZoneNoLongerKnown(String)

  // Shops
  case unknownShop(String, nearest: [String])
  case shopExists(ShopID)
  case shopArchived(ShopID)

  // Narrowing a list
  /// Nothing visible to the user has the name.
  case unknownName(FilterKey, String, nearest: [String])
  case emptyFilter(FilterKey)

  // Finding a run and an item
  case noRuns(ShopID)
  case unknownRun(ShopID, run: Int, newest: Int)
  case unknownItem(String, ShopID, nearest: [String])
  case noActiveRun(ShopID, item: String, inRun: Int, state: RunState)
  case severalRuns(ShopID, item: ItemID, runs: [Int])
  case noneActive(ShopID)
  case severalActiveRuns(ShopID, runs: [Int])
  case runIsClosed(run: Int, RunState)
  case runIsOlder(run: Int, newer: Int)

  // Starting and stopping
  case unknownChecklist(String, nearest: [String])
  case checklistNotForShop(ChecklistID, ShopID)
  case alreadyActive(ChecklistID, run: Int, ShopID)
  case nothingToStart(ShopID, alreadyActive: [ChecklistID])
  case allItemsLeftOut(ChecklistID, ShopID)
  /// The checklist's closing milestone has passed in the shop's switch.
  case closedByMilestone(ChecklistID, ShopID, Milestone, at: Moment, in: Zone)
  /// Due times should count from a rebinding, but none is recorded.
  case noRebinding(ShopID)

  // Changing an item
  case waiting(ItemID, for: [ItemID])
  case lacksProof(ItemID, anyOf: [ProofKind])
  case badLink(String)
  /// A file without content proves nothing.
  case emptyFile(String)
  case isSkipped(ItemID, by: String, link: Int? = nil, at: Moment)
  case criticalItem(ItemID)
  case samePerson(ItemID, by: String, link: Int? = nil)
  /// The person who made the link or token used to confirm is the one who ticked the item.
  case makerTicked(ItemID, maker: String, byLink: Bool)
  case nothingToConfirm(ItemID, ItemState)
  case notOutstanding(ItemID, ItemState)
  case notBlocked(ItemID, ItemState)
  case isBlocked(ItemID)
  /// A milestone came while the item was outstanding, so it can no longer be done.
  case isMissed(ItemID, Milestone, at: Moment, in: Zone)

  // Time; the zone is the one in which the times are meant
  case yearOutOfRange
  case inTheFuture(Moment, now: Moment, in: Zone)
  case beforeTheRun(Moment, began: Moment, run: Int, in: Zone)

  // Bindings and switches
  /// A first binding was requested, but the shop is bound to `account`.
  case boundAlready(ShopID, account: String, wanted: String)
  case notBound(ShopID)
  case sameAccount(ShopID, account: String)
  case noSwitch(ShopID)
  /// An earlier switch can't be recorded while another is in progress.
  case switchUnderWay(ShopID, to: String)
  /// The plan can't be changed or abandoned any more.
  case isUnbound(ShopID, number: Int)
  case notUnbound(ShopID, number: Int)
  case otherAccount(ShopID, wanted: String, planned: String, old: String)
  case unknownRequirement(String, platform: String, nearest: [String], known: [String])
  case beforeTheLastStep(ShopID, at: Moment, last: Moment, in: Zone)
  case plannedInThePast(Moment, at: Moment, in: Zone)
  case endsBeforeUnbinding(Moment, unbound: Moment, in: Zone)
  case finishBeforeItOpens(Moment, opens: Moment, in: Zone)
  /// Rules forbid the step. `platform` is nil if only the platform's page does.
  case forbidden(Milestone, ShopID, platform: String?, [RuleViolation])
}

/// Something that happened to a shop. A shop's events are one chain, numbered from 1 without gaps.
package struct Event: Sendable, Hashable {
  /// Position in the shop's chain, from 1 without gaps.
  package let number: Int
  package let shop: ShopID
  /// When it happened, which can be earlier than `recordedAt`.
  package let at: Moment
  package let recordedAt: Moment
  /// The time that the reporting device's clock gave, if that was impossible and `at` therefore differs.
  package let toldAt: Moment?
  package let by: Author
  package let change: Change

  package init(
    number: Int, shop: ShopID, at: Moment, recordedAt: Moment, toldAt: Moment? = nil, by: Author,
    change: Change
  ) {
    self.number = number
    self.shop = shop
    self.at = at
    self.recordedAt = recordedAt
    self.toldAt = toldAt
    self.by = by
    self.change = change
  }

  package enum Change: Sendable, Hashable {
    /// The whole shop as added.
    case shopAdded(Shop)
    /// The whole shop as it is after the edit.
    case shopEdited(Shop)
    case shopArchived
    case shopRestored
    case runStarted(RunStart)
    case runStopped(run: Int, reason: String)
    /// A newer run of the same checklist, numbered `by`, took its place.
    case runSuperseded(run: Int, by: Int)
    /// The milestone that the run counts from moved, and with it the due times of these items.
    case runMoved(run: Int, switchedAt: Moment, items: [RunMove])
    /// The run follows a new version of its checklist from now on.
    case runUpgraded(RunUpgrade)
    case item(run: Int, ItemID, ItemChange)
    case account(AccountChange)
    /// A link that opens the shop without an account.
    case linkCreated(number: Int, expiresAt: Moment)
    case linkRevoked(number: Int)
    /// A file given as proof was deleted. Its digest stays on record.
    case fileDeleted(sha256: String)

    /// The number of the run concerned; nil for events about the shop.
    package var run: Int? {
      switch self {
      case .shopAdded, .shopEdited, .shopArchived, .shopRestored, .account, .linkCreated, .linkRevoked,
        .fileDeleted:
        nil
      case .runStarted(let start): start.run
      case .runUpgraded(let upgrade): upgrade.run
      case .runStopped(let run, _), .runSuperseded(let run, _), .runMoved(let run, _, _),
        .item(let run, _, _):
        run
      }
    }
  }
}

/// What is fixed when a run starts.
package struct RunStart: Sendable, Hashable {
  /// What is fixed for an item when its run starts.
  package struct Item: Sendable, Hashable {
    package let id: ItemID
    /// Nil: never overdue.
    package let dueAt: Moment?
    /// Nil: nobody is assigned.
    package let owner: String?

    package init(id: ItemID, dueAt: Moment?, owner: String?) {
      self.id = id
      self.dueAt = dueAt
      self.owner = owner
    }
  }

  /// From 1, per shop.
  package let run: Int
  package let checklist: ChecklistID
  /// The SHA-256 of the definition's canonical form, in lower-case hexadecimal.
  package let definition: String
  /// The time of the milestone that due times count from.
  package let switchedAt: Moment
  /// When the run began, if not at `switchedAt`: a switch can begin runs ahead of their milestone.
  package let began: Moment?
  /// The number of the switch that began the run; nil if somebody started it by hand.
  package let accountSwitch: Int?
  /// The IANA name of the zone of the run's local times.
  package let timeZone: String
  /// In the definition's order, without those that the shop's properties exclude.
  package let items: [Item]

  package init(
    run: Int, checklist: ChecklistID, definition: String, switchedAt: Moment, began: Moment? = nil,
    accountSwitch: Int? = nil, timeZone: String, items: [Item]
  ) {
    self.run = run
    self.checklist = checklist
    self.definition = definition
    self.switchedAt = switchedAt
    self.began = began == switchedAt ? nil : began
    self.accountSwitch = accountSwitch
    self.timeZone = timeZone
    self.items = items
  }
}

/// The new due time of an item whose run's milestone moved.
package struct RunMove: Sendable, Hashable {
  package let id: ItemID
  /// Nil: never overdue.
  package let dueAt: Moment?

  package init(id: ItemID, dueAt: Moment?) {
    self.id = id
    self.dueAt = dueAt
  }
}

/// A run's new version of its checklist.
package struct RunUpgrade: Sendable, Hashable {
  package let run: Int
  /// The SHA-256 of the new definition's canonical form, in lower-case hexadecimal.
  package let definition: String
  /// All items of the run after the upgrade, with their new due times and owners.
  package let items: [RunStart.Item]
  /// Items that the run no longer holds. What was done with them stays in the history.
  package let removed: [ItemID]

  package init(run: Int, definition: String, items: [RunStart.Item], removed: [ItemID]) {
    self.run = run
    self.definition = definition
    self.items = items
    self.removed = removed
  }
}

/// A change of an item of a run.
package enum ItemChange: Sendable, Hashable {
  case ticked(note: String?, proof: Proof.Content?)
  /// Ticked, but a second person has yet to confirm it.
  case tickedToConfirm(note: String?, proof: Proof.Content?)
  case confirmed
  case unticked(reason: String)
  case skipped(reason: String)
  case blocked(reason: String)
  case unblocked
  case assigned(to: String)
  case dueMoved(to: Moment, reason: String)
  case noted(String)
  /// Skipped automatically, because its checklist's closing milestone came while it was outstanding.
  case missed(at: Milestone)

  /// The proof given with a tick, other than a note.
  package var proof: Proof.Content? {
    switch self {
    case .ticked(_, let proof), .tickedToConfirm(_, let proof): proof
    default: nil
    }
  }
}

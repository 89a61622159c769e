/// Something that happened to a shop. A shop's events are one chain, numbered from 1 without gaps.
package struct Event: Sendable, Hashable {
  /// Its place in the shop's chain, from 1.
  package let number: Int
  /// Whose chain it is in.
  package let shop: ShopID
  /// When it happened.
  package let at: Moment
  /// When it was written down.
  package let recordedAt: Moment
  /// When it happened by the clock of the device that told it, where that can't be: it isn't `at` then.
  package let toldAt: Moment?
  /// Who did it.
  package let by: Author
  /// What changed.
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

  /// What an event changes.
  package enum Change: Sendable, Hashable {
    /// The shop with all that was said of it.
    case shopAdded(Shop)
    /// The shop as it is after the edit.
    case shopEdited(Shop)
    case shopArchived
    case shopRestored
    case runStarted(RunStart)
    case runStopped(run: Int, reason: String)
    /// Another run of the same checklist took its place.
    case runSuperseded(run: Int, by: Int)
    /// The milestone that it counts from moved, and with it the due times of these items.
    case runMoved(run: Int, switchedAt: Moment, items: [RunMove])
    /// It follows another content of its checklist from now on.
    case runUpgraded(RunUpgrade)
    case item(run: Int, ItemID, ItemChange)
    case account(AccountChange)
    /// A link that opens the shop without an account.
    case linkCreated(number: Int, expiresAt: Moment)
    case linkRevoked(number: Int)
    /// A file that was given as proof is kept no longer; its digest is.
    case fileDeleted(sha256: String)

    /// The run that it is about, if it is about one.
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
  /// What a run holds of one item.
  package struct Item: Sendable, Hashable {
    /// Its id in the definition.
    package let id: ItemID
    /// Nil: never overdue.
    package let dueAt: Moment?
    /// Nil: nobody is named.
    package let owner: String?

    package init(id: ItemID, dueAt: Moment?, owner: String?) {
      self.id = id
      self.dueAt = dueAt
      self.owner = owner
    }
  }

  /// Its number in the shop, from 1.
  package let run: Int
  /// Which checklist it follows.
  package let checklist: ChecklistID
  /// The SHA-256 of the definition's canonical form, in lower-case hex.
  package let definition: String
  /// The milestone that due times count from.
  package let switchedAt: Moment
  /// When it began, where that isn't `switchedAt`: a switch begins runs ahead of their milestone.
  package let began: Moment?
  /// The number of the switch that began it; nil when somebody started it.
  package let accountSwitch: Int?
  /// The IANA name that its local times are in.
  package let timeZone: String
  /// In the definition's order; those that the shop's conditions leave out are missing.
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

/// A due time that moves with its run's milestone.
package struct RunMove: Sendable, Hashable {
  package let id: ItemID
  /// Nil: never overdue.
  package let dueAt: Moment?

  package init(id: ItemID, dueAt: Moment?) {
    self.id = id
    self.dueAt = dueAt
  }
}

/// What a run follows from now on.
package struct RunUpgrade: Sendable, Hashable {
  /// Its number in the shop.
  package let run: Int
  /// The SHA-256 of the definition's canonical form, in lower-case hex.
  package let definition: String
  /// All items that the run holds from now on, with due times and owners as they are from now on.
  package let items: [RunStart.Item]
  /// Items that it doesn't hold any more; what was done with them stays in the history.
  package let removed: [ItemID]

  package init(run: Int, definition: String, items: [RunStart.Item], removed: [ItemID]) {
    self.run = run
    self.definition = definition
    self.items = items
    self.removed = removed
  }
}

/// What can happen to an item of a run.
package enum ItemChange: Sendable, Hashable {
  case ticked(note: String?, proof: Proof.Content?)
  /// Ticked, where a second person has still to confirm it.
  case tickedToConfirm(note: String?, proof: Proof.Content?)
  case confirmed
  case unticked(reason: String)
  case skipped(reason: String)
  case blocked(reason: String)
  case unblocked
  case assigned(to: String)
  case dueMoved(to: Moment, reason: String)
  case noted(String)
  /// The milestone at which its checklist closes came while it was outstanding: skipped, because it can't be done any
  /// more.
  case missed(at: Milestone)

  /// What a tick gave besides a note.
  package var proof: Proof.Content? {
    switch self {
    case .ticked(_, let proof), .tickedToConfirm(_, let proof): proof
    default: nil
    }
  }
}

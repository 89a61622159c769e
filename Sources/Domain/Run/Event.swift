/// Something that happened to a shop. A shop's events are one chain, numbered from 1 without gaps.
public struct Event: Sendable, Hashable {
  /// Its place in the shop's chain, from 1.
  public let number: Int
  /// Whose chain it is in.
  public let shop: ShopID
  /// When it happened.
  public let at: Moment
  /// When it was written down.
  public let recordedAt: Moment
  /// Who did it.
  public let by: Actor
  /// What changed.
  public let change: Change

  package init(
    number: Int, shop: ShopID, at: Moment, recordedAt: Moment, by: Actor, change: Change
  ) {
    self.number = number
    self.shop = shop
    self.at = at
    self.recordedAt = recordedAt
    self.by = by
    self.change = change
  }

  /// What an event changes.
  public enum Change: Sendable, Hashable {
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
    case item(run: Int, ItemID, ItemChange)

    /// The run that it is about, if it is about one.
    public var run: Int? {
      switch self {
      case .shopAdded, .shopEdited, .shopArchived, .shopRestored: nil
      case .runStarted(let start): start.run
      case .runStopped(let run, _), .runSuperseded(let run, _), .item(let run, _, _): run
      }
    }
  }
}

/// What is fixed when a run starts.
public struct RunStart: Sendable, Hashable {
  /// What a run holds of one item.
  public struct Item: Sendable, Hashable {
    /// Its id in the definition.
    public let id: ItemID
    /// Nil: never overdue.
    public let dueAt: Moment?
    /// Nil: nobody is named.
    public let owner: String?

    package init(id: ItemID, dueAt: Moment?, owner: String?) {
      self.id = id
      self.dueAt = dueAt
      self.owner = owner
    }
  }

  /// Its number in the shop, from 1.
  public let run: Int
  /// Which checklist it follows.
  public let checklist: ChecklistID
  /// The SHA-256 of the definition's canonical form, in lower-case hex.
  public let definition: String
  /// The milestone that due times count from.
  public let switchedAt: Moment
  /// The IANA name that its local times are in.
  public let timeZone: String
  /// In the definition's order; those that the shop's conditions leave out are missing.
  public let items: [Item]

  package init(
    run: Int, checklist: ChecklistID, definition: String, switchedAt: Moment, timeZone: String, items: [Item]
  ) {
    self.run = run
    self.checklist = checklist
    self.definition = definition
    self.switchedAt = switchedAt
    self.timeZone = timeZone
    self.items = items
  }
}

/// What can happen to an item of a run.
public enum ItemChange: Sendable, Hashable {
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
}

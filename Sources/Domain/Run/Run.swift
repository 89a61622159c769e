/// One checklist, followed for one switch of a shop.
///
/// A run decides (`tick`, `skip`, … return what happens or throw a refusal) and applies what was decided.
/// Nothing else changes it, so replaying a shop's events gives the same run.
package struct Run: Sendable, Hashable {
  /// An item's state in this run.
  package struct Item: Sendable, Hashable {
    package let definition: ChecklistItem
    /// The item's needs, without those that aren't part of the run.
    package private(set) var needs: [ItemID]
    package internal(set) var state: ItemState
    /// The milestone at which an outstanding item was skipped automatically.
    package internal(set) var missed: Milestone?
    /// Nil: never overdue.
    package internal(set) var dueAt: Moment?
    /// Nil: nobody is assigned.
    package internal(set) var owner: String?
    /// Set if somebody moved the due time by hand; it then no longer moves with the milestone.
    package internal(set) var isDueMoved: Bool
    /// Set if somebody assigned it by hand; an upgrade then keeps the owner.
    package internal(set) var isAssigned: Bool
    /// Set between a tick and its confirmation by a second person.
    package internal(set) var awaiting: PendingConfirmation?
    package internal(set) var blockedReason: String?
    package internal(set) var note: String?
    /// The proof given with the latest tick.
    package internal(set) var proof: Proof?
    /// When `state` last changed.
    package internal(set) var changedAt: Moment?
    package internal(set) var changedBy: String?
    /// The number of the shop link used for that change; nil for any other way.
    package internal(set) var changedByLink: Int?

    package var id: ItemID { definition.id }

    package func needing(_ needs: [ItemID]) -> Item {
      var item = self
      item.needs = needs
      return item
    }

    package init(
      definition: ChecklistItem, needs: [ItemID], state: ItemState = .pending, missed: Milestone? = nil,
      dueAt: Moment?, owner: String?,
      isDueMoved: Bool = false, isAssigned: Bool = false, awaiting: PendingConfirmation? = nil,
      blockedReason: String? = nil, note: String? = nil, proof: Proof? = nil, changedAt: Moment? = nil,
      changedBy: String? = nil, changedByLink: Int? = nil
    ) {
      self.definition = definition
      self.needs = needs
      self.state = state
      self.missed = missed
      self.dueAt = dueAt
      self.owner = owner
      self.isDueMoved = isDueMoved
      self.isAssigned = isAssigned
      self.awaiting = awaiting
      self.blockedReason = blockedReason
      self.note = note
      self.proof = proof
      self.changedAt = changedAt
      self.changedBy = changedBy
      self.changedByLink = changedByLink
    }
  }

  /// A tick that a second person has yet to confirm.
  package struct PendingConfirmation: Sendable, Hashable {
    package let by: String
    package let at: Moment
    /// The number of the shop link used. Everybody who uses the same link counts as one person.
    package let link: Int?

    package init(by: String, at: Moment, link: Int? = nil) {
      self.by = by
      self.at = at
      self.link = link
    }
  }

  /// From 1, per shop.
  package let number: Int
  /// The version of its checklist that it is pinned to.
  package internal(set) var definition: Definition
  /// The time of the milestone that due times count from.
  package internal(set) var switchedAt: Moment
  /// When the run began. Nothing in it can have happened earlier.
  package let began: Moment
  /// The number of the switch that began it; nil if somebody started it by hand.
  package let accountSwitch: Int?
  /// The IANA name of the zone of its local times.
  package let timeZone: String
  package internal(set) var state: RunState
  /// The number of a newer run of the same checklist that wasn't stopped; nil if this is the newest.
  package internal(set) var newer: Int?
  /// In the definition's order.
  package internal(set) var items: [Item]

  package var checklist: ChecklistID { definition.checklist.id }

  /// Whether reports and lists count this run.
  package var isCounted: Bool { state.isCounted(newer: newer) }

  package init(
    number: Int, definition: Definition, switchedAt: Moment, began: Moment? = nil,
    accountSwitch: Int? = nil, timeZone: String, state: RunState, newer: Int?, items: [Item]
  ) {
    self.number = number
    self.definition = definition
    self.switchedAt = switchedAt
    self.began = began ?? switchedAt
    self.accountSwitch = accountSwitch
    self.timeZone = timeZone
    self.state = state
    self.newer = newer
    self.items = items
  }

  /// The run that a start begins, without items that the definition doesn't have.
  package init(_ start: RunStart, definition: Definition) {
    self.init(
      number: start.run, definition: definition, switchedAt: start.switchedAt, began: start.began,
      accountSwitch: start.accountSwitch, timeZone: start.timeZone, state: .active, newer: nil,
      items: Self.items(start.items, of: definition.checklist))
  }

  static func items(_ held: [RunStart.Item], of checklist: Checklist) -> [Item] {
    // The usual case: the run holds all items.
    if held.elementsEqual(checklist.items, by: { $0.id == $1.id }) {
      return zip(held, checklist.items).map { start, item in
        Item(definition: item, needs: item.needs, dueAt: start.dueAt, owner: start.owner)
      }
    }
    let held = Dictionary(held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return checklist.items.compactMap { item in
      guard let start = held[item.id] else { return nil }
      return Item(
        definition: item, needs: item.needs.filter { held[$0] != nil }, dueAt: start.dueAt,
        owner: start.owner)
    }
  }

  /// The ids of pending and blocked items, in the definition's order.
  package var outstanding: [ItemID] { items.filter(\.state.isOutstanding).map(\.id) }

  /// Nil if the run doesn't hold the item.
  package subscript(id: ItemID) -> Item? { items.first { $0.id == id } }

  /// Outstanding needs of an item; empty if the item itself isn't outstanding.
  package func waitingFor(_ item: Item) -> [ItemID] {
    guard item.state.isOutstanding, !item.needs.isEmpty else { return [] }
    return item.needs.filter(isOutstanding)
  }

  /// Whether an item is outstanding and needs another outstanding item.
  package func isWaiting(_ item: Item) -> Bool {
    item.state.isOutstanding && item.needs.contains(where: isOutstanding)
  }

  private func isOutstanding(_ id: ItemID) -> Bool {
    // Every change asks this for all items, so the cheaper comparison of states comes first, in place.
    for index in items.indices where items[index].state.isOutstanding && items[index].definition.id == id {
      return true
    }
    return false
  }

  /// Throws `runIsClosed` for a stopped or superseded run.
  package func requireOpen() throws(Refusal) {
    switch state {
    case .stopped, .superseded: throw .runIsClosed(run: number, state)
    case .active, .finished: if let newer { throw .runIsOlder(run: number, newer: newer) }
    }
  }

  func require(_ id: ItemID, of shop: ShopID) throws(Refusal) -> Item {
    guard let item = self[id] else {
      throw .unknownItem(
        id.rawValue, shop, nearest: Suggestions.to(id.rawValue, among: items.map(\.id.rawValue)))
    }
    return item
  }
}

extension Run {
  /// Whether an outstanding item of an active run is past its due time.
  package func isOverdue(_ item: Item, at now: Moment) -> Bool {
    guard state == .active, item.state.isOutstanding, let dueAt = item.dueAt else { return false }
    return now >= dueAt
  }
}

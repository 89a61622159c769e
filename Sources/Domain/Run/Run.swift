/// One checklist, followed for one shop's switch.
///
/// A run decides (`tick`, `skip`, …: what happens, or a refusal) and applies what happened; nothing else
/// changes it, so that replaying a shop's events gives the same run.
package struct Run: Sendable, Hashable {
  /// What a run knows of one item.
  package struct Item: Sendable, Hashable {
    /// What its author wrote.
    package let definition: ChecklistItem
    /// Those of its needs that the run holds.
    package private(set) var needs: [ItemID]
    /// Where it stands.
    package internal(set) var state: ItemState
    /// The milestone that came while it was outstanding, of an item that was skipped by that.
    package internal(set) var missed: Milestone?
    /// Nil: never overdue.
    package internal(set) var dueAt: Moment?
    /// Nil: nobody is named.
    package internal(set) var owner: String?
    /// Somebody moved its due time by hand; what the run counts from moves it no more.
    package internal(set) var isDueMoved: Bool
    /// Somebody assigned it by hand; an upgrade leaves its owner.
    package internal(set) var isAssigned: Bool
    /// Set between a tick and its confirmation.
    package internal(set) var awaiting: PendingConfirmation?
    /// Set while it is blocked.
    package internal(set) var blockedReason: String?
    /// The latest note.
    package internal(set) var note: String?
    /// What the latest tick gave.
    package internal(set) var proof: Proof?
    /// When its state last changed.
    package internal(set) var changedAt: Moment?
    /// Who changed it.
    package internal(set) var changedBy: String?
    /// The number of the link by which that change came in; nil where it came otherwise.
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

  /// A tick that a second person has still to confirm.
  package struct PendingConfirmation: Sendable, Hashable {
    /// Who ticked.
    package let by: String
    /// When it happened.
    package let at: Moment
    /// The number of the link by which it came in; all names that are given there count as one person.
    package let link: Int?

    package init(by: String, at: Moment, link: Int? = nil) {
      self.by = by
      self.at = at
      self.link = link
    }
  }

  /// Its number in the shop, from 1.
  package let number: Int
  /// What it is pinned to.
  package internal(set) var definition: Definition
  /// The milestone that due times count from.
  package internal(set) var switchedAt: Moment
  /// When it began; nothing in it can have happened before.
  package let began: Moment
  /// The number of the switch that began it; nil when somebody started it.
  package let accountSwitch: Int?
  /// The IANA name that its local times are in.
  package let timeZone: String
  /// Where it stands.
  package internal(set) var state: RunState
  /// The number of a newer run of the same checklist that wasn't stopped.
  package internal(set) var newer: Int?
  /// In the definition's order.
  package internal(set) var items: [Item]

  /// Which checklist it follows.
  package var checklist: ChecklistID { definition.checklist.id }

  /// Whether reports and lists count it.
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

  /// The run that a start begins. Items that the definition doesn't have are left out.
  package init(_ start: RunStart, definition: Definition) {
    self.init(
      number: start.run, definition: definition, switchedAt: start.switchedAt, began: start.began,
      accountSwitch: start.accountSwitch, timeZone: start.timeZone, state: .active, newer: nil,
      items: Self.items(start.items, of: definition.checklist))
  }

  static func items(_ held: [RunStart.Item], of checklist: Checklist) -> [Item] {
    // Most runs hold all that there is.
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

  /// The ids of what is pending or blocked, in the definition's order.
  package var outstanding: [ItemID] { items.filter(\.state.isOutstanding).map(\.id) }

  /// Nil when the run doesn't hold the item.
  package subscript(id: ItemID) -> Item? { items.first { $0.id == id } }

  /// Those of an item's needs that are outstanding; empty unless the item itself is.
  package func waitingFor(_ item: Item) -> [ItemID] {
    guard item.state.isOutstanding, !item.needs.isEmpty else { return [] }
    return item.needs.filter(isOutstanding)
  }

  /// Whether an item is outstanding and needs another that is, too.
  package func isWaiting(_ item: Item) -> Bool {
    item.state.isOutstanding && item.needs.contains(where: isOutstanding)
  }

  private func isOutstanding(_ id: ItemID) -> Bool {
    // Each change asks it of all items: states are compared before names, in place.
    for index in items.indices where items[index].state.isOutstanding && items[index].definition.id == id {
      return true
    }
    return false
  }

  /// Whether a change may be made to it at all.
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
  /// Outstanding, in an active run, with its due time passed.
  package func isOverdue(_ item: Item, at now: Moment) -> Bool {
    guard state == .active, item.state.isOutstanding, let dueAt = item.dueAt else { return false }
    return now >= dueAt
  }
}

import Domain
import Operations

extension ShopTransaction: OverdueQuery {
  func forEachOverdue(_ filter: OverdueFilter, _ body: (OverdueItem) throws -> Void) throws {
    var reader = OverdueReader(filter: filter, definition: definition(id:))
    let until = SQLValue.moment(filter.until)
    switch (filter.team, filter.owner) {
    case (nil, nil):
      try session.query(
        """
        SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
          i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team
        FROM item i
        JOIN run r ON r.shop = i.shop AND r.number = i.run
        JOIN shop s ON s.id = i.shop
        WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0
        ORDER BY i.due_at, i.shop, i.run, i.position
        """, [until]
      ) { row in try reader.read(row, body) }
    case (nil, let owner?):
      try session.query(
        """
        SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
          i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team
        FROM item i
        JOIN run r ON r.shop = i.shop AND r.number = i.run
        JOIN shop s ON s.id = i.shop
        WHERE i.open = 1 AND i.owner = $2 AND i.due_at <= $1 AND s.archived = 0
        ORDER BY i.due_at, i.shop, i.run, i.position
        """, [until, .text(owner)]
      ) { row in try reader.read(row, body) }
    case (let team?, let owner):
      // A team's shops first, then their items: the cost follows the team.
      try session.query(
        """
        SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
          i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team
        FROM shop s
        CROSS JOIN run r ON r.shop = s.id AND r.state = 'active'
        CROSS JOIN item i ON i.shop = r.shop AND i.run = r.number
        WHERE s.team = $2 AND s.archived = 0 AND i.open = 1 AND i.due_at <= $1
          AND (i.owner = $3 OR $3 IS NULL)
        ORDER BY i.due_at, i.shop, i.run, i.position
        """, [until, .text(team), .optional(owner)]
      ) { row in try reader.read(row, body) }
    }
  }
}

/// Turns rows into overdue items; what a definition says of an item is looked up once for each definition.
private struct OverdueReader {
  let filter: OverdueFilter
  let definition: (Int64) throws -> Definition
  private var items: [Int64: [String: ChecklistItem]] = [:]
  private var until: [String: Moment] = [:]

  init(filter: OverdueFilter, definition: @escaping (Int64) throws -> Definition) {
    self.filter = filter
    self.definition = definition
  }

  mutating func read(_ row: some SQLRow, _ body: (OverdueItem) throws -> Void) throws {
    let dueAt = row.moment(0)
    if let untilInZone = filter.untilInZone {
      let zone = row.text(11)
      let last = until[zone] ?? untilInZone(zone)
      until[zone] = last
      if dueAt > last { return }
    }
    let id = row.text(3)
    guard let item = try item(id, in: row.integer(10)),
      let state = ItemState(rawValue: row.text(4))
    else { throw Inconsistency(detail: "item '\(id)' of \(row.text(1)) isn't defined") }
    try body(
      OverdueItem(
        shop: row.text(1), name: row.optionalText(12), team: row.optionalText(13),
        run: Int(row.integer(2)), checklist: row.text(9), item: id, title: item.title,
        owner: row.optionalText(5), critical: item.critical, state: state, waitingFor: row.text(6),
        blockedReason: row.optionalText(7), awaitingConfirmationBy: row.optionalText(8), dueAt: dueAt,
        overdueSeconds: filter.now - dueAt))
  }

  private mutating func item(_ id: String, in number: Int64) throws -> ChecklistItem? {
    if let known = items[number] { return known[id] }
    let checklist = try definition(number).checklist
    let byID = Dictionary(
      checklist.items.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    items[number] = byID
    return byID[id]
  }
}

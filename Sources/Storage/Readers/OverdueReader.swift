import Domain
import Glibc
import Operations

extension ShopTransaction: OverdueQuery {
  @specialized(where Connection == SQLiteConnection)
  func forEachOverdue(_ filter: OverdueFilter, _ body: (OverdueItem) throws -> Void) throws {
    var reader = OverdueReader(filter: filter, definition: definition(id:))
    // With a team or an owner, goes from their late shops to the items, so that the cost depends on those;
    // otherwise uses an index of items.
    let isNarrow = filter.reach.teams != nil || filter.reach.owner != nil
    let source =
      isNarrow
      ? """
      shop s
      CROSS JOIN run r ON r.shop = s.id AND r.state = 'active'
      CROSS JOIN item i ON i.shop = r.shop AND i.run = r.number
      """
      : """
      item i
      JOIN run r ON r.shop = i.shop AND r.number = i.run
      JOIN shop s ON s.id = i.shop
      """
    var condition = ShopCondition(filter.reach, after: [.moment(filter.until)])
    let lateShops = isNarrow ? " AND s.due_at <= $1" : ""
    let items = try condition.items(filter.items, critical: criticalItems)
    let after =
      filter.after.map { after in
        let place = [
          condition.next(.moment(after.dueAt)), condition.next(.text(after.shop)),
          condition.next(.integer(after.run)), condition.next(.integer(after.position)),
        ]
        return " AND (i.due_at, i.shop, i.run, i.position) > (\(place.joined(separator: ", ")))"
      } ?? ""
    try connection.stream(
      composed: """
        SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
          i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team, i.position,
          i.awaiting_link
        FROM \(source)
        WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0\(lateShops)\(condition.sql)\(items)\(after)
        ORDER BY i.due_at, i.shop, i.run, i.position
        """, condition.values
    ) { row in try reader.read(row, body) }
  }
}

/// Turns rows into overdue items. Consecutive rows have nearly equal due times, so most of their texts equal
/// the previous row's.
private struct OverdueReader {
  /// What a definition says about an item.
  private struct Defined {
    let title: LocalizedText
    let critical: Bool
  }

  let filter: OverdueFilter
  let definition: (Int64) throws -> Definition
  private var items: [Int64: [String: Defined]] = [:]
  private var until: [String: Moment] = [:]
  private var recent = RecentTexts(columns: 14)
  private var last: (definition: Int64, id: String, defined: Defined)?

  init(filter: OverdueFilter, definition: @escaping (Int64) throws -> Definition) {
    self.filter = filter
    self.definition = definition
  }

  mutating func read(_ row: some SQLRow, _ body: (OverdueItem) throws -> Void) throws {
    let dueAt = row.moment(0)
    if let untilInZone = filter.untilInZone {
      let zone = recent.text(11, of: row)
      let last = until[zone] ?? untilInZone(zone)
      until[zone] = last
      if dueAt > last { return }
    }
    let id = recent.text(3, of: row)
    let item = try defined(id, in: row.integer(10))
    guard let item, let state = ItemState(rawValue: recent.text(4, of: row)) else {
      throw CorruptRow(detail: "item '\(id)' of \(row.text(1)) isn't defined")
    }
    try body(
      OverdueItem(
        shop: row.text(1), name: row.optionalText(12), team: recent.optionalText(13, of: row),
        run: try row.count(2), checklist: recent.text(9, of: row), item: id,
        position: try row.count(14),
        title: item.title,
        owner: recent.optionalText(5, of: row), critical: item.critical, state: state,
        waitingFor: recent.text(6, of: row), blockedReason: row.optionalText(7),
        awaitingConfirmationBy: row.optionalText(8),
        awaitingConfirmationByLink: row.optionalText(15).flatMap(Author.link(ofLogin:)), dueAt: dueAt,
        overdueSeconds: filter.now - dueAt))
  }

  private mutating func defined(_ id: String, in number: Int64) throws -> Defined? {
    if let last, last.definition == number, last.id == id { return last.defined }
    if items[number] == nil {
      items[number] = Dictionary(
        try definition(number).checklist.items.map { item in
          (item.id.rawValue, Defined(title: item.title, critical: item.critical))
        }, uniquingKeysWith: { first, _ in first })
    }
    guard let defined = items[number]?[id] else { return nil }
    last = (number, id, defined)
    return defined
  }
}

/// Each column's last text, to be reused if the next row has the same.
private struct RecentTexts {
  private var texts: [String]

  init(columns: Int) { texts = Array(repeating: "", count: columns) }

  mutating func optionalText(_ column: Int, of row: some SQLRow) -> String? {
    row.isNull(column) ? nil : text(column, of: row)
  }

  mutating func text(_ column: Int, of row: some SQLRow) -> String {
    row.withUTF8(column) { bytes in
      let isSame = texts[column].utf8.span.withUnsafeBufferPointer { last in
        guard last.count == bytes.count else { return false }
        guard let last = last.baseAddress, let new = bytes.baseAddress else { return true }
        return memcmp(last, new, bytes.count) == 0
      }
      if !isSame { texts[column] = String(decoding: bytes, as: UTF8.self) }
      return texts[column]
    }
  }
}

import Domain
import Operations

extension ShopTransaction {
  func matrix(_ filter: ReportFilter, after shop: ShopID?, limit: Int?) throws -> ReportMatrix {
    let state = SQLValue.optional(filter.state == .all ? nil : filter.state.rawValue)
    let columns = try matrixColumns(filter, state)
    var condition = ShopCondition(filter.reach, after: [state, .moment(filter.now)])
    let items = try condition.items(filter.items, critical: criticalItems)
    // Without a filter of items, shops without runs have a line as well.
    let join = filter.items == .all ? "LEFT JOIN" : "JOIN"
    let after = shop.map { " AND s.id > \(condition.next(.text($0.rawValue)))" } ?? ""
    let places = Dictionary(
      columns.enumerated().map { ($1.item, $0) }, uniquingKeysWith: { first, _ in first })
    var lines: [ReportMatrix.Line] = []
    var current: (shop: String, name: String?)?
    var cells: [ReportMatrix.Cell?] = []
    func end() {
      guard let current else { return }
      lines.append(
        ReportMatrix.Line(shop: ShopID(trusted: current.shop), name: current.name, cells: cells))
    }
    func read(_ row: Connection.Row) throws {
      let shop = row.text(0)
      if row.isNull(3), filter.state != .all { return }
      if shop != current?.shop {
        end()
        if lines.count == limit ?? .max { throw EnoughShops() }
        current = (shop, row.optionalText(1))
        cells = Array(repeating: nil, count: columns.count)
      }
      guard !row.isNull(3) else { return }
      guard let place = places["\(row.text(2))/\(row.text(3))"] else { return }
      cells[place] = ReportMatrix.Cell(
        state: try self.state(row.text(4)), overdue: row.flag(5), missed: !row.isNull(6))
    }
    do {
      try connection.query(
        composed: """
          SELECT s.id, s.name, r.checklist, i.id, i.state,
            CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END, i.missed
          FROM shop s
          \(join) run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
          \(join) item i ON i.shop = r.shop AND i.run = r.number
          WHERE s.archived = 0\(condition.sql)\(items)\(after)
          ORDER BY s.id, r.number, i.position
          """, condition.values, read)
      end()
    } catch is EnoughShops {}
    return ReportMatrix(columns: columns, lines: lines)
  }

  /// All items of the definitions that runs are pinned to: by checklist, the newest definition's in its
  /// order, followed by those that only older ones have.
  private func matrixColumns(_ filter: ReportFilter, _ state: SQLValue) throws -> [ReportMatrix.Column] {
    let condition = ShopCondition(filter.reach, after: [state])
    var columns: [ReportMatrix.Column] = []
    var known: Set<String> = []
    try connection.query(
      composed: """
        SELECT DISTINCT r.checklist, r.definition
        FROM shop s
        JOIN run r ON r.shop = s.id AND r.counted = 1
        WHERE s.archived = 0 AND (r.state = $1 OR $1 IS NULL)\(condition.sql)
        ORDER BY r.checklist, r.definition DESC
        """, condition.values
    ) { row in
      for item in try definition(id: row.integer(1)).checklist.items {
        let checklist = row.text(0)
        let key = "\(checklist)/\(item.id)"
        guard filter.items.contains(item.id.rawValue, of: checklist, isCritical: item.critical) else {
          continue
        }
        if known.insert(key).inserted {
          columns.append(ReportMatrix.Column(item: key, title: item.title))
        }
      }
    }
    return columns
  }
}

private struct EnoughShops: Error {}

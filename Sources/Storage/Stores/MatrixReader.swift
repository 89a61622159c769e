import Domain
import Operations

extension ShopTransaction {
  func matrix(_ filter: ReportFilter) throws -> ReportMatrix {
    let state = SQLValue.optional(filter.state == .all ? nil : filter.state.rawValue)
    let parameters: [SQLValue] = [state, .optional(filter.team), .moment(filter.now)]
    let columns = try matrixColumns(parameters)
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
    try session.query(
      """
      SELECT s.id, s.name, r.checklist, i.id, i.state,
        CASE WHEN i.open = 1 AND i.due_at <= $3 THEN 1 ELSE 0 END
      FROM shop s
      LEFT JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
      LEFT JOIN item i ON i.shop = r.shop AND i.run = r.number
      WHERE s.archived = 0 AND (s.team = $2 OR $2 IS NULL)
      ORDER BY s.id, r.number, i.position
      """, parameters
    ) { row in
      let shop = row.text(0)
      if row.isNull(3), filter.state != .all { return }
      if shop != current?.shop {
        end()
        current = (shop, row.optionalText(1))
        cells = Array(repeating: nil, count: columns.count)
      }
      guard !row.isNull(3) else { return }
      guard let place = places["\(row.text(2))/\(row.text(3))"] else { return }
      cells[place] = ReportMatrix.Cell(state: try self.state(row.text(4)), overdue: row.flag(5))
    }
    end()
    return ReportMatrix(columns: columns, lines: lines)
  }

  /// All items of the definitions that runs are pinned to: the newest definition of each checklist in its
  /// order, then what only older ones have.
  private func matrixColumns(_ parameters: [SQLValue]) throws -> [ReportMatrix.Column] {
    var columns: [ReportMatrix.Column] = []
    var known: Set<String> = []
    try session.query(
      """
      SELECT DISTINCT r.checklist, r.definition
      FROM shop s
      JOIN run r ON r.shop = s.id AND r.counted = 1
      WHERE s.archived = 0 AND (r.state = $1 OR $1 IS NULL) AND (s.team = $2 OR $2 IS NULL)
      ORDER BY r.checklist, r.definition DESC
      """, parameters
    ) { row in
      for item in try definition(id: row.integer(1)).checklist.items {
        let key = "\(row.text(0))/\(item.id)"
        if known.insert(key).inserted {
          columns.append(ReportMatrix.Column(item: key, title: item.title))
        }
      }
    }
    return columns
  }
}

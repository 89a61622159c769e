import Domain

extension ImportSwitches {
  static let columns = ["shop", "from", "to", "planned_at", "unbound_at", "until", "rebound_at"]

  /// Reads and checks the whole table before a store is opened; throws `BadTable`.
  package func read(_ bytes: [UInt8]) throws(BadTable) -> [Row] {
    let table = try CSVTable.reading(bytes, columns: Self.columns, required: ["shop", "from", "to"])
    var rows: [Row] = []
    var problems: [(line: Int, problem: BadTable.Problem)] = []
    let places = Self.columns.map { table.header.firstIndex(of: $0) }
    for record in table.records {
      let (given, cut) = table.cells(of: record, places, named: Self.columns, unrounded: 0...2)
      if !cut.isEmpty {
        problems += cut.map { (record.line, $0) }
        continue
      }
      var found: [BadTable.Problem] = []
      let cells = given.map { $0?.trimmedAndComposed ?? "" }
      var times: [TimeText?] = []
      for (column, cell) in zip(Self.columns.dropFirst(3), cells.dropFirst(3)) {
        do throws(TimeTextError) {
          times.append(cell.isEmpty ? nil : try TimeText.dated(cell))
        } catch {
          times.append(nil)
          found.append(.badTime(column: column, cell, error))
        }
      }
      let id = ShopID(cells[0])
      if id == nil { found.append(.refused(.badShopID(cells[0]))) }
      for (column, cell) in zip(["from", "to"], cells[1...2]) where cell.isEmpty {
        found.append(.emptyCell(column: column))
      }
      if times[1] == nil, found.isEmpty {
        if times[3] != nil { found.append(.emptyCell(column: "unbound_at")) }
        if times[0] == nil, times[3] == nil { found.append(.emptyCell(column: "planned_at")) }
      }
      problems += found.map { (record.line, $0) }
      guard let id, found.isEmpty else { continue }
      rows.append(
        Row(
          line: record.line, shop: id, from: cells[1], to: cells[2], plannedAt: times[0],
          unboundAt: times[1], until: times[2], reboundAt: times[3]))
    }
    if !problems.isEmpty { throw BadTable(problems: problems) }
    return rows
  }
}

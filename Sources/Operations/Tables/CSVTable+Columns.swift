import Domain

extension CSVTable {
  /// Reads a table with some of these columns, none repeated, and all required ones.
  static func reading(
    _ bytes: [UInt8], columns: [String], required: [String], passingOver others: [String] = []
  ) throws(BadTable) -> CSVTable {
    let table: CSVTable
    do throws(Fault) { table = try CSVTable(bytes) } catch {
      throw BadTable(problems: [(error.line, .unreadable(error.problem))])
    }
    var problems = table.unnamedColumns
    var seen: Set<String> = []
    for name in table.header where !name.isEmpty {
      // Compares bytes, because comparing strings normalizes them, and their combining marks haven't been
      // limited yet.
      if !(columns + others).contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        let problem = BadTable.Problem.unknownColumn(
          name, nearest: Suggestions.to(name, among: columns), known: columns)
        problems.append((table.headerLine, problem))
      } else if !seen.insert(name).inserted {
        problems.append((table.headerLine, .repeatedColumn(name)))
      }
    }
    for name in required where !seen.contains(name) {
      problems.append((table.headerLine, .missingColumn(name)))
    }
    if !problems.isEmpty { throw BadTable(problems: problems) }
    return table
  }

  /// Problems for columns without a name that aren't empty, each with the first line that fills it.
  private var unnamedColumns: [(line: Int, problem: BadTable.Problem)] {
    var open = Set(header.indices.filter { header[$0].isEmpty })
    if open.isEmpty { return [] }
    var found: [(line: Int, problem: BadTable.Problem)] = []
    for record in records {
      for (column, cell) in record.cells.enumerated() where !cell.showsNothing && open.remove(column) != nil {
        found.append((record.line, .unnamedColumn(column + 1)))
      }
    }
    return found
  }

  /// A record's cells in the order of these columns, nil for a missing column, and problems with the record
  /// as a whole.
  func cells(
    of record: Record, _ places: [Int?], named columns: [String], unrounded: some Sequence<Int>
  ) -> (cells: [String?], problems: [BadTable.Problem]) {
    if record.cells.count > header.count {
      return ([], [.wrongCount(record.cells.count, expected: header.count)])
    }
    let cells = places.map { place in place.map { record[$0] } }
    let problems = unrounded.compactMap { column -> BadTable.Problem? in
      guard let cell = cells[column], cell.utf8.contains(UInt8(ascii: "+")) else { return nil }
      let number = cell.trimmedAndComposed
      return CutNumber.isRounded(number) ? .cutNumber(column: columns[column], number) : nil
    }
    return (cells, problems)
  }
}

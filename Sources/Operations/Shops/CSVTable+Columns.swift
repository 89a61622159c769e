import Domain

extension CSVTable {
  /// Reads a table that has some of these columns, each once, and all that are required.
  static func reading(
    _ bytes: [UInt8], columns: [String], required: [String]
  ) throws(ImportShops.BadTable) -> CSVTable {
    let table: CSVTable
    do throws(Fault) { table = try CSVTable(bytes) } catch {
      let problem: ImportShops.Problem =
        switch error.problem {
        case .notUTF8: .notUTF8
        case .tooManyMarks: .tooManyMarks
        case .tooManyCells(let most): .tooManyCells(most: most)
        case .unclosedQuote: .unclosedQuote
        case .textAfterQuote: .textAfterQuote
        case .empty: .empty
        }
      throw ImportShops.BadTable(problems: [(error.line, problem)])
    }
    var problems: [ImportShops.Problem] = []
    var seen: Set<String> = []
    for name in table.header {
      // Byte by byte: to compare texts as such composes them, and nobody has counted their marks yet.
      if !columns.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        problems.append(.unknownColumn(name, nearest: Nearest.to(name, among: columns), known: columns))
      } else if !seen.insert(name).inserted {
        problems.append(.repeatedColumn(name))
      }
    }
    for name in required where !seen.contains(name) { problems.append(.missingColumn(name)) }
    if !problems.isEmpty { throw ImportShops.BadTable(problems: problems.map { (1, $0) }) }
    return table
  }
}

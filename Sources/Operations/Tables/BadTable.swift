import Domain

/// All problems in a table, by line. Nothing was changed.
package struct BadTable: Error, Sendable {
  /// Why a row or the whole table can't be imported.
  package enum Problem: Sendable, Hashable {
    /// The table can't be read as CSV.
    case unreadable(CSVTable.Fault.Problem)
    case unknownColumn(String, nearest: [String], known: [String])
    case repeatedColumn(String)
    /// The number, from 1, of a column that isn't empty but has no name.
    case unnamedColumn(Int)
    case missingColumn(String)
    case wrongCount(Int, expected: Int)
    case repeatedID(String, firstLine: Int)
    case emptyCell(column: String)
    /// A number such as `7.01235E+18`, of which a spreadsheet kept only the first digits.
    case cutNumber(column: String, String)
    case badTime(column: String, String, TimeTextError)
    case refused(Refusal)
  }

  /// Lines count from 1, which is the header.
  package let problems: [(line: Int, problem: Problem)]
}

import Domain
import Formats

/// A table as spreadsheets write it, its first record naming the columns: in any encoding of `TextFileDecoder`, with
/// commas, semicolons or tabs, perhaps named in a `sep=` line, and any line ends. Empty records are passed over.
package struct CSVTable {
  package struct Fault: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
      case tooLarge(most: Int)
      case unknownEncoding
      case conversionMissing
      case tooManyMarks
      case tooManyCells(most: Int)
      case unclosedQuote
      case textAfterQuote
      case empty
    }

    /// The line it is on, from 1.
    package let line: Int
    package let problem: Problem
  }

  package struct Record {
    /// The line on which it begins, from 1.
    package let line: Int
    /// Those up to the last that isn't empty.
    package let cells: [String]

    /// The cell of a column, empty where the record ends before it.
    package subscript(column: Int) -> String { column < cells.count ? cells[column] : "" }
  }

  /// The most bytes of a table.
  package static let mostBytes = 20 << 20
  /// The most cells of a row.
  package static let mostCells = 1000

  /// The names of the columns, up to the last that has one; one without a name is empty.
  package let header: [String]
  /// The line of the header, from 1.
  let headerLine: Int
  package let records: [Record]

  package init(_ bytes: [UInt8]) throws(Fault) {
    if bytes.count > Self.mostBytes { throw Fault(line: 1, problem: .tooLarge(most: Self.mostBytes)) }
    let text: ArraySlice<UInt8>
    do throws(TextFileError) { text = try TextFileDecoder.utf8(bytes) } catch {
      switch error {
      case .unknownEncoding(let line): throw Fault(line: line, problem: .unknownEncoding)
      case .conversionMissing: throw Fault(line: 1, problem: .conversionMissing)
      }
    }
    var records = try CSVRecords.read(text)
    guard !records.isEmpty else { throw Fault(line: 1, problem: .empty) }
    let first = records.removeFirst()
    header = first.cells.map(\.trimmedAndComposed)
    headerLine = first.line
    self.records = records
  }
}

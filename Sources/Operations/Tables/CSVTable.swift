import Domain
import Formats

/// A table as spreadsheets write it, whose first record names the columns: in any encoding of
/// `TextFileDecoder`, with any line ends, separated by commas, semicolons or tabs, optionally declared by a
/// `sep=` line. Empty records are skipped.
package struct CSVTable {
  package struct Fault: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
      case tooLarge(most: Int)
      case unknownEncoding
      /// The bytes may be GB18030, but the C library's conversion module isn't installed.
      case conversionMissing
      /// Too many combining marks in a row.
      case tooManyMarks
      case tooManyCells(most: Int)
      case unclosedQuote
      case textAfterQuote
      case empty
    }

    /// From 1.
    package let line: Int
    package let problem: Problem
  }

  package struct Record {
    /// The line on which it begins, from 1.
    package let line: Int
    /// Up to the last that isn't empty.
    package let cells: [String]

    /// The cell in a column; empty if the record is shorter.
    package subscript(column: Int) -> String { column < cells.count ? cells[column] : "" }
  }

  /// Of a whole table.
  package static let mostBytes = 20 << 20
  /// In a row.
  package static let mostCells = 1000

  /// The columns' names, up to the last that has one; the empty string for columns without a name.
  package let header: [String]
  /// From 1.
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

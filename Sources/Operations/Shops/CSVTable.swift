import Domain
import Formats

/// A table in RFC 4180 form, UTF-8 with or without a byte-order mark, its first record naming the columns.
package struct CSVTable {
  package struct Fault: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
      case notUTF8
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
    package let cells: [String]
  }

  /// The most cells of a row.
  package static let mostCells = 1000

  package let header: [String]
  package let records: [Record]

  package init(_ bytes: [UInt8]) throws(Fault) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    guard (try? UTF8Span(validating: body.span)) != nil else {
      throw Fault(line: Self.firstBadLine(body), problem: .notUTF8)
    }
    var records = try Self.records(body)
    guard !records.isEmpty else { throw Fault(line: 1, problem: .empty) }
    header = records.removeFirst().cells.map { $0.trimmingSpaces() }
    self.records = records
  }

  private static func firstBadLine(_ bytes: ArraySlice<UInt8>) -> Int {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return (bad ?? 0) + 1
  }

  /// Lines without anything on them are passed over.
  private static func records(_ bytes: ArraySlice<UInt8>) throws(Fault) -> [Record] {
    var records: [Record] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var line = 1
    var start = 1
    var isQuoted = false
    var wasQuoted = false
    var position = bytes.startIndex
    var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }
    func take() -> UInt8? {
      guard let byte = next else { return nil }
      position += 1
      return byte
    }
    func endCell() throws(Fault) {
      if cells.count == mostCells { throw Fault(line: start, problem: .tooManyCells(most: mostCells)) }
      // The mark that keeps a spreadsheet from computing it isn't part of what somebody wrote.
      let text = String(decoding: FormulaGuard.isThere(cell) ? cell[1...] : cell[...], as: UTF8.self)
      if !text.isStreamSafe { throw Fault(line: start, problem: .tooManyMarks) }
      cells.append(text)
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRecord() throws(Fault) {
      try endCell()
      if cells.count > 1 || !cells[0].isEmpty { records.append(Record(line: start, cells: cells)) }
      cells = []
    }
    while let byte = take() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if next == UInt8(ascii: "\"") {
          cell.append(byte)
          _ = take()
        } else {
          isQuoted = false
          wasQuoted = true
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where cell.isEmpty && !wasQuoted: isQuoted = true
      case UInt8(ascii: ","): try endCell()
      case UInt8(ascii: "\r") where next == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"):
        try endRecord()
        start = line
      default:
        if wasQuoted { throw Fault(line: line, problem: .textAfterQuote) }
        cell.append(byte)
      }
    }
    if isQuoted { throw Fault(line: start, problem: .unclosedQuote) }
    if !cells.isEmpty || !cell.isEmpty || wasQuoted { try endRecord() }
    return records
  }
}

extension String {
  func trimmingSpaces() -> String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    var slice = self[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
  }
}

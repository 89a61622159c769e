import Domain
import Formats

/// Splits a table's text into records and cells.
struct CSVRecords {
  private let text: ArraySlice<UInt8>
  private let delimiter: UInt8
  private var position: Int
  /// The line of `position`, and the line on which the record begins.
  private var line: Int
  private var start: Int
  private var cell: [UInt8] = []
  private var cells: [String] = []
  /// The number of cells up to the last that isn't empty.
  private var filled = 0
  private var wasQuoted = false
  private var records: [CSVTable.Record] = []

  /// All records that aren't empty.
  static func read(_ text: ArraySlice<UInt8>) throws(CSVTable.Fault) -> [CSVTable.Record] {
    var reading = CSVRecords(text)
    try reading.readAll()
    return reading.records
  }

  private init(_ text: ArraySlice<UInt8>) {
    self.text = text
    let named = Self.separatorLine(text)
    position = named?.end ?? text.startIndex
    line = named == nil ? 1 : 2
    start = line
    delimiter = named?.delimiter ?? Self.delimiter(of: text)
  }

  private var following: UInt8? { position < text.endIndex ? text[position] : nil }

  private mutating func readAll() throws(CSVTable.Fault) {
    var isQuoted = false
    while let byte = following {
      position += 1
      let endsLine = byte == newline || byte == carriageReturn && following != newline
      if endsLine { line += 1 }
      if isQuoted {
        if byte != quote {
          cell.append(byte)
        } else if following == quote {
          cell.append(byte)
          position += 1
        } else {
          isQuoted = false
          wasQuoted = true
        }
      } else if byte == quote, cell.isEmpty, !wasQuoted {
        isQuoted = true
      } else if byte == delimiter {
        try endCell()
      } else if endsLine {
        try endRecord()
      } else if byte != carriageReturn {
        if wasQuoted { throw CSVTable.Fault(line: line, problem: .textAfterQuote) }
        cell.append(byte)
      }
    }
    if isQuoted { throw CSVTable.Fault(line: start, problem: .unclosedQuote) }
    try endRecord()
  }

  private mutating func endCell() throws(CSVTable.Fault) {
    if cells.count == CSVTable.mostCells {
      throw CSVTable.Fault(line: start, problem: .tooManyCells(most: CSVTable.mostCells))
    }
    // Removes the mark that keeps spreadsheets from computing the cell, since nobody wrote it.
    let text = String(decoding: FormulaGuard.hasMark(cell) ? cell[1...] : cell[...], as: UTF8.self)
    if !text.isStreamSafe { throw CSVTable.Fault(line: start, problem: .tooManyMarks) }
    cells.append(text)
    if !text.showsNothing { filled = cells.count }
    cell.removeAll(keepingCapacity: true)
    wasQuoted = false
  }

  private mutating func endRecord() throws(CSVTable.Fault) {
    try endCell()
    if filled > 0 { records.append(CSVTable.Record(line: start, cells: Array(cells[..<filled]))) }
    cells.removeAll(keepingCapacity: true)
    filled = 0
    start = line
  }
}

extension CSVRecords {
  /// The delimiter declared by a first line such as `sep=;`, and the end of that line; nil if there is none.
  private static func separatorLine(_ text: ArraySlice<UInt8>) -> (delimiter: UInt8, end: Int)? {
    let line = text.prefix(64).prefix { $0 != newline && $0 != carriageReturn }
    var rest = line.first == quote ? line.dropFirst() : line
    guard rest.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }) else { return nil }
    rest = rest.dropFirst(4)
    guard let delimiter = rest.first, delimiters.contains(delimiter) || delimiter == UInt8(ascii: "|") else {
      return nil
    }
    // A spreadsheet that saved the file again has padded the line with empty cells.
    guard rest.dropFirst().allSatisfy({ $0 == quote || $0 == delimiter || delimiters.contains($0) }) else {
      return nil
    }
    let after = text[line.endIndex...].prefix(2)
    return (
      delimiter, line.endIndex + (after.elementsEqual([carriageReturn, newline]) ? 2 : min(1, after.count))
    )
  }

  /// The most frequent candidate in the header; the comma if there is none.
  private static func delimiter(of text: ArraySlice<UInt8>) -> UInt8 {
    var counts = [UInt8: Int]()
    var isQuoted = false
    var hasName = false
    for byte in text {
      if byte == quote {
        isQuoted.toggle()
      } else if isQuoted {
        hasName = true
      } else if byte == newline || byte == carriageReturn {
        if hasName { break }
        counts = [:]
      } else if delimiters.contains(byte) {
        counts[byte, default: 0] += 1
      } else if byte != UInt8(ascii: " ") {
        hasName = true
      }
    }
    let most = counts.values.max() ?? 0
    return delimiters.first { counts[$0] == most } ?? delimiters[0]
  }

  private static let delimiters = Array(",;\t".utf8)
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let quote = UInt8(ascii: "\"")

import Domain

/// Appends rows of RFC 4180: commas, CRLF, quotes where they are needed.
///
/// A text that a spreadsheet would take for a formula is preceded by `'`, so that opening a report never
/// runs what somebody wrote into a name; control characters are made visible.
package struct CSVWriter: ~Copyable {
  private var bytes: [UInt8] = []
  private var inRow = false

  private init() {}

  /// Lets `write` append rows to bytes that belong to the caller, without copying them.
  package static func append(to output: inout [UInt8], _ write: (inout CSVWriter) -> Void) {
    var writer = CSVWriter()
    swap(&writer.bytes, &output)
    write(&writer)
    swap(&writer.bytes, &output)
  }

  /// Tells spreadsheets that the file is UTF-8; without it they garble Chinese.
  package mutating func byteOrderMark() { bytes.append("\u{FEFF}") }

  /// The names of the columns, as they are.
  package mutating func header(_ names: StaticString) {
    bytes.append(names)
    inRow = true
    endRow()
  }

  /// A text; empty for nil.
  package mutating func text(_ text: String?) {
    separate()
    guard var text else { return }
    let found = text.withUTF8(Self.specials)
    if found.isEmpty { return bytes.append(text: text) }
    if found.contains(.control) { text = TerminalText.withoutControls(text) }
    if found.contains(.quoted) { bytes.append(UInt8(ascii: "\"")) }
    if found.contains(.formula) { bytes.append(UInt8(ascii: "'")) }
    if found.contains(.quote) {
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
    } else {
      bytes.append(text: text)
    }
    if found.contains(.quoted) { bytes.append(UInt8(ascii: "\"")) }
  }

  /// Ids that a space separates, joined by `;`; ids need no quotes.
  package mutating func list(spaced ids: String) {
    separate()
    for byte in ids.utf8 { bytes.append(byte == UInt8(ascii: " ") ? UInt8(ascii: ";") : byte) }
  }

  /// A whole number.
  package mutating func number(_ number: Int) { self.number(Int64(number)) }

  /// A whole number.
  package mutating func number(_ number: Int64) {
    separate()
    bytes.append(decimal: number)
  }

  /// `true` or `false`.
  package mutating func flag(_ flag: Bool) {
    separate()
    if flag { bytes.append("true") } else { bytes.append("false") }
  }

  /// A time in UTC; empty for nil.
  package mutating func moment(_ moment: Moment?) {
    separate()
    moment?.appendISO8601(to: &bytes)
  }

  /// Ends the row.
  package mutating func endRow() {
    bytes.append("\r\n")
    inRow = false
  }

  private mutating func separate() {
    if inRow { bytes.append(UInt8(ascii: ",")) }
    inRow = true
  }
}

extension CSVWriter {
  private struct Specials: OptionSet {
    let rawValue: UInt8

    /// Has to stand in quotes.
    static let quoted = Specials(rawValue: 1)
    /// Holds a quote itself.
    static let quote = Specials(rawValue: 2)
    /// Begins like a formula.
    static let formula = Specials(rawValue: 4)
    /// May hold what a terminal would obey.
    static let control = Specials(rawValue: 8)
  }

  private static func specials(_ text: UnsafeBufferPointer<UInt8>) -> Specials {
    var found: Specials = []
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13:
      found.insert(.formula)
    case 0xEF where text.count >= 3 && text[1] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2]):
      found.insert(.formula)
    default: break
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: ","), 10, 13: found.insert(.quoted)
      case UInt8(ascii: "\""): found.formUnion([.quoted, .quote])
      case 0..<9, 11..<0x20, 0x7F, 0xC2: found.insert(.control)
      default: break
      }
    }
    return found
  }
}

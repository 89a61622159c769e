/// Writes CSV rows (RFC 4180): commas, CRLF, quotes where needed.
///
/// A text that a spreadsheet would take for a formula is preceded by `'`, so that opening a report never runs
/// what somebody wrote into a name. Control characters are made visible.
package struct CSVWriter: ~Copyable {
  private var bytes: [UInt8] = []
  private var inRow = false

  private init() {}

  /// Lets `write` append rows to the caller's bytes without copying them.
  package static func append(to output: inout [UInt8], _ write: (inout CSVWriter) -> Void) {
    var writer = CSVWriter()
    swap(&writer.bytes, &output)
    write(&writer)
    swap(&writer.bytes, &output)
  }

  /// Makes spreadsheets read the file as UTF-8; without it they garble Chinese.
  package mutating func byteOrderMark() { bytes.append("\u{FEFF}") }

  /// The column names with their commas, as one literal.
  package mutating func header(_ names: StaticString) {
    bytes.append(names)
    inRow = true
    endRow()
  }

  /// An id, which never needs quotes.
  package mutating func id(_ id: String) {
    var id = id
    id.withUTF8 { plain($0) }
  }

  /// An empty cell for nil.
  package mutating func text(_ text: String?) {
    guard var text else { return separate() }
    text.withUTF8 { self.text(utf8: $0) }
  }

  /// A cell from UTF-8 in place, as a database returns it.
  package mutating func text(utf8 text: UnsafeBufferPointer<UInt8>) {
    if Self.isPlain(text) { return plain(text) }
    special(ControlCharacters.shown(in: String(decoding: text, as: UTF8.self)))
  }

  /// Takes ids separated by spaces, writes them separated by `;`. Ids need no quotes.
  package mutating func list(spaced ids: String) {
    if ids.isEmpty { return separate() }
    if !ids.utf8.contains(UInt8(ascii: " ")) { return id(ids) }
    ids.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: ";") : $0 }.withUnsafeBufferPointer { plain($0) }
  }

  package mutating func number(_ number: Int) { self.number(Int64(number)) }

  package mutating func number(_ number: Int64) {
    let inRow = inRow
    bytes.append(atMost: ByteCursor.longestNumber + 1) { cursor in
      if inRow { cursor.put(UInt8(ascii: ",")) }
      cursor.put(decimal: number)
    }
    self.inRow = true
  }

  package mutating func flag(_ flag: Bool) {
    id(flag ? "true" : "false")
  }

  /// A cell whose bytes `append` writes unquoted; they must need no quotes.
  package mutating func plain(_ append: (inout [UInt8]) -> Void) {
    separate()
    append(&bytes)
  }

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
  /// Whether a text can stand in a cell unquoted. 0xC2, the first byte of U+0080 to U+009F, doesn't count as
  /// plain.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    !text.containsControl(or: UInt8(ascii: ","), UInt8(ascii: "\""), 0x7F, 0xC2)
      && !FormulaGuard.isNeeded(text)
  }

  private mutating func plain(_ text: UnsafeBufferPointer<UInt8>) {
    let inRow = inRow
    bytes.append(atMost: text.count + 1) { cursor in
      if inRow { cursor.put(UInt8(ascii: ",")) }
      cursor.put(text)
    }
    self.inRow = true
  }

  private mutating func special(_ text: String) {
    var text = text
    separate()
    text.withUTF8 { utf8 in
      let isQuoted = utf8.contains { byte in
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13: true
        default: false
        }
      }
      if isQuoted { bytes.append(UInt8(ascii: "\"")) }
      if FormulaGuard.isNeeded(utf8) { bytes.append(FormulaGuard.mark) }
      for byte in utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }
  }
}

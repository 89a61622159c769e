/// Appends JSON. Keys stand in the order of the calls.
package struct JSONWriter: ~Copyable {
  /// Who reads the output.
  package enum Policy: Sendable {
    /// For people and programs: absent values are null, and control characters up to U+009F are escaped, so that no
    /// output sends a terminal an escape sequence.
    case shown
    /// The one form that hashes are taken over: no white space, absent values left out, texts as plain UTF-8 with `"`,
    /// `\` and the characters below U+0020 escaped (`\b \t \n \f \r`, else `\u00XX` in lower case). Python's
    /// `json.dumps(value, ensure_ascii=False, separators=(",", ":"))` gives the same bytes.
    case canonical
  }

  package private(set) var bytes: [UInt8]
  private var needsComma = false
  private let policy: Policy

  /// - Parameter room: a capacity in bytes that suffices for most documents of the kind.
  package init(_ policy: Policy = .shown, reserving room: Int = 0) {
    self.policy = policy
    bytes = []
    bytes.reserveCapacity(room)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Lets `write` append to the caller's bytes without copying them.
  package static func append(
    to output: inout [UInt8], after separated: Bool = false, _ write: (inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    writer.needsComma = separated
    swap(&writer.bytes, &output)
    write(&writer)
    swap(&writer.bytes, &output)
  }

  /// `{…}`
  @inline(__always)
  package mutating func object(_ fields: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    fields(&self)
    close(UInt8(ascii: "}"))
  }

  /// `[…]`
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["))
    elements(&self)
    close(UInt8(ascii: "]"))
  }

  /// Writes `{` or `[` without its end, for values written in several calls. End it with `close`.
  package mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  /// Writes the `}` or `]` for an `open`.
  package mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  /// A line break before the next element, to keep long lists readable and easy to diff.
  package mutating func newLine() {
    if needsComma {
      bytes.append(UInt8(ascii: ","))
      needsComma = false
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A field's name; written unescaped.
  @inline(__always)
  package mutating func key(_ name: StaticString) {
    let needsComma = needsComma
    bytes.append(atMost: name.utf8CodeUnitCount + 4) { cursor in
      if needsComma { cursor.put(UInt8(ascii: ",")) }
      cursor.put(UInt8(ascii: "\""))
      cursor.put(name)
      cursor.put("\":")
    }
    self.needsComma = false
  }

  /// A field's name that is known only at run time; written escaped.
  package mutating func key(_ name: String) {
    value(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func field(named name: String, _ text: String) {
    key(name)
    value(text)
  }

  /// Nil is written as null, also in canonical form.
  @inline(__always)
  package mutating func value(_ text: String?) {
    separate()
    guard var text else { return bytes.append("null") }
    text.withUTF8 { bytes.append(jsonQuoted: $0, policy) }
  }

  package mutating func value(_ number: Int64) {
    separate()
    bytes.append(decimal: number)
  }

  package mutating func value(_ number: Int) { value(Int64(number)) }

  package mutating func value(_ flag: Bool) {
    separate()
    if flag { bytes.append("true") } else { bytes.append("false") }
  }

  @inline(__always)
  package mutating func null() { value(String?.none) }

  /// A string whose bytes `append` writes unescaped; they must need no escapes.
  package mutating func quoted(_ append: (inout [UInt8]) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    append(&bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A value that is JSON already; trailing white space is dropped.
  package mutating func value(json: [UInt8]) {
    separate()
    let end = json.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    bytes.append(contentsOf: json[..<end])
  }

  package mutating func value(_ texts: [String]) {
    array { list in
      for text in texts { list.value(text) }
    }
  }

  /// The line feed that ends a document.
  package mutating func endDocument() { bytes.append(UInt8(ascii: "\n")) }

  /// Ends the document with a line feed and returns its bytes.
  package consuming func document() -> [UInt8] {
    endDocument()
    return bytes
  }

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}

extension JSONWriter {
  /// A field without a value: null for `.shown`, left out for `.canonical`.
  @inline(__always)
  package mutating func absent(_ name: StaticString) {
    if policy == .shown { null(name) }
  }

  /// A field; `absent` if the text is nil.
  @inline(__always)
  package mutating func field(_ name: StaticString, _ text: String?) {
    guard let text else { return absent(name) }
    key(name)
    value(text)
  }

  @inline(__always)
  package mutating func field(_ name: StaticString, _ number: Int) {
    key(name)
    value(number)
  }

  package mutating func field(_ name: StaticString, _ number: Int64) {
    key(name)
    value(number)
  }

  @inline(__always)
  package mutating func field(_ name: StaticString, _ flag: Bool) {
    key(name)
    value(flag)
  }

  /// A field; `absent` if the number is nil.
  @inline(__always)
  package mutating func optional(_ name: StaticString, _ number: Int?) {
    if let number { field(name, number) } else { absent(name) }
  }

  /// A field; `absent` if the flag is nil.
  package mutating func optional(_ name: StaticString, _ flag: Bool?) {
    if let flag { field(name, flag) } else { absent(name) }
  }

  package mutating func field(_ name: StaticString, _ texts: [String]) {
    key(name)
    value(texts)
  }

  @inline(__always)
  package mutating func object(_ name: StaticString, _ fields: (inout JSONWriter) -> Void) {
    key(name)
    object(fields)
  }

  package mutating func array(_ name: StaticString, _ elements: (inout JSONWriter) -> Void) {
    key(name)
    array(elements)
  }

  /// Writes null by either policy, unlike `absent`.
  @inline(__always)
  package mutating func null(_ name: StaticString) {
    key(name)
    null()
  }
}

extension [UInt8] {
  fileprivate mutating func append(jsonQuoted text: UnsafeBufferPointer<UInt8>, _ policy: JSONWriter.Policy) {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    let mayNeedEscapes =
      policy == .shown
      ? text.containsControl(or: quote, backslash, 0x7F, Self.firstOfHighControls)
      : text.containsControl(or: quote, backslash, quote, backslash)
    let longestEscape = 6
    append(atMost: text.count * (mayNeedEscapes ? longestEscape : 1) + 2) { cursor in
      cursor.put(UInt8(ascii: "\""))
      if mayNeedEscapes { cursor.put(jsonEscaped: text, policy) } else { cursor.put(text) }
      cursor.put(UInt8(ascii: "\""))
    }
  }

  /// The first byte of U+0080 to U+009F in UTF-8, and of some harmless characters.
  private static let firstOfHighControls: UInt8 = 0xC2
}

extension ByteCursor {
  fileprivate mutating func put(jsonEscaped text: UnsafeBufferPointer<UInt8>, _ policy: JSONWriter.Policy) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        put(UInt8(ascii: "\\"))
        put(byte)
      case 0x08 where policy == .canonical: put("\\b")
      case 0x0C where policy == .canonical: put("\\f")
      case 0..<0x20: put(jsonEscape: byte)
      case 0x7F where policy == .shown: put(jsonEscape: byte)
      case 0xC2 where policy == .shown && index < text.count && text[index] < 0xA0:
        put(jsonEscape: text[index])
        index += 1
      default: put(byte)
      }
    }
  }

  private mutating func put(jsonEscape code: UInt8) {
    switch code {
    case UInt8(ascii: "\n"): put("\\n")
    case UInt8(ascii: "\r"): put("\\r")
    case UInt8(ascii: "\t"): put("\\t")
    default:
      put("\\u00")
      put(hexDigit: code >> 4)
      put(hexDigit: code & 15)
    }
  }

  private mutating func put(hexDigit digit: UInt8) {
    put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
  }
}

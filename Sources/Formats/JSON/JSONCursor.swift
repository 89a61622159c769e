/// A forward-only reader of JSON, value by value. Exports have a hundred thousand shops, and building a tree
/// for each line would cost more than writing its rows.
///
/// Accepts what RFC 8259 allows, but whole numbers only; throws only `JSONCursor.Fault`.
package struct JSONCursor {
  package struct Fault: Error, Equatable {
    /// In bytes from the start.
    package let offset: Int
    package let expected: String
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var offset = 0
  private var depth = 0
  /// Refuses strings that aren't `isStreamSafe`. Set for input from outside, not for what is stored already.
  private let isUntrusted: Bool

  /// The bytes must outlive the cursor.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, isUntrusted: Bool = false) {
    self.bytes = bytes
    self.isUntrusted = isUntrusted
  }

  package static func read<Output>(
    _ text: some Collection<UInt8>, isUntrusted: Bool = false, _ body: (inout JSONCursor) throws -> Output
  ) throws -> Output {
    try Array(text).withUnsafeBufferPointer { buffer in
      var cursor = JSONCursor(buffer, isUntrusted: isUntrusted)
      let result = try body(&cursor)
      try cursor.end()
      return result
    }
  }

  package mutating func end() throws(Fault) {
    skipSpace()
    if offset < bytes.count { throw fault("the end") }
  }

  /// Mutating because it skips white space first.
  package var isAtText: Bool {
    mutating get {
      skipSpace()
      return offset < bytes.count && bytes[offset] == UInt8(ascii: "\"")
    }
  }

  package var isAtList: Bool {
    mutating get {
      skipSpace()
      return offset < bytes.count && bytes[offset] == UInt8(ascii: "[")
    }
  }

  package var isAtObject: Bool {
    mutating get {
      skipSpace()
      return offset < bytes.count && bytes[offset] == UInt8(ascii: "{")
    }
  }

  /// Consumes `true` or `false`; nil, with nothing consumed, if another value follows.
  package mutating func takeFlag() -> Bool? {
    skipSpace()
    return takeWord("true") ? true : takeWord("false") ? false : nil
  }

  /// Consumes `null`; false, with nothing consumed, if another value follows.
  package mutating func takeNull() -> Bool {
    skipSpace()
    return takeWord("null")
  }

  package mutating func object(_ field: (String, inout JSONCursor) throws -> Void) throws {
    try list("{", "}") { cursor in
      let name = try cursor.string()
      try cursor.expect(":")
      try field(name, &cursor)
    }
  }

  /// Like `object`, but hands over names without making a `String` of each; for names that are known in
  /// advance.
  package mutating func fields(_ field: (JSONKey, inout JSONCursor) throws -> Void) throws {
    try list("{", "}") { cursor in
      if let name = try cursor.plainText() {
        try cursor.expect(":")
        try field(JSONKey(bytes: name), &cursor)
      } else {
        var name = try cursor.escapedString()
        try cursor.expect(":")
        try name.withUTF8 { name in try field(JSONKey(bytes: name), &cursor) }
      }
    }
  }

  package mutating func array(_ element: (inout JSONCursor) throws -> Void) throws {
    try list("[", "]", element)
  }

  package mutating func strings() throws -> [String] {
    var result: [String] = []
    try array { cursor in result.append(try cursor.string()) }
    return result
  }

  package mutating func bool() throws(Fault) -> Bool {
    if let flag = takeFlag() { return flag }
    throw fault("true or false")
  }

  package mutating func integer() throws(Fault) -> Int64 {
    skipSpace()
    let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let first = offset
    var value: Int64 = 0
    var overflows = false
    while offset < bytes.count, Self.isDigit(bytes[offset]) {
      let digit = Int64(bytes[offset] - 0x30)
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) =
        isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      value = sum
      overflows = overflows || isTooLarge || isStillTooLarge
      offset += 1
    }
    let hasLeadingZero = offset > first + 1 && bytes[first] == UInt8(ascii: "0")
    if offset == first || hasLeadingZero || overflows { throw fault("a whole number") }
    return value
  }

  /// A count or a number of something, from 0; throws if it is negative or above `most`.
  package mutating func count(upTo most: Int64 = 999_999_999) throws(Fault) -> Int64 {
    let number = try integer()
    if 0...most ~= number { return number }
    throw fault("a number from 0 to \(most)")
  }

  /// What `read` makes of a string's bytes; a fault if it returns nil.
  package mutating func text<Output>(
    expecting expected: String, _ read: (Span<UInt8>) -> Output?
  ) throws(Fault) -> Output {
    let output: Output?
    if let text = try plainText() {
      output = read(text.span)
    } else {
      output = read(Array(try escapedString().utf8).span)
    }
    guard let output else { throw fault(expected) }
    return output
  }

  /// The bytes of the next value, skipped without interpretation.
  package mutating func rawValue() throws -> UnsafeBufferPointer<UInt8> {
    try raw { cursor in try cursor.skipValue() }
  }

  /// The bytes of what `body` consumes.
  package mutating func raw(
    _ body: (inout JSONCursor) throws -> Void
  ) throws -> UnsafeBufferPointer<UInt8> {
    skipSpace()
    let start = offset
    try body(&self)
    return UnsafeBufferPointer(rebasing: bytes[start..<offset])
  }

  package mutating func skipValue() throws { try skip { cursor in _ = try cursor.integer() } }

  /// Like `skipValue`, but accepts fractions and exponents as well.
  package mutating func skipAny() throws {
    try skip { cursor in
      guard let end = cursor.endOfNumber else { throw cursor.fault("a value") }
      cursor.offset = end
    }
  }

  private mutating func skip(_ number: (inout JSONCursor) throws -> Void) throws {
    skipSpace()
    guard offset < bytes.count else { throw fault("a value") }
    switch bytes[offset] {
    case UInt8(ascii: "{"):
      try list("{", "}") { cursor in
        try cursor.skipString()
        try cursor.expect(":")
        try cursor.skip(number)
      }
    case UInt8(ascii: "["): try array { cursor in try cursor.skip(number) }
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
    case UInt8(ascii: "n"): if !takeWord("null") { throw fault("null") }
    default: try number(&self)
    }
  }

  /// Consumes a number that is whole however it is written: `1`, `1.0`, `1e2`. Nil, with nothing consumed,
  /// for other values and for numbers that don't fit.
  package mutating func takeWholeNumber() -> Int64? {
    skipSpace()
    guard let end = endOfNumber, let number = Self.whole(bytes[offset..<end]) else { return nil }
    offset = end
    return number
  }

  /// Where the number that starts here ends, by RFC 8259's grammar; nil if none starts here.
  private var endOfNumber: Int? {
    var end = offset
    func isNext(_ character: Unicode.Scalar) -> Bool {
      end < bytes.count && bytes[end] == UInt8(ascii: character)
    }
    func digits() -> Bool {
      let first = end
      while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
      return end > first
    }
    if isNext("-") { end += 1 }
    if isNext("0") { end += 1 } else if !digits() { return nil }
    if isNext(".") {
      end += 1
      if !digits() { return nil }
    }
    if isNext("e") || isNext("E") {
      end += 1
      if isNext("+") || isNext("-") { end += 1 }
      if !digits() { return nil }
    }
    return end
  }

  private static func whole(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    let parts = text.split(maxSplits: 1) { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let sides = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1)
    var digits = sides[0].filter(Self.isDigit) + (sides.count > 1 ? Array(sides[1]) : [])
    var power = sides.count > 1 ? -sides[1].count : 0
    if parts.count > 1 {
      let exponent = String(decoding: parts[1], as: UTF8.self)
      // A larger exponent means zero or a number that doesn't fit.
      power += Int(exponent) ?? (exponent.hasPrefix("-") ? -1_000_000 : 1_000_000)
    }
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      power += 1
    }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.isEmpty { return 0 }
    guard power >= 0, significant.count + power <= 19 else { return nil }
    let sign = text.first == UInt8(ascii: "-") ? "-" : ""
    return Int64(sign + String(decoding: significant, as: UTF8.self) + String(repeating: "0", count: power))
  }

  package mutating func string() throws(Fault) -> String {
    let text = try uncheckedString()
    if isUntrusted, !text.isStreamSafe {
      throw fault("a text without over \(StreamSafeText.mostMarks) marks on one letter")
    }
    return text
  }

  private mutating func uncheckedString() throws(Fault) -> String {
    guard let text = try plainText() else { return try escapedString() }
    do { return String(copying: try UTF8Span(validating: text.span)) } catch { throw fault("UTF-8") }
  }

  private mutating func skipString() throws(Fault) {
    guard let text = try plainText() else {
      _ = try escapedString()
      return
    }
    do { _ = try UTF8Span(validating: text.span) } catch { throw fault("UTF-8") }
  }

  /// The bytes of a string without escapes. Nil if it has some; then only its opening quote has been
  /// consumed.
  private mutating func plainText() throws(Fault) -> UnsafeBufferPointer<UInt8>? {
    try expect("\"")
    let end = endOfPlain(from: offset)
    guard end < bytes.count else {
      offset = end
      throw fault("the end of a text")
    }
    guard bytes[end] == UInt8(ascii: "\"") else { return nil }
    defer { offset = end + 1 }
    return UnsafeBufferPointer(rebasing: bytes[offset..<end])
  }

  /// The offset of the first quote, escape or control character.
  private func endOfPlain(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\\"),
      bytes[end] != UInt8(ascii: "\"")
    { end += 1 }
    return end
  }

  private mutating func escapedString() throws(Fault) -> String {
    var units: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        do { return String(copying: try UTF8Span(validating: units.span)) } catch { throw fault("UTF-8") }
      case UInt8(ascii: "\\"): units.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw fault("an escaped control character")
      default:
        let end = endOfPlain(from: offset)
        units.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[(offset - 1)..<end]))
        offset = end
      }
    }
    throw fault("the end of a text")
  }

  private mutating func escape() throws(Fault) -> String {
    guard offset < bytes.count else { throw fault("an escape") }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), takeWord("\\u") { units.append(try unit()) }
      guard let text = String(validating: units, as: UTF16.self) else { throw fault("a character") }
      return text
    default: throw fault("an escape")
    }
  }

  private mutating func unit() throws(Fault) -> UInt16 {
    guard offset + 4 <= bytes.count else { throw fault("four hexadecimal digits") }
    var unit: UInt16 = 0
    for byte in bytes[offset..<offset + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw fault("four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
    }
    offset += 4
    return unit
  }

  private mutating func list(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ element: (inout JSONCursor) throws -> Void
  ) throws {
    try expect(opening)
    depth += 1
    if depth > 64 { throw fault("fewer than 64 levels") }
    if !take(closing) {
      repeat { try element(&self) } while take(",")
      try expect(closing)
    }
    depth -= 1
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
    if !take(character) { throw fault(String(character)) }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard offset + count <= bytes.count,
      word.withUTF8Buffer({ $0.elementsEqual(bytes[offset..<offset + count]) })
    else { return false }
    offset += count
    return true
  }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  package func fault(_ expected: String) -> Fault { Fault(offset: offset, expected: expected) }

  private static func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
}

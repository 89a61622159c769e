extension [UInt8] {
  /// The bytes of a literal.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// The bytes of a text as they are.
  mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }

  /// A number in decimal digits.
  mutating func append(decimal number: Int64) {
    var magnitude = number.magnitude
    if number < 0 { append(UInt8(ascii: "-")) }
    if magnitude < 10 { return append(UInt8(ascii: "0") + UInt8(magnitude)) }
    let first = count
    while magnitude > 0 {
      let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      append(UInt8(ascii: "0") + UInt8(digit))
      magnitude = quotient
    }
    self[first...].reverse()
  }
}

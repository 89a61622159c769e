/// Reads short ASCII forms from left to right.
struct ASCIICursor {
  private let bytes: [UInt8]
  package private(set) var position = 0

  package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { position == bytes.count }

  package var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Consumes and returns the next byte if it is one of these.
  package mutating func take(_ wanted: Unicode.Scalar...) -> UInt8? {
    guard let next, wanted.contains(Unicode.Scalar(next)) else { return nil }
    position += 1
    return next
  }

  /// Consumes a text if it comes next; it may be non-ASCII.
  package mutating func take(text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { Array($0) }
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Whether the bytes consumed so far end with a text.
  func endsWith(_ text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { Array($0) }
    return bytes[..<position].suffix(wanted.count).elementsEqual(wanted)
  }

  /// Consumes bytes while they satisfy the condition; returns their number.
  package mutating func skip(while isWanted: (UInt8) -> Bool) -> Int {
    let start = position
    while let next, isWanted(next) { position += 1 }
    return position - start
  }

  /// Consumes digits, at most the upper bound; nil, with nothing consumed, if there are fewer than the lower
  /// one.
  package mutating func number(digits: ClosedRange<Int>) -> Int? {
    let start = position
    var value = 0
    while position - start < digits.upperBound, let next, Self.isDigit(next) {
      value = value * 10 + Int(next - 48)
      position += 1
    }
    guard position - start >= digits.lowerBound else {
      position = start
      return nil
    }
    return value
  }

  /// `YYYY-MM-DD`, without checking that the day exists.
  mutating func dateParts() -> (year: Int, month: Int, day: Int)? {
    guard let year = number(digits: 4...4), take("-") != nil,
      let month = number(digits: 2...2), take("-") != nil,
      let day = number(digits: 2...2)
    else { return nil }
    return (year, month, day)
  }

  /// What was consumed since a position.
  package func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

  static func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
}

extension [UInt8] {
  /// Reserves `room` bytes once and lets `write` fill at most that many, so that each byte needs no check of
  /// its own.
  @inline(__always)
  package mutating func append(atMost room: Int, _ write: (inout ByteCursor) -> Void) {
    append(addingCapacity: room) { span in
      span.withUnsafeMutableBufferPointer { memory, count in
        var cursor = ByteCursor(memory)
        write(&cursor)
        count = cursor.count
      }
    }
  }

  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends the text unescaped.
  package mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }

  package mutating func append(decimal number: Int64) {
    append(atMost: ByteCursor.longestNumber) { $0.put(decimal: number) }
  }
}

/// Writes bytes to consecutive addresses. Traps rather than writing past the end.
package struct ByteCursor {
  /// Digits of the longest `Int64`, plus a sign.
  package static let longestNumber = 20

  private let memory: UnsafeMutableBufferPointer<UInt8>
  package private(set) var count = 0

  fileprivate init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

  @inline(__always)
  package mutating func put(_ byte: UInt8) {
    precondition(count < memory.count)
    memory[count] = byte
    count += 1
  }

  @inline(__always)
  package mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, let start = memory.baseAddress else { return }
    precondition(bytes.count <= memory.count - count)
    (start + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  @inline(__always)
  package mutating func put(_ text: StaticString) {
    put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package mutating func put(decimal number: Int64) {
    var magnitude = number.magnitude
    if number < 0 { put(UInt8(ascii: "-")) }
    var digits = 1
    var bound: UInt64 = 10
    while magnitude >= bound, digits < 19 {
      digits += 1
      bound *= 10
    }
    if magnitude >= bound { digits += 1 }
    precondition(digits <= memory.count - count)
    for position in (count..<count + digits).reversed() {
      let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      memory[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      magnitude = quotient
    }
    count += digits
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether any byte is one of these four or below 0x20. Tests eight bytes at a time.
  @inline(__always)
  package func containsControl(or first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) -> Bool {
    var index = 0
    while index + 8 <= count, let start = baseAddress {
      let word = ByteWord(UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self))
      if word.holdsByteBelow(0x20) || word.holds(first) || word.holds(second) || word.holds(third)
        || word.holds(fourth)
      {
        return true
      }
      index += 8
    }
    while index < count {
      let byte = self[index]
      if byte < 0x20 || byte == first || byte == second || byte == third || byte == fourth { return true }
      index += 1
    }
    return false
  }
}

/// Eight bytes in one register (see "Bit Twiddling Hacks", "Determine if a word has a zero byte").
private struct ByteWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  private let bits: UInt64

  @inline(__always)
  init(_ bits: UInt64) { self.bits = bits }

  /// `limit` is at most 128.
  @inline(__always)
  func holdsByteBelow(_ limit: UInt8) -> Bool {
    (bits &- Self.ones &* UInt64(limit)) & ~bits & Self.highBits != 0
  }

  @inline(__always)
  func holds(_ byte: UInt8) -> Bool {
    ByteWord(bits ^ (Self.ones &* UInt64(byte))).holdsByteBelow(1)
  }
}

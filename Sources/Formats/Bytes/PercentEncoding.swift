/// Percent-encoding (RFC 3986): `%` and two hexadecimal digits for a byte of UTF-8.
package enum PercentEncoding {
  /// Encodes everything but ASCII letters, ASCII digits and the characters in `kept`.
  ///
  /// - Parameter kept: ASCII characters; the default is RFC 3986's unreserved ones.
  package static func encoded(_ text: String, keeping kept: StaticString = "-_.~") -> String {
    let kept = UnsafeBufferPointer(start: kept.utf8Start, count: kept.utf8CodeUnitCount)
    var encoded = ""
    encoded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where kept.contains(byte): encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%\(digit(byte >> 4))\(digit(byte & 0xF))"
      }
    }
    return encoded
  }

  /// Nil if a `%` isn't followed by two hexadecimal digits, or if the bytes aren't UTF-8.
  package static func decoded(_ text: String) -> String? { decoded(text.utf8, plusIsSpace: false) }

  /// - Parameter plusIsSpace: true in forms and queries, where `+` stands for a space.
  static func decoded(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(HexText.value), let low = rest.next().flatMap(HexText.value)
        else {
          return nil
        }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> Character {
    Character(Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10))
  }
}

/// The parts of a `Host` header.
struct HTTPHost: Equatable {
  /// In lower case; IPv6 addresses include their brackets.
  package let name: String
  /// Nil: the scheme's default.
  package let port: Int?

  /// Nil if the text is malformed: anything but a port after an IPv6 address, or a port that isn't a number.
  package init?(_ text: String) {
    var text = text
    guard let parts = text.withUTF8(Self.parts) else { return nil }
    (name, port) = parts
  }

  private static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> (name: String, port: Int?)? {
    let isAddress = bytes.first == UInt8(ascii: "[")
    var end = bytes.firstIndex(of: isAddress ? UInt8(ascii: "]") : UInt8(ascii: ":")) ?? bytes.count
    if isAddress {
      if end == bytes.count { return nil }
      end += 1
    }
    let name = bytes[..<end]
    let rest = bytes[end...]
    if name.isEmpty || name.contains(where: { $0 <= 0x20 || isDelimiter($0) }) { return nil }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    guard let sign = rest.first else { return (text, nil) }
    let digits = rest.dropFirst()
    guard sign == UInt8(ascii: ":"), digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    if digits.isEmpty { return (text, nil) }
    guard let number = UInt16(String(decoding: digits, as: UTF8.self)) else { return nil }
    return (text, Int(number))
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch UnicodeScalar(byte) {
    case "/", "@", "?", "#", "\\": true
    default: false
    }
  }

  var isThisMachine: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(name) }
}

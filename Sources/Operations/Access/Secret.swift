import Crypto

/// A key that is shown once: the store keeps its digest alone.
public struct Secret: Sendable, Hashable {
  /// What its holder shows: base64url, after a token's mark.
  public let text: String

  /// What opens one shop: 128 bits in 22 characters.
  package static func link(from secrets: some SecretSource) -> Secret {
    Secret(text: Base64URL.text(of: secrets.bytes(16)))
  }

  /// What opens a server without users to whoever started it: 128 bits in 22 characters.
  package static func local(from secrets: some SecretSource) -> Secret { link(from: secrets) }

  /// A script's key: 256 bits, after a mark by which scanners of leaked keys know it.
  package static func token(from secrets: some SecretSource) -> Secret {
    Secret(text: "slt_" + Base64URL.text(of: secrets.bytes(32)))
  }

  /// What a browser's cookie holds: 256 bits.
  package static func session(from secrets: some SecretSource) -> Secret {
    Secret(text: Base64URL.text(of: secrets.bytes(32)))
  }

  /// What the store knows it by.
  public var digest: [UInt8] { Self.digest(of: text) }

  /// What the store knows a secret by that somebody shows; whatever else they show has a digest, too.
  public static func digest(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// Base64 with the alphabet for addresses, without filling.
package enum Base64URL {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  package static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= UInt32(8 * (3 - group.count))
      for digit in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for what `text(of:)` doesn't give.
  package static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        bits &= 1 << UInt32(count) - 1
      }
    }
    return bits == 0 && count < 6 ? bytes : nil
  }
}

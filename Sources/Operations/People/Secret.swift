import Crypto
import Formats

/// A key that is shown once: the store keeps its digest alone.
package struct Secret: Sendable, Hashable {
  /// What its holder shows: base64url, after a token's mark.
  package let text: String

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
  package var digest: [UInt8] { Self.digest(of: text) }

  /// What the store knows a secret by that somebody shows; whatever else they show has a digest, too.
  package static func digest(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

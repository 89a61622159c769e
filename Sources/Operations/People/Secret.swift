import Crypto
import Formats

/// A key that is shown only once, since the store keeps only its digest.
package struct Secret: Sendable, Hashable {
  /// The text to present: base64url, for tokens after a prefix.
  package let text: String

  /// Opens one shop: 128 bits in 22 characters.
  package static func link(from secrets: some SecretSource) -> Secret {
    Secret(text: Base64URL.text(of: secrets.bytes(16)))
  }

  /// Opens a server without users for the person who started it: 128 bits in 22 characters.
  package static func local(from secrets: some SecretSource) -> Secret { link(from: secrets) }

  /// A script's API key: 256 bits, after a prefix by which scanners recognize leaked keys.
  package static func token(from secrets: some SecretSource) -> Secret {
    Secret(text: "slt_" + Base64URL.text(of: secrets.bytes(32)))
  }

  /// The content of a session cookie: 256 bits.
  package static func session(from secrets: some SecretSource) -> Secret {
    Secret(text: Base64URL.text(of: secrets.bytes(32)))
  }

  /// What the store looks it up by.
  package var digest: [UInt8] { Self.digest(of: text) }

  /// The digest of a presented secret, whether valid or not.
  package static func digest(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

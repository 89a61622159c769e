/// A source of randomness, injected like the clock and the author.
package protocol SecretSource: Sendable {
  /// Cryptographically secure random bytes.
  func bytes(_ count: Int) -> [UInt8]
}

/// Gives what nobody can guess; as the clock and the author, it is an input.
package protocol SecretSource: Sendable {
  /// Random bytes, fit for keys.
  func bytes(_ count: Int) -> [UInt8]
}

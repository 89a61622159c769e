/// Where secrets come from: randomness is an input, as the clock is.
public protocol SecretSource: Sendable {
  /// Bytes that nobody can guess.
  func bytes(_ count: Int) -> [UInt8]
}

import Crypto
import Operations

/// The operating system's source of randomness.
struct SystemSecrets: SecretSource {
  func bytes(_ count: Int) -> [UInt8] {
    SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes { Array($0) }
  }
}

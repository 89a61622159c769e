import Crypto
import Formats
import Synchronization

extension Principal {
  private static let keys = Mutex<[String: String]>([:])

  /// Distinguishes, on one device, whose ticks are queued while offline; nil for those who can't change
  /// anything on pages.
  package var queueOwner: String? {
    switch self {
    case .nobody, .token: return nil
    case .local, .user, .link: break
    }
    if let known = Self.keys.withLock({ $0[key] }) { return known }
    let short = HexText.of(SHA256.hash(data: Array(key.utf8)).prefix(8))
    Self.keys.withLock { keys in
      if keys.count > 10_000 { keys.removeAll() }
      keys[key] = short
    }
    return short
  }
}

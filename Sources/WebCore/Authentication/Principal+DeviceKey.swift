import Crypto
import Formats
import Synchronization

extension Principal {
  private static let keys = Mutex<[String: String]>([:])

  /// Tells apart, on one device, whose ticks wait to be sent; nil for who can change nothing on pages.
  package var deviceKey: String? {
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

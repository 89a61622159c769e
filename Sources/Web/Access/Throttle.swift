import Domain
import NIOCore
import Synchronization

/// Slows down whoever guesses passwords, without letting a stranger lock somebody out: failures count for the
/// address they come from, and for the account only against browsers that never signed in to it.
final class Throttle: Sendable {
  /// What an attempt counts against.
  enum Subject: Hashable, Sendable {
    /// An IPv4 address, or the /64 of an IPv6 address, which one customer has.
    case address([UInt8])
    /// An account, tried from browsers that never signed in to it.
    case account(String)
    /// An account, tried from a browser that did.
    case device(String, [UInt8])

    /// How many failures within a quarter of an hour are let through.
    fileprivate var allowed: Int {
      switch self {
      case .address: 20
      case .account: 30
      case .device: 10
      }
    }
  }

  private static let window: Int64 = 15 * 60
  /// The oldest go first; more subjects than this aren't remembered.
  private static let most = 50_000

  private let failures = Mutex<[Subject: [Moment]]>([:])

  /// From when on another attempt is let through; nil: now.
  func waitsUntil(_ subjects: [Subject], now: Moment) -> Moment? {
    failures.withLock { failures in
      subjects.compactMap { subject in
        let recent = (failures[subject] ?? []).filter { now < $0 + Self.window }
        guard recent.count >= subject.allowed else { return nil }
        return recent[recent.count - subject.allowed] + Self.window
      }.max()
    }
  }

  func failed(_ subjects: [Subject], now: Moment) {
    failures.withLock { failures in
      if failures.count >= Self.most {
        failures = failures.filter { now < ($0.value.last ?? now) + Self.window }
        if failures.count >= Self.most { failures.removeAll() }
      }
      for subject in subjects {
        let recent = (failures[subject] ?? []).filter { now < $0 + Self.window }
        failures[subject] = recent + [now]
      }
    }
  }

  /// Somebody who signs in at last may have mistyped before.
  func succeeded(_ subject: Subject) { failures.withLock { $0[subject] = nil } }

  /// What an address counts as; nil where it isn't known.
  static func address(_ text: String?) -> Subject? {
    guard let text, let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
    let bytes = address.addressBytes
    return .address(bytes.count == 16 ? Array(bytes.prefix(8)) : bytes)
  }
}

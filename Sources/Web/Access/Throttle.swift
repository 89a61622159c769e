import Domain
import NIOCore
import Synchronization

/// Slows down whoever guesses passwords, without letting a stranger lock somebody out: failures count for the
/// address they come from. An account that many guess at, from however many addresses, leaves each address that
/// isn't a browser's that signed in to it before a few tries, and its owner's is one of them.
final class Throttle: Sendable {
  /// What an attempt counts against.
  enum Subject: Hashable, Sendable {
    /// An IPv4 address, or the /64 of an IPv6 address, which one customer has.
    case address([UInt8])
    /// An account, tried from browsers that never signed in to it: what is seen of an attack. Blocks nobody.
    case account(String)
    /// The same from one address.
    case guess(String, from: [UInt8])
    /// An account, tried from a browser that did.
    case device(String, [UInt8])

    /// How many failures within a quarter of an hour are let through.
    fileprivate var allowed: Int {
      switch self {
      case .address: 20
      case .account: .max
      case .guess: 10
      case .device: 10
      }
    }

    /// How many while the account is under attack.
    fileprivate var allowedUnderAttack: Int {
      if case .guess = self { 3 } else { allowed }
    }
  }

  private static let window: Int64 = 15 * 60
  /// So many failures at an account within it are an attack.
  private static let attack = 30
  /// The oldest go first; more subjects than this aren't remembered.
  private static let most = 50_000

  private let failures = Mutex<[Subject: [Moment]]>([:])

  /// From when on another attempt is let through; nil: now.
  func waitsUntil(_ subjects: [Subject], now: Moment) -> Moment? {
    failures.withLock { failures in
      func recent(_ subject: Subject) -> [Moment] {
        (failures[subject] ?? []).filter { now < $0 + Self.window }
      }
      let isAttacked = subjects.contains { subject in
        if case .account = subject { recent(subject).count >= Self.attack } else { false }
      }
      return subjects.compactMap { subject in
        let recent = recent(subject)
        let allowed = isAttacked ? subject.allowedUnderAttack : subject.allowed
        guard recent.count >= allowed else { return nil }
        return recent[recent.count - allowed] + Self.window
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
        failures[subject] = (recent + [now]).suffix(Self.attack)
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

import Domain
import Operations
import Synchronization

/// Keeps strangers from flooding the log with failed sign-ins: for each account, the first attempt in a time
/// window is logged at once, and the rest as one entry when the window ends.
package final class SignInLog: Sendable {
  private struct Key: Hashable {
    let kind: AuditEvent.Kind
    /// A user's name; empty for unknown names, which may be passwords typed into the wrong field.
    let subject: String
  }

  private struct Window {
    let began: Moment
    var more = 0
    var last: Moment
    var address: String?
  }

  private struct State {
    var windows: [Key: Window] = [:]
    /// Windows that later ones have replaced.
    var ended: [(Key, Window)] = []
  }

  /// In seconds.
  package static let length: Int64 = 15 * 60

  private let state = Mutex(State())

  /// The entry to write now; nil if the attempt is only counted.
  package func refused(_ user: User?, address: String?, at now: Moment) -> AuditEvent? {
    add(Key(kind: .signInRefused, subject: user?.name ?? ""), address, now, isWritten: true)
  }

  /// Counts an attempt that was refused without checking the password.
  func throttled(_ user: User?, address: String?, at now: Moment) {
    _ = add(Key(kind: .signInThrottled, subject: user?.name ?? ""), address, now, isWritten: false)
  }

  /// The entries for attempts counted in windows that have ended.
  ///
  /// - Parameter all: includes windows that haven't ended.
  package func ended(by now: Moment, all: Bool = false) -> [AuditEvent] {
    let ended = state.withLock { state in
      for (key, window) in state.windows where all || now >= window.began + Self.length {
        state.ended.append((key, window))
        state.windows[key] = nil
      }
      defer { state.ended = [] }
      return state.ended
    }
    return ended.filter { $0.1.more > 0 }
      .sorted { ($0.1.last, $0.0.subject) < ($1.1.last, $1.0.subject) }
      .map { key, window in
        AuditEvent(
          kind: key.kind, at: window.last, subject: key.subject, by: key.subject, address: window.address,
          attempts: window.more)
      }
  }

  private func add(_ key: Key, _ address: String?, _ now: Moment, isWritten: Bool) -> AuditEvent? {
    state.withLock { state in
      if var window = state.windows[key] {
        if now < window.began + Self.length {
          window.more += 1
          window.last = now
          // If several addresses tried, none is recorded.
          if window.address != address { window.address = nil }
          state.windows[key] = window
          return nil
        }
        state.ended.append((key, window))
      }
      state.windows[key] = Window(began: now, more: isWritten ? 0 : 1, last: now, address: address)
      return isWritten
        ? AuditEvent(kind: key.kind, at: now, subject: key.subject, by: key.subject, address: address) : nil
    }
  }
}

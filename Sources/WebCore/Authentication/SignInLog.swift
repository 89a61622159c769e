import Domain
import Operations
import Synchronization

/// Keeps what strangers do at the door from filling the log: of what was refused at one account within a window
/// the first attempt is an entry, and the rest is one more when the window ends.
package final class SignInLog: Sendable {
  private struct Key: Hashable {
    let kind: AuditEvent.Kind
    /// A user's name; empty: a name that nobody has, which may be a password that went into the wrong field.
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
    /// Those that a later one has taken the place of.
    var ended: [(Key, Window)] = []
  }

  /// In seconds.
  package static let length: Int64 = 15 * 60

  private let state = Mutex(State())

  /// The entry to be written now; nil where it is counted.
  package func refused(_ user: User?, address: String?, at now: Moment) -> AuditEvent? {
    add(Key(kind: .signInRefused, subject: user?.name ?? ""), address, now, isWritten: true)
  }

  /// An attempt that wasn't looked at: counted alone.
  func throttled(_ user: User?, address: String?, at now: Moment) {
    _ = add(Key(kind: .signInThrottled, subject: user?.name ?? ""), address, now, isWritten: false)
  }

  /// The entries of what was counted in windows that have ended.
  ///
  /// - Parameter all: also of those that haven't.
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
          // Where several tried, none of them stands for all.
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

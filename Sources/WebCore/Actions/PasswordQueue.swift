import Dispatch
import Synchronization

/// The only queue for password hashing. Each job takes 32 MB and a lot of time by design, so they run one at
/// a time. Known senders go first; unknown ones wait in a bounded queue.
final class PasswordQueue: Sendable {
  enum Sender: Sendable, Hashable {
    /// Signed in, or a browser that somebody has signed in from before.
    case known
    /// Nil if the address is unknown.
    case unknown(address: String?)
  }

  private struct Job {
    let sender: Sender
    let work: @Sendable () -> Void
  }

  private struct State {
    var known: [Job] = []
    var unknown: [Job] = []
    var isWorking = false
  }

  /// How many unknown senders may wait, and how many known ones.
  private let limit: Int
  private let queue = DispatchQueue(label: "switchlist.passwords", qos: .userInitiated)
  private let state = Mutex(State())

  package init(limit: Int) { self.limit = limit }

  /// Returns what the work returns. Throws a `QuotaShortage` if too many are waiting, or two from the same
  /// address.
  package func run<Output: Sendable>(
    for sender: Sender, _ work: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(sender: sender) { continuation.resume(with: Result { try work() }) }
      if let short = add(job) { continuation.resume(throwing: short) }
    }
  }

  /// The number of waiting jobs.
  var waitingCount: Int { state.withLock { $0.known.count + $0.unknown.count } }

  private func add(_ job: Job) -> QuotaShortage? {
    let (isTaken, mustBegin) = state.withLock { state in
      let isTaken =
        switch job.sender {
        case .known: state.known.count < limit
        case .unknown:
          state.unknown.count < limit && state.unknown.count { $0.sender == job.sender } < 2
        }
      guard isTaken else { return (false, false) }
      if job.sender == .known { state.known.append(job) } else { state.unknown.append(job) }
      defer { state.isWorking = true }
      return (true, !state.isWorking)
    }
    if mustBegin { queue.async { self.work() } }
    return isTaken ? nil : QuotaShortage(limit: .waitingPasswords, milliseconds: 5000)
  }

  private func work() {
    while let job = next() { job.work() }
  }

  private func next() -> Job? {
    state.withLock { state in
      if !state.known.isEmpty { return state.known.removeFirst() }
      if !state.unknown.isEmpty { return state.unknown.removeFirst() }
      state.isWorking = false
      return nil
    }
  }
}

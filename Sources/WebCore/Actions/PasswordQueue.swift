import Dispatch
import Synchronization

/// The one queue for work on passwords: a piece takes 32 MB and much time on purpose, so one is done at a time.
/// Whoever is known goes first, and those that aren't wait in a queue that is bounded.
final class PasswordQueue: Sendable {
  enum Sender: Sendable, Hashable {
    /// Somebody who is signed in, or a browser that somebody signed in from before.
    case known
    /// Nil: where it comes from isn't known.
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

  /// How many may wait that aren't known; those that are known have as much room again.
  private let limit: Int
  private let queue = DispatchQueue(label: "switchlist.passwords", qos: .userInitiated)
  private let state = Mutex(State())

  package init(limit: Int) { self.limit = limit }

  /// What the work gives. Throws a `QuotaShortage` where too many wait, or two from the same address.
  package func run<Output: Sendable>(
    for sender: Sender, _ work: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(sender: sender) { continuation.resume(with: Result { try work() }) }
      if let short = add(job) { continuation.resume(throwing: short) }
    }
  }

  /// How many wait for their turn.
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

import Dispatch
import Synchronization

/// Runs lengthy work on a limited number of threads of its own, so that it never blocks an event loop.
package final class WorkQueue: Sendable {
  private struct State {
    var running = 0
    /// A queue; its live elements start at `first`.
    var waiting: [@Sendable () -> Void] = []
    var first = 0
  }

  /// For reading, hashing and parsing large input: bodies, tables, files.
  package static let large = WorkQueue("switchlist.large", width: 2)

  /// In bytes. Smaller input is processed in place, which costs less than handing it over.
  package static let runsAtOnceUpTo = 64 << 10

  private let queue: DispatchQueue
  private let width: Int
  private let state = Mutex(State())

  /// - Parameter width: how many pieces of work run at the same time; the rest wait.
  package init(_ label: String, width: Int) {
    queue = DispatchQueue(label: label, qos: .utility, attributes: .concurrent)
    self.width = width
  }

  /// Returns or throws what the body does.
  ///
  /// - Parameter size: the amount of data in bytes; small work runs immediately, on the caller's thread.
  package func run<Output: Sendable>(
    _ size: Int = .max, _ body: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    if size <= Self.runsAtOnceUpTo { return try body() }
    return try await withCheckedThrowingContinuation { continuation in
      add { continuation.resume(with: Result { try body() }) }
    }
  }

  private func add(_ job: @escaping @Sendable () -> Void) {
    let isFree = state.withLock { state in
      if state.running == width {
        state.waiting.append(job)
        return false
      }
      state.running += 1
      return true
    }
    if isFree { queue.async { self.work(job) } }
  }

  private func work(_ job: @Sendable () -> Void) {
    job()
    while let next = next() { next() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if state.first == state.waiting.count {
        (state.waiting, state.first) = ([], 0)
        state.running -= 1
        return nil
      }
      defer { state.first += 1 }
      return state.waiting[state.first]
    }
  }
}

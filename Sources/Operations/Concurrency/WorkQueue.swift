import Dispatch
import Synchronization

/// Runs work that takes long on a bounded number of threads of its own, so that no event loop waits for it.
package final class WorkQueue: Sendable {
  private struct State {
    var running = 0
    /// In the order in which they came.
    var waiting: [@Sendable () -> Void] = []
    var first = 0
  }

  /// What is large is read, hashed and parsed here: bodies, tables, files.
  package static let large = WorkQueue("switchlist.large", width: 2)

  /// In bytes: smaller pieces are worked on where they are, which takes less than handing them on.
  package static let small = 64 << 10

  private let queue: DispatchQueue
  private let width: Int
  private let state = Mutex(State())

  /// - Parameter width: how much runs at once; the rest waits for its turn.
  package init(_ label: String, width: Int) {
    queue = DispatchQueue(label: label, qos: .utility, attributes: .concurrent)
    self.width = width
  }

  /// What the body gives, or throws.
  ///
  /// - Parameter size: how many bytes it is about; a small piece runs at once.
  package func run<Output: Sendable>(
    _ size: Int = .max, _ body: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    if size <= Self.small { return try body() }
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

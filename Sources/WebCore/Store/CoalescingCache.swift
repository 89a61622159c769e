import Synchronization

/// Concurrent callers share one computation. A value is good for `age`, or for four times as long as it took, whichever is
/// longer.
package final class CoalescingCache<Key: Hashable & Sendable, Figures: Sendable>: Sendable {
  private struct Entry {
    let task: Task<Figures, any Error>
    let askedAt: Int64
    /// How long it took to make them; nil while they are made.
    var took: Int64?
  }

  /// Milliseconds; what takes longer than a quarter of it is kept for four times as long as it took.
  private let age: Int64
  private let limit: Int
  private let milliseconds: @Sendable () -> Int64
  private let state = Mutex<[Key: Entry]>([:])

  /// - Parameters:
  ///   - age: for how many milliseconds they are good enough.
  ///   - limit: how many are kept.
  package init(age: Int64, limit: Int, milliseconds: @escaping @Sendable () -> Int64) {
    self.age = age
    self.limit = limit
    self.milliseconds = milliseconds
  }

  /// Throws what making them throws, which isn't kept.
  package func figures(
    _ key: Key, _ make: @escaping @Sendable () async throws -> Figures
  ) async throws -> Figures {
    let now = milliseconds()
    let (task, isNew) = state.withLock { state -> (Task<Figures, any Error>, Bool) in
      if let entry = state[key], entry.took.map({ now - entry.askedAt < max(age, 4 * $0) }) ?? true {
        return (entry.task, false)
      }
      if state.count >= limit { state = state.filter { $0.value.took == nil } }
      let task = Task { try await make() }
      state[key] = Entry(task: task, askedAt: now)
      return (task, true)
    }
    let result = await task.result
    if isNew {
      state.withLock { state in
        if case .success = result { state[key]?.took = milliseconds() - now } else { state[key] = nil }
      }
    }
    return try result.get()
  }
}

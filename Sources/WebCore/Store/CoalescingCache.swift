import Synchronization

/// Concurrent callers share one computation. A value is good for `age`, or for four times as long as it took, whichever is
/// longer; while the next one is made after that, it may be given for a little longer.
package final class CoalescingCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    var value: Value?
    /// When the value was asked for.
    var askedAt: Int64 = 0
    /// How long it took to make it.
    var took: Int64 = 0
    var making: Task<Value, any Error>?
  }

  /// Milliseconds; what takes longer than a quarter of it is good for four times as long as it took.
  private let age: Int64
  private let grace: Int64
  private let limit: Int
  private let monotonicMilliseconds: @Sendable () -> Int64
  private let state = Mutex<[Key: Entry]>([:])

  /// - Parameters:
  ///   - age: for how many milliseconds a value is good.
  ///   - grace: for how many more it is given while the next one is made, or for half as long again as it is good.
  ///     With 0 everybody waits for the next one.
  ///   - limit: how many are kept.
  package init(
    age: Int64, grace: Int64 = 0, limit: Int, monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.age = age
    self.grace = grace
    self.limit = limit
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  /// Throws what making it throws, which isn't kept.
  package func value(of key: Key, _ make: @escaping @Sendable () async throws -> Value) async throws -> Value
  {
    let now = monotonicMilliseconds()
    let (value, making) = state.withLock { state -> (Value?, Task<Value, any Error>?) in
      if state.count >= limit, state[key] == nil { state = state.filter { $0.value.making != nil } }
      var entry = state[key] ?? Entry()
      let passed = now - entry.askedAt
      let good = max(age, 4 * entry.took)
      if let value = entry.value, passed < good { return (value, nil) }
      if entry.making == nil {
        entry.making = Task { try await self.made(key, at: now, make) }
        state[key] = entry
      }
      let isGivenStill = grace > 0 && passed < good + max(grace, good / 2)
      return (isGivenStill ? entry.value : nil, entry.making)
    }
    if let value { return value }
    guard let making else { return try await make() }
    return try await making.value
  }

  private func made(
    _ key: Key, at now: Int64, _ make: @Sendable () async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await make()
      let took = monotonicMilliseconds() - now
      state.withLock { $0[key] = Entry(value: value, askedAt: now, took: took) }
      return value
    } catch {
      state.withLock { $0[key]?.making = nil }
      throw error
    }
  }
}

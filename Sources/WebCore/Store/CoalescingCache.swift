import Synchronization

/// Concurrent callers share one computation. A value is valid for `age`, or for four times as long as it took
/// to compute, whichever is longer. After that it may be returned a little longer while the next one is
/// computed.
package final class CoalescingCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    var value: Value?
    /// When the value was requested.
    var askedAt: Int64 = 0
    /// How long it took to compute.
    var took: Int64 = 0
    var making: Task<Value, any Error>?
  }

  /// In milliseconds.
  private let age: Int64
  private let grace: Int64
  private let limit: Int
  private let monotonicMilliseconds: @Sendable () -> Int64
  private let state = Mutex<[Key: Entry]>([:])

  /// - Parameters:
  ///   - age: how long a value is valid, in milliseconds.
  ///   - grace: how much longer it may be returned while the next one is computed, unless half its validity
  ///     is longer. With 0 callers always wait for the next one.
  ///   - limit: the maximum number of values kept.
  package init(
    age: Int64, grace: Int64 = 0, limit: Int, monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.age = age
    self.grace = grace
    self.limit = limit
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  /// Throws what `make` throws. Errors aren't cached.
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

import Domain
import Operations
import Synchronization

/// A store whose engine may keep everybody waiting, or fail at a call.
final class FakeEngine: StoreAccess {
  private struct State {
    var isHeld = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var calls = 0
    var failing: Int?
  }

  static let failure = StoreError.unreachable(path: "fake", detail: "the server closed the connection")

  private let inner: any StoreAccess
  private let state = Mutex(State())

  init(_ inner: any StoreAccess) { self.inner = inner }

  /// How many calls are waiting.
  var waiting: Int { state.withLock { $0.waiting.count } }
  /// How many calls there were since the last one was told to fail.
  var calls: Int { state.withLock { $0.calls } }

  func hold() { state.withLock { $0.isHeld = true } }

  func letGo() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isHeld = false
      return state.waiting
    }
    for call in waiting { call.resume() }
  }

  /// - Parameter call: counted from 1; nil: none fails.
  func fail(at call: Int?) {
    state.withLock { state in
      state.calls = 0
      state.failing = call
    }
  }

  func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    try await enter()
    return try await inner.read(load, body)
  }

  func change<Output: Sendable>(
    of shop: ShopID?, _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await enter()
    return try await inner.change(of: shop, body)
  }

  func version() async throws -> Int64 {
    try await enter()
    return try await inner.version()
  }

  func changes() -> AsyncStream<Void> { inner.changes() }

  func observeCommits(_ body: @escaping @Sendable (Int) -> Void) { inner.observeCommits(body) }

  private func enter() async throws {
    let fails = state.withLock { state in
      state.calls += 1
      return state.calls == state.failing
    }
    if fails { throw Self.failure }
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.isHeld { state.waiting.append(continuation) }
        return !state.isHeld
      }
      if isFree { continuation.resume() }
    }
  }
}

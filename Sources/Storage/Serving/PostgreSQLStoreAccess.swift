import Dispatch
import Domain
import Operations
import Synchronization

/// A server's access to a store on PostgreSQL. Every statement waits for the network, so all of them run on threads of
/// their own, and a request never waits longer than its deadline.
package final class PostgreSQLStoreAccess: StoreAccess {
  private let store: PostgreSQLStore
  private let commit: GroupCommit
  private let versions: SharedVersion
  private let observer = CommitObserver()
  /// Serial queues have threads of their own, however many of the others wait.
  private let requests = (0..<8).map { _ in
    DispatchQueue(label: "switchlist.requests", qos: .userInitiated)
  }
  private let turn = Atomic<Int>(0)
  private let background = WorkQueue("switchlist.readers", width: 4)
  private let streams = DispatchQueue(label: "switchlist.streaming", qos: .utility, attributes: .concurrent)

  /// How long a read, and a change, may take before the request is answered without its outcome, in seconds.
  private static let readDeadline = 10
  private static let changeDeadline = 20

  /// - Parameters:
  ///   - store: has a connection for each of the lanes, the readers and the version.
  ///   - monotonicMilliseconds: a monotonic clock, to measure how long a transaction has been open.
  ///   - writer: what changes go to; the store itself by default.
  package init(
    _ store: PostgreSQLStore, writer: (any ShopStore)? = nil,
    monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    versions = SharedVersion(store)
    let observer = observer
    commit = GroupCommit(
      store: writer ?? BrieflyWaiting(store), patient: writer ?? store, lanes: 4,
      monotonicMilliseconds: monotonicMilliseconds
    ) { changes in observer.notify(changes) }
  }

  package func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    let store = store
    switch load {
    case .request:
      return try await within(
        Self.readDeadline, late: StoreError.unreachable(path: store.address.name, detail: "no answer in time")
      ) { done in
        let queue = requests[turn.wrappingAdd(1, ordering: .relaxed).newValue & 7]
        queue.async { done(Result { try store.readBriefly(body) }) }
      }
    case .background: return try await background.run { try store.read(body) }
    case .stream:
      return try await withCheckedThrowingContinuation { continuation in
        streams.async { continuation.resume(with: Result { try store.readSlowly(body) }) }
      }
    }
  }

  package func change<Output: Sendable>(
    of shop: ShopID?, _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    // A transaction that has begun goes on when the request has been answered; nothing cancels it. One that hasn't begun
    // by then never does, so that nothing is done twice.
    let claim = Claim()
    let name = store.address.name
    do {
      return try await within(Self.changeDeadline, late: StoreError.outcomeUnknown(path: name)) {
        [commit] done in
        commit.submit(
          of: shop,
          { transaction in
            guard claim.begin() else { throw StoreError.locked(path: name) }
            return try body(transaction)
          }, undone: { claim.giveBack() }, completion: done)
      }
    } catch StoreError.outcomeUnknown(let path) {
      throw claim.withdraw() ? StoreError.locked(path: path) : StoreError.outcomeUnknown(path: path)
    }
  }

  package func version() async throws -> Int64 {
    try await within(
      Self.readDeadline, late: StoreError.unreachable(path: store.address.name, detail: "no answer in time")
    ) { [versions] done in versions.current(done) }
  }

  /// Polled once a second: a notification would have to be sent in the transaction that makes the change, where it
  /// takes a lock that all transactions of the server share.
  package func changes() -> AsyncStream<Void> {
    let last = Mutex<Int64?>(nil)
    return AsyncStream { [versions] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        let current = await withCheckedContinuation { continuation in
          versions.current { continuation.resume(returning: $0) }
        }
        guard let version = try? current.get() else { continue }
        let isNew = last.withLock { last in
          defer { last = version }
          return last != version
        }
        if isNew { return () }
      }
      return nil
    }
  }

  package func observeCommits(_ body: @escaping @Sendable (_ changes: Int) -> Void) { observer.set(body) }

  /// Throws `late` if `start` hasn't called back after some seconds.
  private func within<Output: Sendable>(
    _ seconds: Int, late: StoreError,
    _ start: (@escaping @Sendable (Result<Output, any Error>) -> Void) -> Void
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Output, any Error>) in
      let pending = Mutex<CheckedContinuation<Output, any Error>?>(continuation)
      let box = Pending(pending)
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { box.resume(.failure(late)) }
      start { box.resume($0) }
    }
  }
}

/// A store whose changes give up soon where somebody else holds a shop.
private struct BrieflyWaiting: ShopStore {
  let store: PostgreSQLStore

  init(_ store: PostgreSQLStore) { self.store = store }

  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output { try store.read(body) }
  func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try store.writeBriefly(body)
  }
}

/// Whether a change has begun, or never will.
private final class Claim: Sendable {
  private enum State: Int { case waiting, begun, withdrawn }

  private let state = Atomic<Int>(State.waiting.rawValue)

  /// False once it was withdrawn. A change that is run again has begun already.
  func begin() -> Bool {
    let before = state.compareExchange(
      expected: State.waiting.rawValue, desired: State.begun.rawValue, ordering: .acquiringAndReleasing
    ).original
    return before != State.withdrawn.rawValue
  }

  /// What it had done was undone, and it has to begin again.
  func giveBack() {
    _ = state.compareExchange(
      expected: State.begun.rawValue, desired: State.waiting.rawValue, ordering: .acquiringAndReleasing)
  }

  /// False if it has begun.
  func withdraw() -> Bool {
    let before = state.compareExchange(
      expected: State.waiting.rawValue, desired: State.withdrawn.rawValue, ordering: .acquiringAndReleasing
    ).original
    return before != State.begun.rawValue
  }
}

/// A continuation that is resumed once, by whoever comes first.
private final class Pending<Output: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Output, any Error>?>

  init(_ continuation: consuming Mutex<CheckedContinuation<Output, any Error>?>) {
    self.continuation = continuation
  }

  func resume(_ result: Result<Output, any Error>) {
    let waiting = continuation.withLock { continuation in
      defer { continuation = nil }
      return continuation
    }
    waiting?.resume(with: result)
  }
}

/// The version of a store on PostgreSQL, asked once for all who wait for it.
private final class SharedVersion: Sendable {
  private struct State {
    var waiting: [@Sendable (Result<Int64, any Error>) -> Void] = []
    var isAsking = false
  }

  private let store: PostgreSQLStore
  private let queue = DispatchQueue(label: "switchlist.version", qos: .userInitiated)
  private let state = Mutex(State())

  init(_ store: PostgreSQLStore) { self.store = store }

  func current(_ completion: @escaping @Sendable (Result<Int64, any Error>) -> Void) {
    let mustAsk = state.withLock { state in
      state.waiting.append(completion)
      defer { state.isAsking = true }
      return !state.isAsking
    }
    if mustAsk { queue.async { self.ask() } }
  }

  /// Each question begins after all have come that it answers, so nobody gets an answer from before.
  private func ask() {
    while true {
      let waiting = state.withLock { state in
        defer { state.waiting = [] }
        if state.waiting.isEmpty { state.isAsking = false }
        return state.waiting
      }
      if waiting.isEmpty { return }
      let result = Result { try store.version() }
      for completion in waiting { completion(result) }
    }
  }
}

import Operations
import Synchronization

/// Connections for reading, as many as are in use at once. Each is lent to one reader at a time.
///
/// Requests that a thread received together share a state of the store. That is sound because the state is
/// newer than each of them, and it pays because beginning a transaction takes longer than reading a shop.
final class ReaderPool: Sendable {
  private let open: @Sendable () throws -> any ShopStore
  private let storesVersion: @Sendable () throws -> Int64
  private let free = Mutex<[any ShopStore]>([])
  private let turns: any RequestTurns
  private let shared = ThreadLocal<SharedSnapshot>()
  private let commits = Atomic<Int>(0)

  /// - Parameter version: returns a number that differs from the previous one if anything in the store has
  ///   changed.
  init(
    turns: any RequestTurns, version: @escaping @Sendable () throws -> Int64,
    open: @escaping @Sendable () throws -> any ShopStore
  ) {
    self.turns = turns
    storesVersion = version
    self.open = open
  }

  /// Runs the body in one transaction, which sees a consistent state.
  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    guard let shared = try sharedSnapshot(), !shared.isInUse else {
      let store = try take()
      defer { giveBack(store) }
      return try store.read(body)
    }
    shared.isInUse = true
    defer { shared.isInUse = false }
    do { return try shared.snapshot.read(body) } catch let error as StoreError {
      end(shared)
      throw error
    }
  }

  /// The store's version. It may lag behind, but never gets ahead of what is read next.
  func version() throws -> Int64 { try sharedSnapshot()?.version ?? storesVersion() }

  /// Invalidates shared states, since later reads have to see the commit.
  func committed() { commits.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  /// The state that this thread's requests share until it looks for new ones; nil on threads without turns.
  private func sharedSnapshot() throws -> SharedSnapshot? {
    guard turns.isTakingTurns else { return nil }
    let commits = commits.load(ordering: .sequentiallyConsistent)
    if let known = shared.current {
      if known.commits == commits || known.isInUse { return known }
      end(known)
    }
    let version = try storesVersion()
    let store = try take()
    do {
      guard let snapshot = try store.beginSnapshot() else {
        giveBack(store)
        return nil
      }
      let made = SharedSnapshot(store: store, snapshot: snapshot, version: version, commits: commits)
      shared.current = made
      turns.atEnd { self.end(made) }
      return made
    } catch {
      giveBack(store)
      throw error
    }
  }

  private func end(_ snapshot: SharedSnapshot) {
    guard shared.current === snapshot else { return }
    shared.current = nil
    snapshot.snapshot.end()
    giveBack(snapshot.store)
  }

  private func take() throws -> any ShopStore { try free.withLock { $0.popLast() } ?? open() }

  private func giveBack(_ store: any ShopStore) { free.withLock { $0.append(store) } }
}

/// Unchecked, because only one thread uses it.
private final class SharedSnapshot: @unchecked Sendable {
  let store: any ShopStore
  let snapshot: any StoreSnapshot
  /// The store's version, read before the snapshot began.
  let version: Int64
  /// The number of transactions that this process had committed by then.
  let commits: Int
  var isInUse = false

  init(store: any ShopStore, snapshot: any StoreSnapshot, version: Int64, commits: Int) {
    (self.store, self.snapshot, self.version, self.commits) = (store, snapshot, version, commits)
  }
}

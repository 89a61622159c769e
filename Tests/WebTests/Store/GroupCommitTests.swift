import Dispatch
import Domain
import Operations
import Synchronization
import TestSupport
import Testing

@testable import Storage
@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct GroupCommitTests {
  /// Counts transactions, and holds each back until it is let go.
  private final class HeldStore: ShopStore {
    private let inner: any ShopStore
    private let pipeline = DispatchSemaphore(value: 0)
    private let count = Mutex(0)

    init(_ inner: any ShopStore) { self.inner = inner }

    var transactions: Int { count.withLock { $0 } }

    func letGo(_ times: Int) { for _ in 0..<times { pipeline.signal() } }

    func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output { try inner.read(body) }

    func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
      pipeline.wait()
      count.withLock { $0 += 1 }
      return try inner.write(body)
    }
  }

  private let folder: TemporaryFolder
  private let store: HeldStore
  private let commit: GroupCommit
  private let shops: ChangeShop

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let store = HeldStore(try SQLiteShopStore(path: path))
    self.store = store
    commit = GroupCommit(store: store, monotonicMilliseconds: { 0 }, committed: { _ in })
    shops = ChangeShop(
      zones: TestZones.directory, by: try Author(name: "Li", login: "li", channel: .web), now: .now)
  }

  private func add(_ id: String) async throws {
    let shops = shops
    _ = try await commit { try shops.add(ShopID(trusted: id), ShopDetails(), in: $0) }
  }

  private func ids() throws -> [String] {
    var ids: [String] = []
    try store.read { reading in try reading.forEachShop(ShopFilter()) { ids.append($0.shop.id.rawValue) } }
    return ids
  }

  /// Until so many changes wait behind the one that is being committed.
  private func untilWaiting(_ count: Int) async {
    while commit.waitingCount < count { await Task.yield() }
  }

  /// Runs bodies in one transaction of a group that shares out over several lanes.
  private func together(
    _ bodies: [(shop: String, body: @Sendable (any StoreWriting) throws -> Void)],
    undone: @escaping @Sendable () -> Void
  ) async throws {
    let grouped = GroupCommit(
      store: store, patient: store, lanes: 2, monotonicMilliseconds: { 0 }, committed: { _ in })
    let (results, result) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
    // Both lanes are held, so that what comes next waits, and is shared out when they are let go.
    for _ in 0..<2 {
      grouped.submit({ _ in }, completion: { result.yield($0) })
      while grouped.waitingCount > 0 { await Task.yield() }
    }
    for (shop, body) in bodies {
      grouped.submit(of: ShopID(trusted: shop), body, undone: undone, completion: { result.yield($0) })
    }
    store.letGo(20)
    for try await result in results.prefix(bodies.count + 2) { try result.get() }
  }

  @Test func aChangeThatWaitsForALockGoesOnByItself() async throws {
    let tries = Mutex(0)
    let undone = Mutex(0)
    let shops = shops
    let locked: @Sendable (any StoreWriting) throws -> Void = { transaction in
      let isFirst = tries.withLock {
        $0 += 1
        return $0 == 1
      }
      if isFirst { throw StoreError.locked(path: "p") }
      _ = try shops.add(ShopID(trusted: "b"), ShopDetails(), in: transaction)
    }
    func adding(_ id: String) -> @Sendable (any StoreWriting) throws -> Void {
      { _ = try shops.add(ShopID(trusted: id), ShopDetails(), in: $0) }
    }
    try await together(
      [("a", adding("a")), ("b", locked), ("c", adding("c")), ("d", adding("d"))],
      undone: { undone.withLock { $0 += 1 } })
    #expect(try ids() == ["a", "b", "c", "d"])
    #expect(tries.withLock { $0 } == 2)
    #expect(undone.withLock { $0 } >= 1)
  }

  @Test func shopsAreLockedInOneOrder() async throws {
    let order = Mutex<[String]>([])
    let bodies = ["d", "b", "c", "a"].map { id in
      (shop: id, body: { @Sendable (_: any StoreWriting) throws in order.withLock { $0.append(id) } })
    }
    try await together(bodies, undone: {})
    // The lane that is free first takes half of them: the two that came first.
    let ran = order.withLock { $0 }
    #expect(ran.sorted() == ["a", "b", "c", "d"])
    let places = ["b", "d"].compactMap { ran.firstIndex(of: $0) }
    #expect(places == places.sorted())
  }

  @Test func changesThatArriveTogetherShareATransaction() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await add("first") }
      while !commit.isBusy { await Task.yield() }
      for number in 0..<20 { group.addTask { try await add("s-\(number + 10)") } }
      await untilWaiting(20)
      store.letGo(2)
      try await group.waitForAll()
    }
    #expect(store.transactions == 2)
    #expect(try ids().count == 21)
  }

  @Test func aRefusalLeavesTheOthersAlone() async throws {
    store.letGo(1)
    try await add("s-1")
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await add("blocker")
        return true
      }
      while !commit.isBusy { await Task.yield() }
      for id in ["s-2", "s-1", "s-3"] {
        group.addTask {
          do {
            try await add(id)
            return true
          } catch is Refusal { return false }
        }
      }
      await untilWaiting(3)
      store.letGo(3)
      var refused = 0
      for try await isTaken in group where !isTaken { refused += 1 }
      #expect(refused == 1)
    }
    #expect(try ids() == ["blocker", "s-1", "s-2", "s-3"])
  }

  @Test func aChangeThatFailsInTheMiddleTakesNoOtherAlong() async throws {
    struct Broken: Error {}
    let shops = shops
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await add("blocker")
        return true
      }
      while !commit.isBusy { await Task.yield() }
      group.addTask {
        try await add("s-1")
        return true
      }
      await untilWaiting(1)
      group.addTask {
        do {
          try await commit { transaction in
            _ = try shops.add(ShopID(trusted: "half"), ShopDetails(), in: transaction)
            throw Broken()
          }
          return true
        } catch is Broken { return false }
      }
      await untilWaiting(2)
      store.letGo(3)
      var failed = 0
      for try await isTaken in group where !isTaken { failed += 1 }
      #expect(failed == 1)
    }
    #expect(store.transactions == 3)
    #expect(try ids() == ["blocker", "s-1"])
  }
}

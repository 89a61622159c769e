import Domain
import Operations
import Synchronization
import TestSupport
import Testing

/// Many shops: whole ones, as many to a transaction as fit into its time.
@Suite struct ShopBatchTests {
  private struct Failure: Error {}

  /// Notes where transactions begin and end; the clock moves on by what each change takes.
  private final class Recorder: Sendable {
    let clock = Mutex<Int64>(1_000_000)
    private let entries = Mutex<[String]>([])

    var log: [String] { entries.withLock { $0 } }

    func note(_ entry: String) { entries.withLock { $0.append(entry) } }
  }

  /// Passes everything on, and notes it.
  private struct Recording: ShopStore {
    let store: any ShopStore
    let recorder: Recorder

    func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output { try store.read(body) }

    func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
      recorder.note("begin")
      do {
        let result = try store.write(body)
        recorder.note("commit")
        return result
      } catch {
        recorder.note("roll back")
        throw error
      }
    }
  }

  private let temporary: TemporaryStore
  private let recorder = Recorder()

  init() throws { temporary = try TemporaryStore.sqlite() }

  private func run(
    _ shops: [ShopID], taking milliseconds: Int64 = 0,
    change: (ShopID) throws -> Void = { _ in }, told: (ShopID) throws -> Void = { _ in }
  ) throws {
    let batch = ShopBatch { [recorder] in recorder.clock.withLock { $0 } }
    let store = Recording(store: temporary.store, recorder: recorder)
    let user = StoreUser(temporary.store)
    try batch(shops, in: store) { shop, transaction in
      recorder.clock.withLock { $0 += milliseconds }
      _ = try user.changeShop.add(shop, ShopDetails(), in: transaction)
      try change(shop)
    } report: { shop, outcome in
      switch outcome {
      case .success: recorder.note("\(shop)")
      case .failure: recorder.note("\(shop) refused")
      }
      try told(shop)
    }
  }

  private func ids() throws -> [ShopID] {
    var ids: [ShopID] = []
    try temporary.store.read { try $0.forEachShop(ShopFilter()) { ids.append($0.shop.id) } }
    return ids
  }

  @Test func whatFitsIntoTheTimeIsOneTransaction() throws {
    try run(["a", "b", "c", "d", "e"], taking: 40)
    #expect(recorder.log == ["begin", "commit", "a", "b", "c", "begin", "commit", "d", "e"])
    #expect(try ids() == ["a", "b", "c", "d", "e"])
  }

  @Test(arguments: [(99, 2), (100, 1), (5000, 1)] as [(Int64, Int)])
  func aTransactionEndsAfter100Milliseconds(took: Int64, shops: Int) throws {
    try run(["a", "b", "c", "d"], taking: took)
    #expect(recorder.log.prefix { $0 != "a" } == ["begin", "commit"])
    #expect(recorder.log.filter { $0 == "commit" }.count == 4 / shops)
  }

  @Test func withoutShopsNothingIsOpened() throws {
    try run([])
    #expect(recorder.log == [])
  }

  @Test func aRefusalUndoesNothingElse() throws {
    try StoreUser(temporary.store).add("b")
    try run(["a", "b", "c"])
    #expect(recorder.log == ["begin", "commit", "a", "b refused", "c"])
    #expect(try ids() == ["a", "b", "c"])
    #expect(try temporary.store.breaks() == [])
  }

  @Test func itMayBeRepeated() throws {
    try run(["a", "b"])
    let before = try temporary.store.exported()
    try run(["a", "b"])
    #expect(recorder.log.suffix(2) == ["a refused", "b refused"])
    #expect(try temporary.store.exported() == before)
  }

  @Test func whatIsToldIsThereForEverybody() throws {
    try run(
      ["a", "b"], taking: 100,
      told: { shop in
        let ids = try ids()
        #expect(ids == (shop == "a" ? ["a"] : ["a", "b"]))
      })
  }

  @Test func anErrorThatIsNoRefusalEndsItAndUndoesItsTransaction() throws {
    #expect(throws: Failure.self) {
      try run(["a", "b", "c", "d"], taking: 60, change: { shop in if shop == "d" { throw Failure() } })
    }
    #expect(recorder.log == ["begin", "commit", "a", "b", "begin", "roll back"])
    #expect(try ids() == ["a", "b"])
  }

  @Test func whoIsToldMayEndIt() throws {
    #expect(throws: Failure.self) {
      try run(["a", "b", "c"], taking: 60, told: { shop in if shop == "a" { throw Failure() } })
    }
    #expect(recorder.log == ["begin", "commit", "a"])
    #expect(try ids() == ["a", "b"])
  }
}

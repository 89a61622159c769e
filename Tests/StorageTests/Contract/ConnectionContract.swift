import Domain
import Operations
import TestSupport
import Testing

/// Several processes on one store, on every engine.
@Suite struct ConnectionContract {
  private let checklist = Checklist.named("after", [.named("one", due: .hours(1)), .named("two")])

  @Test(arguments: StoreEngine.all) func whatIsWrittenStays(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try StoreUser(temporary.store, [checklist]).addAndStart()
    #expect(try temporary.another().exported() == temporary.store.exported())
  }

  @Test(arguments: StoreEngine.all) func aReadSeesOneState(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let other = StoreUser(try temporary.another(), [checklist])
    try temporary.store.read { reading in
      #expect(try reading.countShops(ShopFilter()) == 0)
      try other.addAndStart()
      #expect(try reading.countShops(ShopFilter()) == 0)
      #expect(try reading.shop("s-1") == nil)
    }
    #expect(try temporary.store.read { try $0.countShops(ShopFilter()) } == 1)
  }

  @Test(arguments: StoreEngine.all) func eachSeesWhatTheOtherWrote(engine: StoreEngine) throws {
    let temporary = try engine.make()
    var users = [StoreUser(temporary.store), StoreUser(try temporary.another())]
    for number in 1...4 {
      for index in users.indices {
        let shop = ShopID(trusted: "s-\(number)")
        users[index].checklists = [number == 3 ? .named("after", [.named("one")]) : checklist]
        if index == 0 { try users[index].add(shop) }
        try users[index].start(shop, at: .hours(Int64(index)), again: true)
        #expect(try users[1 - index].tick(shop, "one").items.map(\.run) == [index + 1])
      }
    }
    for user in users {
      #expect(try user.store.breaks() == [])
      #expect(try user.store.exported() == temporary.another().exported())
    }
  }

  /// The first of two writers is seen by the second, which waits for it.
  @Test(arguments: StoreEngine.all) func writersTakeTurns(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try StoreUser(temporary.store, [.named("after", (0..<16).map { .named(ItemID(trusted: "i-\($0)")) })])
      .addAndStart()
    try concurrently(16) { index in
      try StoreUser(try temporary.another()).tick("s-1", "i-\(index)")
    }
    #expect(try temporary.store.read { try $0.run(1, of: "s-1")?.state } == .finished)
    #expect(try temporary.store.read { try $0.shop("s-1")?.head.number } == 18)
    #expect(try temporary.store.breaks() == [])
  }

  @Test(arguments: StoreEngine.all) func whatAnotherRolledBackIsNotSeen(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let other = try temporary.another()
    #expect(throws: Refusal.noRuns("s-1")) {
      try temporary.store.write { transaction in
        try transaction.addShop(Shop(id: "s-1"))
        #expect(try other.read { try $0.shop("s-1") } == nil)
        throw Refusal.noRuns("s-1")
      }
    }
    #expect(try other.read { try $0.shop("s-1") } == nil)
  }
}

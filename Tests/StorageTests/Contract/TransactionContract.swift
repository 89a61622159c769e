import Domain
import Operations
import TestSupport
import Testing

/// What a transaction promises, on every engine.
@Suite struct TransactionContract {
  private struct Failure: Error {}

  private func start(_ user: StoreUser, in transaction: any StoreWriting) throws {
    let request = StartRuns.Request(switchedAt: .absolute(.switched))
    _ = try user.startRuns("s-1", request, quietly: false, in: transaction)
  }

  private func startAndFail(_ user: StoreUser, in transaction: any StoreWriting) throws {
    try start(user, in: transaction)
    throw Failure()
  }

  private func count(_ store: any ShopStore) throws -> Int {
    try store.read { try $0.countShops(ShopFilter(includesArchived: true)) }
  }

  @Test(arguments: StoreEngine.all) func whatIsWrittenIsThereForEverybody(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let shop = Shop(id: "s-1", name: "One")
    let seenInside = try temporary.store.write { transaction in
      try transaction.addShop(shop)
      return try transaction.shop("s-1")?.shop
    }
    #expect(seenInside == shop)
    #expect(try temporary.store.read { try $0.shop("s-1")?.shop } == shop)
  }

  @Test(arguments: StoreEngine.all) func whatThrowsLeavesNothing(engine: StoreEngine) throws {
    let temporary = try engine.make()
    #expect(throws: Failure.self) {
      try temporary.store.write { transaction in
        try transaction.addShop(Shop(id: "s-1"))
        try transaction.addShop(Shop(id: "s-2"))
        throw Failure()
      }
    }
    #expect(try count(temporary.store) == 0)
    try temporary.store.write { try $0.addShop(Shop(id: "s-1")) }
    #expect(try count(temporary.store) == 1)
  }

  @Test(arguments: StoreEngine.all) func errorsOfTheBodyComeOutAsTheyAre(engine: StoreEngine) throws {
    let temporary = try engine.make()
    #expect(throws: Refusal.noRuns("s-1")) { try temporary.store.write { _ in throw Refusal.noRuns("s-1") } }
    #expect(throws: Refusal.noRuns("s-1")) { try temporary.store.read { _ in throw Refusal.noRuns("s-1") } }
    #expect(throws: StoreError.notEmpty(path: "p")) {
      try temporary.store.write { _ in throw StoreError.notEmpty(path: "p") }
    }
  }

  @Test(arguments: StoreEngine.all) func aNestedPartFailsAlone(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try temporary.store.write { transaction in
      try transaction.addShop(Shop(id: "before"))
      #expect(throws: Failure.self) {
        try transaction.nested {
          try transaction.addShop(Shop(id: "s-1"))
          try transaction.nested { try transaction.addShop(Shop(id: "s-2")) }
          throw Failure()
        }
      }
      #expect(try transaction.nested { try transaction.countShops(ShopFilter()) } == 1)
      try transaction.nested {
        try transaction.addShop(Shop(id: "after"))
        #expect(throws: Failure.self) {
          try transaction.nested {
            try transaction.addShop(Shop(id: "s-3"))
            throw Failure()
          }
        }
      }
    }
    var seen: [ShopID] = []
    try temporary.store.read { try $0.forEachShop(ShopFilter()) { seen.append($0.shop.id) } }
    #expect(seen == ["after", "before"])
  }

  @Test(arguments: StoreEngine.all) func aDefinitionOfANestedPartThatFailedIsForgotten(engine: StoreEngine)
    throws
  {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store, [.named("after", [.named("one")])])
    try user.add("s-1")
    try temporary.store.write { transaction in
      #expect(throws: Failure.self) { try transaction.nested { try startAndFail(user, in: transaction) } }
      try start(user, in: transaction)
    }
    #expect(try temporary.another().read { try $0.run(1, of: "s-1")?.items.count } == 1)
    #expect(try temporary.store.breaks() == [])
  }

  /// The end of a loop by an error leaves the transaction usable.
  @Test(arguments: StoreEngine.all) func aLoopMayEndEarly(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try temporary.store.write { transaction in
      for id in ["a", "b", "c"] as [ShopID] { try transaction.addShop(Shop(id: id)) }
      var seen: [ShopID] = []
      #expect(throws: Failure.self) {
        try transaction.forEachShop(ShopFilter()) { stored in
          seen.append(stored.shop.id)
          if seen.count == 2 { throw Failure() }
        }
      }
      #expect(seen == ["a", "b"])
      try transaction.forEachShop(ShopFilter()) { seen.append($0.shop.id) }
      #expect(seen == ["a", "b", "a", "b", "c"])
    }
  }

  @Test(arguments: StoreEngine.all) func aShopIsNewOnce(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try temporary.store.write { try $0.addShop(Shop(id: "s-1", name: "One")) }
    #expect(throws: StoreError.self) {
      try temporary.store.write { try $0.addShop(Shop(id: "s-1", name: "Two")) }
    }
    #expect(try temporary.store.read { try $0.shop("s-1")?.shop.name } == "One")
  }

  @Test(arguments: StoreEngine.all) func anEventHasItsNumberAlone(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try temporary.store.write { try $0.addShop(Shop(id: "s-1")) }
    let stored = try temporary.store.read { try $0.shop("s-1") }
    let event = SealedEvent(number: 1, bytes: Array("{}".utf8), hash: [UInt8](repeating: 7, count: 32))
    #expect(throws: StoreError.self) {
      try temporary.store.write {
        try $0.append([event], of: Shop(id: "s-1"), runs: 0, replacing: Shop(id: "s-1"))
      }
    }
    #expect(try temporary.store.read { try $0.shop("s-1") } == stored)
  }

  @Test(arguments: StoreEngine.all) func manyThreadsLoseNothing(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let store = temporary.store
    try StoreUser(store, [.named("after", (0..<32).map { .named(ItemID(trusted: "i-\($0)")) })]).addAndStart()
    try concurrently(32) { index in
      try StoreUser(store).tick("s-1", "i-\(index)")
      _ = try store.read { try $0.shop("s-1") }
    }
    #expect(try store.read { try $0.run(1, of: "s-1")?.state } == .finished)
    #expect(try store.breaks() == [])
  }
}

extension StoreUser {
  /// The shop `s-1`, with its runs.
  func addAndStart(_ details: ShopDetails = ShopDetails()) throws {
    try add("s-1", details)
    try start("s-1")
  }
}

extension StoreWriting {
  /// Adds a shop by its first event.
  func addShop(_ shop: Shop) throws {
    var ledger = ShopLedger(new: shop.id, in: self, by: .li, now: .switched)
    try ledger.record(.shopAdded(shop))
    try ledger.save()
  }
}

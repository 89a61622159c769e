import Domain
import Operations
import TestSupport
import Testing

/// Shops, their order and their chains, on every engine.
@Suite struct ShopContract {
  private func ids(_ reading: any StoreReading, _ filter: ShopFilter) throws -> [ShopID] {
    var ids: [ShopID] = []
    try reading.forEachShop(filter) { ids.append($0.shop.id) }
    #expect(try reading.countShops(filter) == ids.count)
    return ids
  }

  @Test(arguments: StoreEngine.all, Seeds.first(8))
  func everythingSaidOfAShopIsKept(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let shop = random.shop("店铺-1")
    try temporary.store.write { try $0.addShop(shop) }
    #expect(try temporary.store.read { try $0.shop("店铺-1")?.shop } == shop)

    let edited = random.shop("店铺-1")
    try temporary.store.write { transaction in
      let stored = try #require(try transaction.shop("店铺-1"))
      var ledger = ShopLedger(stored, runs: [], in: transaction, by: .li, now: .now)
      try ledger.record(.shopEdited(edited))
      try ledger.record(.shopArchived)
      try ledger.save()
    }
    try temporary.store.read { reading throws in
      let stored = try #require(try reading.shop("店铺-1"))
      var expected = edited
      expected.archived = true
      #expect(stored.shop == expected)
      #expect(stored.head.number == 3)
      #expect(stored.runs == 0)
    }
  }

  @Test(arguments: StoreEngine.all) func shopsComeByTheBytesOfTheirIDs(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let sorted: [ShopID] = ["A", "B", "a", "a-1", "a.1", "a1", "a_1", "b", "\u{E9}", "一", "店", "𠮷"]
    try temporary.store.write { transaction in
      for id in sorted.shuffled() { try transaction.addShop(Shop(id: id)) }
    }
    try temporary.store.read { reading throws in
      #expect(try ids(reading, ShopFilter()) == sorted)
      var chains: [String] = []
      try reading.forEachEventOfAll { number, bytes, _ in
        chains.append("\(try Event(canonical: bytes).shop) \(number)")
      }
      #expect(chains == sorted.map { "\($0) 1" })
    }
  }

  @Test(arguments: StoreEngine.all) func filtersLeaveOut(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store)
    try user.add("a", ShopDetails(team: "east"))
    try user.add("b", ShopDetails(team: "East"))
    try user.add("c")
    try user.add("d", ShopDetails(team: "east"))
    try user.setArchived("d", true)
    try temporary.store.read { reading throws in
      #expect(try ids(reading, ShopFilter()) == ["a", "b", "c"])
      #expect(try ids(reading, ShopFilter(includesArchived: true)) == ["a", "b", "c", "d"])
      #expect(try ids(reading, ShopFilter(team: "east")) == ["a"])
      #expect(try ids(reading, ShopFilter(team: "east", includesArchived: true)) == ["a", "d"])
      #expect(try ids(reading, ShopFilter(team: "west")) == [])
      #expect(try reading.shop("e") == nil)
      #expect(try reading.shop("A") == nil)
    }
  }

  @Test(arguments: StoreEngine.all) func chainsAreKeptByteForByte(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let texts = ["{\"a\":1}", "{ \"店\" : \"e\u{301} 😀\" }", "{}"]
    var head = ChainHead.empty
    let events = texts.enumerated().map { index, text in
      let hash = EventChain.hash(of: Array(text.utf8), after: head.hash)
      head = ChainHead(number: index + 1, hash: hash)
      return SealedEvent(number: index + 1, bytes: Array(text.utf8), hash: hash)
    }
    let other = SealedEvent(number: 1, bytes: Array("[]".utf8), hash: [UInt8](repeating: 0xFF, count: 32))
    try temporary.store.write { transaction in
      try transaction.insert(Shop(id: "b"), runs: [], events: [other])
      try transaction.insert(Shop(id: "a"), runs: [], events: Array(events[..<2]))
      try transaction.append(
        Array(events[2...]), of: Shop(id: "a"), runs: 4, replacing: Shop(id: "a"))
      try transaction.append(
        [], of: Shop(id: "a", name: "nothing"), runs: 9, replacing: Shop(id: "a"))
    }
    try temporary.store.read { reading throws in
      #expect(try reading.shop("a") == StoredShop(shop: Shop(id: "a"), head: head, runs: 4))
      var read: [SealedEvent] = []
      try reading.forEachEvent(of: "a") { read.append($0) }
      #expect(read == events)
      for after in 0...events.count {
        var some: [SealedEvent] = []
        try reading.forEachEvent(of: "a", after: after) { some.append($0) }
        #expect(some == Array(events[after...]))
        #expect(
          try reading.events(of: "a", before: after + 1, limit: 2)
            == Array(events[..<after].reversed().prefix(2)))
      }
      #expect(try reading.events(of: "a", before: .max, limit: 100) == events.reversed())
      #expect(try reading.events(of: "c", before: .max, limit: 100) == [])
      var all: [SealedEvent] = []
      try reading.forEachEventOfAll { number, bytes, hash in
        all.append(SealedEvent(number: number, bytes: Array(bytes), hash: Array(hash)))
      }
      #expect(all == events + [other])
      try reading.forEachEvent(of: "c") { _ in #expect(Bool(false), "there is no such shop") }
    }
  }
}

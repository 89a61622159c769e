import Domain
import Operations
import TestSupport
import Testing

/// What is late, on every engine.
@Suite struct OverdueContract {
  /// Two shops of two teams, the second a day later, with an item that is done and one without a due time.
  private func make(_ engine: StoreEngine) throws -> TemporaryStore {
    let temporary = try engine.make()
    var user = StoreUser(
      temporary.store,
      [
        .named(
          "after",
          [
            .named("first", due: .hours(2), owner: "merchant", critical: true),
            .named("second", needs: ["first", "done"], due: .hours(1), owner: "Zhao"),
            .named("done", due: .hours(1)), .named("never", needs: ["first", "second"]),
            .named("last", due: .hours(30), owner: "Zhao"),
          ])
      ])
    try user.add("b", ShopDetails(name: "B", team: "east", owner: "王", timeZone: "Asia/Tokyo"))
    try user.add("a", ShopDetails(team: "west"))
    try user.start("b")
    try user.tick("b", "done", at: .hours(1))
    user.now = .hours(48)
    try user.start("a", at: .hours(24))
    try user.change("a", ["first"], .block(reason: "no answer"))
    return temporary
  }

  private func lines(_ temporary: TemporaryStore, _ filter: OverdueFilter) throws -> [String] {
    try temporary.store.read { reading throws in
      let lines = try reading.overdueLines(filter)
      #expect(try ModelStore(reading).overdue(filter) == lines)
      return lines
    }
  }

  @Test(arguments: StoreEngine.all) func theLongestOverdueComesFirst(engine: StoreEngine) throws {
    let filter = OverdueFilter(now: .hours(26), until: .hours(26))
    #expect(
      try lines(make(engine), filter) == [
        "b 1 second 90000 first", "b 1 first 86400 ", "a 1 second 3600 first,done", "a 1 done 3600 ",
        "a 1 first 0 ",
      ])
  }

  @Test(arguments: StoreEngine.all) func whatIsEquallyLateComesByShopRunAndPlace(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store,
      [
        .named("after", [.named("z", due: .hours(1)), .named("a", due: .hours(1))]),
        .named("live", [.named("m", due: .hours(1))]),
      ])
    for shop in ["店", "b", "B"] as [ShopID] {
      try user.add(shop, ShopDetails(team: "east"))
      try user.start(shop)
    }
    let expected = ["B", "b", "店"].flatMap { ["\($0) 1 z 0 ", "\($0) 1 a 0 ", "\($0) 2 m 0 "] }
    for team in [nil, "east"] {
      #expect(
        try lines(temporary, OverdueFilter(team: team, now: .hours(1), until: .hours(1))) == expected)
    }
  }

  @Test(arguments: StoreEngine.all) func filtersNarrowIt(engine: StoreEngine) throws {
    let temporary = try make(engine)
    func at(_ hours: Int64, team: String? = nil, owner: String? = nil) throws -> [String] {
      try lines(temporary, OverdueFilter(team: team, owner: owner, now: .hours(26), until: .hours(hours)))
    }
    #expect(try at(26, team: "west").count == 3)
    #expect(try at(26, owner: "王") == ["b 1 first 86400 "])
    #expect(try at(26, team: "west", owner: "Zhao") == ["a 1 second 3600 first,done"])
    #expect(try at(30, team: "east") == ["b 1 second 90000 first", "b 1 first 86400 ", "b 1 last -14400 "])
    #expect(try at(26, team: "north") == [])
    #expect(try at(0) == [])
  }

  @Test(arguments: StoreEngine.all) func theEndMayDependOnTheZone(engine: StoreEngine) throws {
    let filter = OverdueFilter(
      now: .hours(26), until: .hours(60), untilInZone: { $0 == "Asia/Tokyo" ? .hours(1) : .hours(25) })
    #expect(
      try lines(make(engine), filter) == [
        "b 1 second 90000 first", "a 1 second 3600 first,done", "a 1 done 3600 ",
      ])
  }

  @Test(arguments: StoreEngine.all) func archivedShopsAndClosedRunsAreLeftOut(engine: StoreEngine) throws {
    let temporary = try make(engine)
    var user = StoreUser(temporary.store)
    user.now = .hours(48)
    try user.stop("b")
    try user.setArchived("a", true)
    let filter = OverdueFilter(now: .hours(900), until: .hours(900))
    #expect(try lines(temporary, filter) == [])
    try user.setArchived("a", false)
    #expect(try lines(temporary, filter).count == 4)
  }

  @Test(arguments: StoreEngine.all) func aLineSaysAllThatIsKnown(engine: StoreEngine) throws {
    var items: [OverdueItem] = []
    let temporary = try make(engine)
    try temporary.store.read { reading throws in
      try reading.forEachOverdue(OverdueFilter(now: .hours(26), until: .hours(26))) { items.append($0) }
    }
    let waiting = try #require(items.first)
    #expect(waiting.shop == "b" && waiting.name == "B" && waiting.team == "east" && waiting.run == 1)
    #expect(
      waiting.checklist == "after" && waiting.item == "second" && waiting.title == LocalizedText("second"))
    #expect(waiting.owner == "Zhao" && !waiting.critical && waiting.state == .pending)
    #expect(waiting.dueAt == .hours(1) && waiting.awaitingConfirmationBy == nil)
    let blocked = try #require(items.last)
    #expect(blocked.shop == "a" && blocked.name == nil && blocked.critical && blocked.state == .blocked)
    #expect(blocked.blockedReason == "no answer" && blocked.owner == nil)
  }

  @Test(arguments: StoreEngine.all) func whoTickedIsNamedWhileItAwaitsASecondPerson(engine: StoreEngine)
    throws
  {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store, [.named("after", [.named("one", due: .hours(1), proof: [.secondPerson])])])
    try user.addAndStart()
    try user.tick("s-1", "one")
    var awaiting: [String?] = []
    try temporary.store.read { reading throws in
      try reading.forEachOverdue(OverdueFilter(now: .now, until: .now)) {
        awaiting.append($0.awaitingConfirmationBy)
      }
    }
    #expect(awaiting == ["Li"])
  }
}

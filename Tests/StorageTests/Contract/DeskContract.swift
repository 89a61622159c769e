import Domain
import Operations
import TestSupport
import Testing

/// The lists of shops, on every engine, against counting what the events say.
@Suite struct DeskContract {
  @Test(arguments: StoreEngine.all, Seeds.first(6))
  func everyListIsTheModels(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let shops = try DeskShops(temporary.store, count: 40, &random)
    for _ in 1...4 {
      try temporary.store.read { reading throws in
        let model = try ModelStore(reading)
        for filter in shops.filters(&random) {
          let (rows, end) = try reading.desk(filter, after: nil, limit: 1000)
          try #require(rows == model.desk(filter), "\(filter)")
          #expect(end == nil)
          #expect(try reading.totals(filter) == model.totals(filter), "\(filter)")
        }
        for team in [nil, "east", "west"] {
          let until = Moment.hours(Int64(random.number(0...60)))
          let filter = OverdueFilter(team: team, now: .hours(24), until: until)
          #expect(try reading.overdueLines(filter) == model.overdue(filter), "\(filter)")
        }
      }
      for _ in 1...20 { try shops.change(&random) }
    }
    #expect(try temporary.store.breaks() == [])
  }

  @Test(arguments: StoreEngine.all, Seeds.first(4))
  func chartsAreTheModels(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let shops = try DeskShops(temporary.store, count: 30, &random)
    for _ in 1...300 { try shops.change(&random) }
    try temporary.store.read { reading in
      let model = try ModelStore(reading)
      for now in [Moment.hours(24), .hours(70), .hours(500)] {
        for teams in [nil, [], ["east"], ["west", "east", "none"]] as [[String]?] {
          let trend = try reading.trend(teams: teams, days: 4, now: now)
          #expect(trend == model.trend(like: trend, teams: teams, now: now), "\(teams ?? ["all"]) \(now)")
          #expect(trend.points.map(\.at) == (-4...0).map { now + $0 * 86_400 })
          let totals = try reading.totals(DeskFilter(teams: teams, now: now))
          #expect(trend.points.last?.outstanding == totals.outstanding)
          #expect(trend.points.last?.overdue == totals.overdue)
          #expect(trend.ages.reduce(0) { $0 + $1.items } == totals.overdue)
        }
      }
    }
  }

  /// Who looks at what a chart counts finds as many.
  @Test(arguments: StoreEngine.all, Seeds.first(3))
  func whatChartsCountCanBeListed(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let shops = try DeskShops(temporary.store, count: 40, &random)
    for _ in 1...300 { try shops.change(&random) }
    let now = Moment.hours(24)
    try temporary.store.read { reading in
      let teams = try reading.teamsAndOwners().teams
      for teams in [nil, [teams[0]], teams] as [[String]?] {
        let trend = try reading.trend(teams: teams, days: 30, now: now)
        #expect(teams != nil || !trend.holdingUp.isEmpty && !trend.usual.isEmpty)
        for held in trend.holdingUp {
          let parts = held.item.split(separator: "/").map(String.init)
          var filter = DeskFilter(teams: teams, order: .id, now: now)
          (filter.checklist, filter.holdingUp) = (parts[0], parts[1])
          #expect(try reading.desk(filter, after: nil, limit: 1000).rows.count == held.shops, "\(held)")
        }
        for usual in trend.usual {
          let filter = DoneFilter(
            reach: ShopScope(teams: teams), since: now + -3660 * 86_400, checklist: usual.checklist,
            item: usual.item)
          let done = try reading.done(filter, limit: 1000)
          #expect(done.count == usual.done, "\(usual)")
          #expect(done.map(\.at) == done.map(\.at).sorted(by: >))
          #expect(try reading.done(filter, limit: 1) == Array(done.prefix(1)))
        }
      }
      for team in teams {
        let rows = try reading.desk(DeskFilter(teams: [team], now: now), after: nil, limit: 1000).rows
        let owners = Set(rows.compactMap(\.shop.owner).map(Author.folded)).sorted()
        #expect(try reading.owners(of: [team]).map(Author.folded) == owners)
      }
      #expect(try reading.owners(of: []) == [])
    }
  }

  /// While other shops come, go and change, what stays is listed once.
  @Test(arguments: StoreEngine.all, Seeds.first(6))
  func pagesShowEveryShopOnceWhileOthersChange(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    var shops = try DeskShops(temporary.store, count: 40, &random)
    for filter in shops.filters(&random) {
      let whole = try temporary.store.read { try $0.desk(filter, after: nil, limit: 1000).rows }
      let left = Set(whole.map(\.shop.id))
      shops.changing = shops.ids.filter { !left.contains($0) || random.once(in: 4) }
      let staying = whole.filter { row in !shops.changing.contains(row.shop.id) }
      var seen: [DeskRow] = []
      var position: DeskPosition?
      repeat {
        let page = try temporary.store.read {
          try $0.desk(filter, after: position, limit: random.number(1...7))
        }
        #expect(page.end == nil || page.rows.last?.shop.id.rawValue == page.end?.shop)
        seen += page.rows
        position = page.end
        if !shops.changing.isEmpty { try shops.change(&random) }
      } while position != nil
      try #require(seen.filter { !shops.changing.contains($0.shop.id) } == staying, "\(filter)")
    }
  }

  /// A condition that holds for few shops is looked up, one that holds for many is walked.
  @Test(arguments: StoreEngine.all) func fewAndManyAreListedAlike(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store,
      [.named("after", [.named("one", due: .hours(1)), .named("two", needs: ["one"], due: .hours(2))])])
    for number in 1...2100 {
      let id = ShopID(trusted: "s-\(number)")
      try user.add(id, ShopDetails(name: "n-\(number % 7)", team: "east", owner: "Li"))
      if number > 1050 {
        try user.start(id)
        if number.isMultiple(of: 3) { try user.tick(id, "one", "two") }
      }
    }
    try temporary.store.read { reading throws in
      let model = try ModelStore(reading)
      for state in DeskFilter.State.allCases {
        for order in DeskFilter.Order.allCases {
          for (teams, owner) in [(nil, nil), (["east"], nil), (nil, "li"), (["east", "west"], "Li")] {
            let filter = DeskFilter(teams: teams, owner: owner, state: state, order: order, now: .now)
            #expect(try reading.desk(filter, after: nil, limit: 2500).rows == model.desk(filter), "\(filter)")
          }
          // Few, many and none are found.
          for search in ["N-3", "s-", "absent"] {
            let filter = DeskFilter(search: search, state: state, order: order, now: .now)
            let expected = model.desk(filter)
            #expect(try reading.desk(filter, after: nil, limit: 2500).rows == expected, "\(filter)")
            let (first, end) = try reading.desk(filter, after: nil, limit: 100)
            #expect(first == Array(expected.prefix(100)), "\(filter)")
            #expect((end == nil) == (expected.count <= 100))
            guard let end else { continue }
            #expect(
              try reading.desk(filter, after: end, limit: 2500).rows == Array(expected.dropFirst(100)),
              "\(filter)")
          }
        }
      }
    }
  }

  @Test(arguments: StoreEngine.all) func whatIsSearchedForIsText(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store)
    try user.add("a-1", ShopDetails(name: "100% Silk"))
    try user.add("A_2", ShopDetails(name: "丝绸\\店"))
    try user.add("b", ShopDetails(name: "Zo\u{EB}"))
    func found(_ text: String) throws -> [String] {
      try temporary.store.read { reading in
        try reading.desk(DeskFilter(search: text, order: .id, now: .now), after: nil, limit: 9).rows
          .map(\.shop.id.rawValue)
      }
    }
    #expect(try found("a") == ["A_2", "a-1"])
    #expect(try found("%") == ["a-1"])
    #expect(try found("_") == ["A_2"])
    #expect(try found("\\") == ["A_2"])
    #expect(try found("绸") == ["A_2"])
    #expect(try found("sILK") == ["a-1"])
    #expect(try found("Zoe\u{308}") == ["b"])
    #expect(try found("'; DROP") == [])
  }

  @Test(arguments: StoreEngine.all) func teamsAndOwnersAreEachNamedOnce(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store)
    for (id, team, owner) in [
      ("a", "west", "Wang"), ("b", "east", "wang"), ("c", "east", nil), ("d", nil, "Li"),
      ("e", "gone", "Gone"),
    ] as [(ShopID, String?, String?)] {
      try user.add(id, ShopDetails(team: team, owner: owner))
    }
    try user.setArchived("e", true)
    let named = try temporary.store.read { try $0.teamsAndOwners() }
    #expect(named.teams == ["east", "west"])
    #expect(named.owners == ["Li", "Wang"])
  }
}

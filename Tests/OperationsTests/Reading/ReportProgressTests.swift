import Domain
import Operations
import TestSupport
import Testing

/// How reports are put together; their numbers are compared with a model elsewhere.
@Suite struct ReportProgressTests {
  private let temporary: TemporaryStore
  private var user: StoreUser

  /// Shops `a` to `d`, switched ever later; `one` of `d` is done, so that others wait in the rest only.
  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [
        .named(
          "after",
          [
            .named("one", due: .hours(1)), .named("two", needs: ["one"], due: .hours(30)),
            .named("three", needs: ["one", "two"]),
          ]),
        .named("live", when: Condition(tags: ["live"]), [.named("stream", due: .hours(1))]),
      ])
    user.now = .hours(48)
    for (shop, hours) in [("d", 20), ("a", 12), ("b", 6), ("c", 0)] as [(ShopID, Int64)] {
      try user.add(shop, ShopDetails(team: shop == "d" ? nil : "east", tags: shop == "b" ? ["live"] : []))
      try user.start(shop, at: .hours(hours))
    }
    try user.tick("d", "one")
    try user.add("e", ShopDetails(team: "west"))
  }

  private func page(
    _ filter: ReportFilter, by grouping: ReportGrouping = .shop, withMatrix: Bool = false, late: Int = 10
  ) throws -> ProgressReport {
    try temporary.store.read {
      try ReadReport(filter, in: $0).page(by: grouping, withMatrix: withMatrix, lateLimit: late)
    }
  }

  @Test func theLateOnesComeFirst() throws {
    let report = try page(ReportFilter(now: .hours(40)))
    #expect(
      report.rows.map { "\($0.key ?? "-") \($0.figures.progress.overdue)" } == [
        "b 3", "c 2", "a 1", "d 0", "e 0",
      ])
    let equally = try page(ReportFilter(now: .hours(15)))
    #expect(
      equally.rows.map { "\($0.key ?? "-") \($0.figures.progress.overdue)" } == [
        "b 2", "c 1", "a 1", "d 0", "e 0",
      ])
  }

  @Test func thePageSaysWhatItShows() throws {
    var filter = ReportFilter(state: .active, now: .hours(40))
    filter.narrow(to: try temporary.store.read { try FilterLookup()(FilterNames([.team: " EAST"]), in: $0) })
    let report = try page(filter, by: .team)
    #expect(report.generatedAt == .hours(40) && report.grouping == .team)
    #expect(report.state == .active && report.names[.team] == "east")
    #expect(report.rows.map(\.key) == ["east"])
    #expect(report.totals.shops == 3 && report.totals.runs == 4)
    #expect(report.matrix == nil)
    #expect(try page(ReportFilter(now: .now), withMatrix: true).matrix?.columns.count == 4)
  }

  @Test func theLateItemsAreAsManyAsAskedFor() throws {
    func late(_ count: Int, _ filter: ReportFilter) throws -> [String] {
      try page(filter, late: count).late.map { "\($0.shop) \($0.item)" }
    }
    let filter = ReportFilter(now: .hours(40))
    #expect(try late(0, filter) == [])
    #expect(try late(3, filter) == ["c one", "b one", "b stream"])
    #expect(try late(100, filter).count == 6)
    #expect(try late(100, ReportFilter(team: "west", now: .hours(40))) == [])
    #expect(try late(100, ReportFilter(state: .finished, now: .hours(40))) == [])
  }

  @Test func whatHoldsUpTheMostShopsComesFirst() throws {
    let report = try page(ReportFilter(now: .now))
    #expect(
      report.holdingUp.map { "\($0.item) \($0.title(.english)) \($0.shops)" } == [
        "after/two two 4", "after/one one 3",
      ])
    #expect(try page(ReportFilter(team: "west", now: .now)).holdingUp == [])
  }

  @Test func theLoopMayEndEarly() throws {
    struct Enough: Error {}
    for grouping in ReportGrouping.allCases {
      var rows = 0
      #expect(throws: Enough.self) {
        try temporary.store.read { reading in
          try ReadReport(ReportFilter(now: .now), in: reading).forEachRow(by: grouping) { _ in
            rows += 1
            throw Enough()
          }
        }
      }
      #expect(rows == 1)
    }
  }

  @Test func gaugesAreByTeamAndChecklist() throws {
    let filter = ReportFilter(state: .active, now: .hours(40))
    let gauges = try temporary.store.read { try ReadReport(filter, in: $0).gauges() }
    #expect(
      gauges == [
        OverdueGauge(team: "", checklist: "after", outstanding: 2, overdue: 0, oldestOverdueSeconds: 0),
        OverdueGauge(
          team: "east", checklist: "after", outstanding: 9, overdue: 5, oldestOverdueSeconds: 39 * 3600),
        OverdueGauge(
          team: "east", checklist: "live", outstanding: 1, overdue: 1, oldestOverdueSeconds: 33 * 3600),
      ])
  }
}

import Domain
import Operations
import TestSupport
import Testing

/// What reports collect of switches.
@Suite struct ReportSwitchesTests {
  private let temporary: TemporaryStore
  private let user: StoreUser

  /// `a` is planned, `b` and `c` are unbound, `c` opens first; `d` was rebound too soon; `e` has no binding.
  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(temporary.store, [.named("after", [.named("one", due: .hours(1))])])
    for shop in ["a", "b", "c", "d", "e"] as [ShopID] {
      try user.add(shop, ShopDetails(team: shop == "c" || shop == "e" ? "west" : "east"))
      if shop == "e" { continue }
      try change(shop, .bind("old"))
      try change(shop, .plan(to: "new", plannedFor: nil, confirmed: []))
    }
    try change("b", .unbind(until: .absolute(.hours(90)), finishBy: nil))
    try change("c", .unbind(until: .absolute(.hours(30)), finishBy: .absolute(.hours(40))))
    try change("d", .unbind(until: .absolute(.hours(99)), finishBy: nil))
    try change("d", .rebind(to: nil), override: "the page let us")
    try user.start("d", "after", again: true)
  }

  private func change(_ shop: ShopID, _ step: ChangeSwitch.Step, override: String? = nil) throws {
    let change = ChangeSwitch(
      definitions: Definitions(checklists: user.checklists, calendars: [:]), zones: TestZones.directory,
      by: .li, now: .now)
    _ = try temporary.store.write { try change(step, of: shop, at: nil, override: override, in: $0) }
  }

  private func reporting<Output>(
    team: String? = nil, now: Moment = .now, _ body: (ReadReport) throws -> Output
  ) throws -> Output {
    try temporary.store.read { try body(ReadReport(ReportFilter(team: team, now: now), in: $0)) }
  }

  private func switches(team: String? = nil, now: Moment = .now, limit: Int = 9) throws -> ReportSwitches {
    try reporting(team: team, now: now) {
      try $0.page(by: .team, withMatrix: false, lateLimit: 0, switchLimit: limit).switches
    }
  }

  @Test func rowsOfShopsSayWhereTheirSwitchesStand() throws {
    var rows: [String] = []
    try reporting { progress in
      try progress.forEachRow(by: .shop) { row in
        let opens = row.standing?.opensAt?.iso8601 ?? "-"
        let overridden = row.overridden.map(String.init) ?? "nil"
        rows.append("\(row.key ?? "-") \(row.standing?.state.rawValue ?? "-") \(opens) \(overridden)")
      }
      try progress.forEachRow(by: .team) { row in #expect(row.standing == nil && row.overridden == nil) }
    }
    #expect(
      rows == [
        "a planned - 0", "b unbound \(Moment.hours(90).iso8601) 0", "c unbound \(Moment.hours(30).iso8601) 0",
        "d rebound - 1", "e - - 0",
      ])
  }

  @Test func unboundShopsComeByTheMomentThatRebindingOpens() throws {
    let all = try switches()
    #expect(all.unbound.map(\.shop) == ["c", "b"] && all.unboundCount == 2)
    #expect(all.openCount == 0 && all.missedCount == 0)
    let open = try switches(now: .hours(30), limit: 1)
    #expect(open.unbound.map(\.shop) == ["c"] && open.unboundCount == 2 && open.openCount == 1)
    let missed = try switches(now: .hours(41))
    #expect(missed.openCount == 0 && missed.missedCount == 1)
    #expect(try switches(team: "east").unbound.map(\.shop) == ["b"])
  }

  @Test func overridesAreCountedOnceForAShop() throws {
    let all = try switches()
    #expect(all.overrides.map(\.shop) == ["d"] && all.overrideCount == 1)
    #expect(all.overrides.first?.override.rules == [.coolDown])
    let none = try switches(limit: 0)
    #expect(none.overrides.isEmpty && none.overrideCount == 1)
    #expect(try switches(team: "west").overrideCount == 0)
    var listed: [String] = []
    try reporting { try $0.forEachOverride { listed.append("\($0.shop) \($0.override.reason)") } }
    #expect(listed == ["d the page let us"])
  }

  @Test func plannedSwitchesAreUnderWayToo() throws {
    var listed: [ShopID] = []
    try reporting { try $0.forEachSwitch(onlyUnbound: false) { listed.append($0.shop) } }
    #expect(listed == ["c", "b", "a"])
  }

  @Test func theNewestOverridesAreKept() {
    var switches = ReportSwitches(limit: 2)
    for (shop, hours) in [("a", [1, 5]), ("b", [9]), ("c", [2, 7])] as [(String, [Int64])] {
      let overrides = hours.map { hours in
        AccountSwitch.Override(step: .unbound, rules: [], reason: "", by: "", at: .hours(hours))
      }
      let standing = SwitchStanding(
        state: .rebound, opensAt: nil, isEstimate: false, finishBy: nil, overrides: overrides)
      switches.add(CountedRun(shop: shop, name: nil, team: nil, run: nil, standing: standing))
    }
    #expect(switches.overrides.map { "\($0.shop) \($0.override.at == .hours(9))" } == ["b true", "c false"])
    #expect(switches.overrideCount == 5)
  }
}

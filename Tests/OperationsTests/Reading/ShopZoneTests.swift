import Domain
import Operations
import TestSupport
import Testing

/// What the store knows of a shop's zone, wherever the shop is listed.
@Suite struct ShopZoneTests {
  private let temporary: TemporaryStore
  private let user: StoreUser
  private let zones = ShopZones(TestZones.directory) { $0 == "douyin" ? "Asia/Shanghai" : nil }

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [
        .named("first", timeZone: "Asia/Tokyo", [.named("one", due: .hours(1))]),
        .named("second", timeZone: "Europe/Berlin", [.named("one", due: .hours(1))]),
      ])
  }

  /// With a switch, runs of two checklists, and something overdue.
  private func make(_ shop: ShopID, _ details: ShopDetails) throws {
    try user.add(shop, details)
    let change = ChangeSwitch(
      definitions: Definitions(checklists: [], calendars: [:]), zones: TestZones.directory, by: .li,
      now: .now)
    for step in [
      ChangeSwitch.Step.bind("old"), .plan(to: "new", plannedFor: nil, confirmed: []),
      .unbind(until: nil, finishBy: nil),
    ] {
      _ = try temporary.store.write { try change(step, of: shop, at: nil, override: nil, in: $0) }
    }
    try user.start(shop, "first")
    try user.start(shop, "second")
  }

  @Test(
    arguments: [
      (ShopDetails(platform: "douyin", timeZone: "America/New_York"), "America/New_York"),
      (ShopDetails(platform: "douyin"), "Asia/Shanghai"), (ShopDetails(platform: "other"), "Europe/Berlin"),
      (ShopDetails(), "Europe/Berlin"),
    ] as [(ShopDetails, String)])
  func isTheSameInEveryList(details: ShopDetails, zone: String) throws {
    try make("s-1", details)
    try temporary.store.read { reading in
      let shop = try #require(try reading.shop("s-1")).shop
      #expect(zones.name(of: try reading.zone(of: shop)) == zone)
      let status = try ReadStatus(now: .now)("s-1", run: 1, in: reading)
      #expect(zones.name(of: status.zone) == zone)
      let rows = try reading.desk(DeskFilter(now: .now), after: nil, limit: 9).rows
      #expect(rows.map { zones.name(of: $0.zone) } == [zone])
      for at in [nil, Moment.now] {
        var switches: [String] = []
        try reading.forEachSwitch(SwitchFilter(at: at)) { switches.append(zones.name(of: $0.zone)) }
        #expect(switches == [zone])
      }
      let progress = ReadReport(ReportFilter(now: .now), in: reading)
      #expect(try progress.commonZone(zones)?.name == zone)
      let report = try progress.page(by: .shop, withMatrix: false, lateLimit: 9, switchLimit: 9)
      #expect(report.zones.mapValues(zones.name(of:)) == ["s-1": zone])
    }
    let ticked = try user.change("s-1", ["one"], .tick(note: nil, proof: nil), run: 1)
    #expect(zones.name(of: ticked.zone) == zone)
  }

  @Test func aShopWithoutAnythingIsInUTC() throws {
    try user.add("s-1")
    let status = try temporary.store.read { try ReadStatus(now: .now)("s-1", run: nil, in: $0) }
    #expect(zones.shown(status.zone) == .utc)
  }

  @Test func shopsInSeveralZonesHaveNoneInCommon() throws {
    func common(team: String? = nil) throws -> String? {
      try temporary.store.read {
        try ReadReport(ReportFilter(team: team, now: .now), in: $0).commonZone(zones)?.name
      }
    }
    #expect(try common() == nil)
    try make("s-1", ShopDetails(platform: "douyin", team: "east"))
    try make("s-2", ShopDetails(team: "east", timeZone: "Asia/Shanghai"))
    #expect(try common() == "Asia/Shanghai")
    try make("s-3", ShopDetails(team: "west"))
    #expect(try common() == nil)
    #expect(try common(team: "east") == "Asia/Shanghai")
    try user.setArchived("s-3", true)
    #expect(try common() == "Asia/Shanghai")
  }
}

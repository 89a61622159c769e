import Domain
import Operations
import TestSupport
import Testing

/// What a run holds when it starts: zone, owners, due times, items.
@Suite struct StartRunsTests {
  private let temporary: TemporaryStore
  private var user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(temporary.store)
  }

  private mutating func only(_ checklist: Checklist) { user.checklists = [checklist] }

  private func startedRun(_ shop: ShopID) throws -> Run {
    let outcome = try user.start(shop)
    #expect(outcome.started.count == 1)
    let run = try #require(outcome.started.first)
    #expect(try temporary.store.read { try $0.run(run.number, of: shop) } == run)
    return run
  }

  @Test(
    arguments: [
      ("Asia/Tokyo", "Asia/Shanghai", "Asia/Tokyo"), ("Asia/Tokyo", nil, "Asia/Tokyo"),
      (nil, "Asia/Shanghai", "Asia/Shanghai"), (nil, nil, "UTC"),
    ] as [(String?, String?, String)])
  mutating func theZoneIsTheShopsElseTheChecklistsElseUTC(
    shop: String?, checklist: String?, zone: String
  ) throws {
    only(.named("after", timeZone: checklist, [.named("one")]))
    try user.add("s-1", ShopDetails(timeZone: shop))
    #expect(try startedRun("s-1").timeZone == zone)
  }

  /// In New York the clocks were set back that night.
  @Test(arguments: ["Asia/Shanghai", "America/New_York"])
  mutating func timesWithoutAnOffsetAndDaysAreTheZones(zone: String) throws {
    only(
      .named(
        "after",
        [.named("one", due: CalendarDuration(count: 1, unit: .days, time: .init(hour: 18, minute: 0)))])
    )
    try user.add("s-1", ShopDetails(timeZone: zone))
    let at = try TimeText("2026-11-01 09:00")
    let outcome = try temporary.store.write { transaction in
      try user.startRuns("s-1", StartRuns.Request(switchedAt: at), in: transaction)
    }
    let run = try #require(outcome.started.first)
    let local = try #require(TestZones.directory.zone(named: zone))
    #expect(local.local(run.switchedAt).date == CivilDate("2026-11-01"))
    #expect(local.local(run.switchedAt).secondsOfDay == 9 * 3600)
    let due = try #require(run.items.first?.dueAt)
    #expect(local.local(due).date == CivilDate("2026-11-02"))
    #expect(local.local(due).secondsOfDay == 18 * 3600)
  }

  @Test mutating func aDateAloneIsItsEndOrNow() throws {
    only(.named("after", timeZone: "Asia/Shanghai", [.named("one")]))
    for (shop, text, expected) in [
      ("s-1", "2026-11-02", Moment.now), ("s-2", "2026-11-01", Moment.hours(14)),
    ] as [(ShopID, String, Moment)] {
      try user.add(shop)
      let request = StartRuns.Request(switchedAt: try TimeText(text))
      let outcome = try temporary.store.write { try user.startRuns(shop, request, in: $0) }
      #expect(outcome.started.map(\.switchedAt) == [expected])
    }
  }

  @Test(
    arguments: [("Asia/Tokyo", "Asia/Tokyo"), (nil, "Asia/Shanghai")] as [(String?, String)])
  mutating func aRefusedTimeIsNamedInTheZone(shop: String?, zone: String) throws {
    only(.named("after", timeZone: "Asia/Shanghai", [.named("one")]))
    try user.add("s-1", ShopDetails(timeZone: shop))
    let local = try #require(TestZones.directory.zone(named: zone))
    #expect(throws: Refusal.inTheFuture(.now + 1, now: .now, in: local)) {
      try user.start("s-1", at: .now + 1)
    }
  }

  @Test mutating func withoutATimeItStartsNow() throws {
    only(.named("after", [.named("one", due: .hours(2))]))
    try user.add("s-1")
    let run = try #require(try user.start("s-1", at: nil).started.first)
    #expect(run.switchedAt == .now)
    #expect(run.items.map(\.dueAt) == [.now + 7200])
  }

  @Test(arguments: [("王" as String?), nil]) mutating func merchantStandsForTheShopsOwner(owner: String?)
    throws
  {
    only(.named("after", [.named("one", owner: "merchant"), .named("two", owner: "Zhao"), .named("three")]))
    try user.add("s-1", ShopDetails(owner: owner))
    #expect(try startedRun("s-1").items.map(\.owner) == [owner, "Zhao", nil])
  }

  @Test mutating func itemsThatAreNotForTheShopAreLeftOut() throws {
    only(
      .named(
        "after",
        [
          .named("live", when: Condition(tags: ["live", "vip"])),
          .named("east", needs: ["live"], when: Condition(platforms: ["douyin"], teams: ["east"])),
          .named("all", needs: ["live", "east"]),
        ]))
    try user.add("s-1", ShopDetails(platform: "douyin", team: "east"))
    let run = try startedRun("s-1")
    #expect(run.items.map(\.id) == ["east", "all"])
    #expect(run.items.map(\.needs) == [[], ["east"]])
  }

  /// Friday's second workday is Tuesday, and a week later where the calendar knows a holiday.
  @Test mutating func workdaysFollowTheCalendar() throws {
    let friday = try #require(Moment(iso8601: "2026-10-30T02:00:00Z"))
    only(.named("after", timeZone: "Asia/Shanghai", calendar: "cn", [.named("one", due: .workdays(2))]))
    try user.add("s-1")
    try user.add("s-2")
    try user.add("s-3")
    #expect(try user.start("s-1", at: friday).beyondCalendar.isEmpty, "no calendar is known")

    let monday = try #require(CivilDate("2026-11-02"))
    let holidays = Set((0..<5).map { monday + $0 })
    user.calendars["cn"] = WorkCalendar(
      name: "cn", covers: 2026...2026, weekend: [6, 7], holidays: holidays, workdays: [])
    let known = try user.start("s-2", at: friday)
    #expect(known.beyondCalendar.isEmpty)

    user.calendars["cn"] = WorkCalendar(
      name: "cn", covers: 2024...2025, weekend: [6, 7], holidays: holidays, workdays: [])
    let beyond = try user.start("s-3", at: friday)
    #expect(beyond.beyondCalendar.map(\.checklist) == ["after"])
    #expect(beyond.beyondCalendar.map(\.calendar) == ["cn"])
    #expect(beyond.beyondCalendar.map(\.covers) == [2024...2025])
    #expect(beyond.started.first?.items.first?.dueAt?.iso8601 == "2026-11-03T02:00:00Z")
    #expect(known.started.first?.items.first?.dueAt?.iso8601 == "2026-11-10T02:00:00Z")
  }

  @Test mutating func aRunIsPinnedToTheContentOfItsDefinition() throws {
    let first = Checklist.named("after", [.named("one")])
    only(first)
    try user.add("s-1")
    try user.start("s-1")
    only(.named("after", [.named("one", critical: true), .named("two")]))
    let run = try #require(try temporary.store.read { try $0.run(1, of: "s-1") })
    #expect(run.definition == Definition.pinning(first).definition)
    try user.tick("s-1", "one")
    #expect(try temporary.store.read { try $0.run(1, of: "s-1")?.state } == .finished)
  }
}

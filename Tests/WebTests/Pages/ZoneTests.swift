import Domain
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// In which zone pages show times, and read those that people type. It is 2:00 in UTC on the 2nd of November 2026,
/// 10:00 in Shanghai.
@Suite struct ZoneTests {
  private static let douyin = PlatformRules(
    platform: "douyin", timeZone: "Asia/Shanghai", checked: CivilDate(dayNumber: 20_000))

  private func world() throws -> TestServer {
    let world = try TestServer(platforms: ["douyin": Self.douyin])
    // Due at 12:00, and tomorrow at 10:00, in Shanghai.
    try world.user.add("s-1", ShopDetails(platform: "douyin", owner: "Mei"))
    try world.user.start("s-1", "after", at: .now)
    return world
  }

  @Test func aShopHasOneZoneOnEveryPage() async throws {
    let world = try world()
    let admin = try world.addUser("root", .admin)
    let shop = try await world.ask(.get, "/shops/s-1/", as: admin).text
    #expect(shop.contains(">today 12:00</time>"))
    let desk = try await world.ask(.get, "/shops", as: admin).text
    #expect(desk.contains(">today 12:00</time>") && desk.contains("times in Asia/Shanghai"))
    let history = try await world.ask(.get, "/shops/s-1/history", as: admin).text
    #expect(history.contains("Times are in Asia/Shanghai."))
    let export = try await world.ask(.get, "/shops?format=html", as: admin).text
    #expect(export.contains(">2026-11-02 12:00 Asia/Shanghai</time>"))
    let report = try await world.ask(.get, "/api/v1/report?format=html", as: admin).text
    #expect(report.contains("2026-11-02 10:00</time> Asia/Shanghai"))
  }

  @Test func shopsInSeveralZonesEachNameTheirOwn() async throws {
    let world = try world()
    try world.user.add("s-2", ShopDetails(timeZone: "America/New_York"))
    try world.user.start("s-2", "after", at: .now)
    let admin = try world.addUser("root", .admin)
    let desk = try await world.ask(.get, "/shops", as: admin).text
    #expect(desk.contains("times in its own zone"))
    #expect(desk.contains(">today 12:00</time> Asia/Shanghai"))
    #expect(desk.contains("23:00</time> America/New_York"))
  }

  @Test func whatIsNoShopsIsInTheBrowsersZoneWhichIsNamed() async throws {
    let world = try world()
    var admin = try world.addUser("root", .admin)
    let session = try #require(admin.headers[.cookie])
    for (cookie, zone) in [
      ("", "UTC"), ("; switchlist-zone=Asia%2FShanghai", "Asia/Shanghai"),
      ("; switchlist-zone=America/New_York", "America/New_York"), ("; switchlist-zone=..%2F..%2Fetc", "UTC"),
      ("; switchlist-zone=EST", "UTC"),
    ] {
      admin.headers[.cookie] = session + cookie
      for page in ["/log", "/done"] {
        let text = try await world.ask(.get, page, as: admin).text
        #expect(text.contains("Times are in \(zone)."), "\(page) \(cookie)")
      }
      let text = try await world.ask(.get, "/charts", as: admin).text
      #expect(!text.contains("<polyline") || text.contains("Days are those of \(zone)."))
    }
    try world.user.tick("s-1", "rebind-store")
    admin.headers[.cookie] = session + "; switchlist-zone=Asia/Shanghai"
    #expect(try await world.ask(.get, "/done", as: admin).text.contains(">today 10:00</time>"))
  }

  @Test func aFileIsNamedByTheReadersDay() async throws {
    let world = try world()
    world.now = .now + 15 * 3600
    var admin = try world.addUser("root", .admin)
    let session = try #require(admin.headers[.cookie])
    for (cookie, day) in [("", "2026-11-02"), ("; switchlist-zone=Asia/Shanghai", "2026-11-03")] {
      admin.headers[.cookie] = session + cookie
      let answer = try await world.ask(.get, "/shops?format=csv", as: admin)
      #expect(answer.headers[.contentDisposition]?.contains("switchlist-\(day).csv") == true)
    }
    // A report is named by the day that its head shows.
    let report = try await world.ask(.get, "/api/v1/report?format=markdown", as: admin)
    #expect(report.headers[.contentDisposition]?.contains("switchlist-report-2026-11-03.md") == true)
  }

  @Test func aReportMayBeAskedForInAZone() async throws {
    let world = try world()
    let token = try world.addToken(.read)
    let asked = try await world.ask(
      .get, "/api/v1/report?format=markdown&time_zone=America/New_York", as: token)
    #expect(
      asked.text.contains("2026-11-01 21:00 America/New\\_York") || asked.text.contains("21:00 America/New"))
    let wrong = try await world.ask(.get, "/api/v1/report?format=markdown&time_zone=EST", as: token)
    #expect(wrong.status == .unprocessableContent && wrong.text.contains("America/New_York"))
  }

  @Test func aDueTimeAtMidnightIsTheEndOfTheDayBefore() async throws {
    let world = try world()
    try world.user.change(
      "s-1", ["rebind-store"],
      .moveDue(to: try #require(Moment(iso8601: "2026-11-02T16:00:00Z")), reason: "later"))
    let admin = try world.addUser("root", .admin)
    for page in ["/shops/s-1/", "/shops"] {
      let text = try await world.ask(.get, page, as: admin).text
      #expect(text.contains(#"<time datetime="2026-11-02T16:00:00Z">today 24:00</time>"#), "\(page)")
    }
  }

  @Test(arguments: [
    ("2026-12-01", "2026-12-01T16:00:00Z"), ("2026/12/1 9:05", "2026-12-01T01:05:00Z"),
    ("2026-12-01T10:00", "2026-12-01T02:00:00Z"),
  ])
  func dueTimesAreReadInTheShopsZone(text: String, due: String) async throws {
    let world = try world()
    try world.user.edit("s-1", ShopDetails(timeZone: "Asia/Shanghai"))
    try world.user.start("s-1", "after", at: .now + -3600, again: true)
    let token = try world.addToken(.read, .change, .lead)
    let answer = try await world.call(
      .post, "/shops/s-1/items/rebind-store/due", as: token, ["due": text, "reason": "later"])
    #expect(answer.status == 200, "\(answer.text)")
    let run = try #require(try world.store.read { try $0.run(2, of: "s-1") })
    #expect(run.items.first?.dueAt?.iso8601 == due)
  }

  @Test(arguments: ["2027-11-11", "2027-11-11T00:00Z", "2026-11-03"])
  func whatHasNotHappenedYetIsNotTakenForNow(at: String) async throws {
    let world = try world()
    let token = try world.addToken(.read, .change)
    let answer = try await world.call(
      .post, "/shops/s-1/items/rebind-store/tick", as: token, ["at": at])
    #expect(answer.status == 409 && answer.text.contains("in-the-future"), "\(answer.text)")
    #expect(try world.store.read { try $0.run(1, of: "s-1") }?.items.first?.state == .pending)
  }

  @Test func whatWillBeIsAnswered() async throws {
    let world = try world()
    let change = ChangeSwitch(
      definitions: Definitions(checklists: [], calendars: [:]), zones: TestZones.directory, by: .li, now: .now
    )
    let until = TimeText.absolute(.now + 7 * 86_400)
    for step in [
      ChangeSwitch.Step.bind("old"), .plan(to: "new", plannedFor: nil, confirmed: []),
      .unbind(until: until, finishBy: nil),
    ] {
      _ = try world.store.write { try change(step, of: "s-1", at: nil, override: nil, in: $0) }
    }
    let token = try world.addToken(.read)
    let listed = try await world.call(.get, "/switches?at=2026-12-01", as: token)
    #expect(listed.status == 200 && listed.json["generated_at"] as? String == "2026-12-02T00:00:00Z")
    #expect(listed.list("switches").count == 1)
  }
}

import Domain
import Testing

/// Who decides a shop's zone, and which names of zones are taken.
@Suite struct ShopZonesTests {
  private let zones = ShopZones(TimeFixtures.zones) { $0 == "douyin" ? "Asia/Shanghai" : nil }

  @Test(
    arguments: [
      ("America/New_York", "douyin", "Europe/Berlin", "America/New_York"),
      (nil, "douyin", "Europe/Berlin", "Asia/Shanghai"), (nil, "other", "Europe/Berlin", "Europe/Berlin"),
      (nil, nil, "Europe/Berlin", "Europe/Berlin"), (nil, "other", nil, "UTC"), (nil, nil, nil, "UTC"),
    ] as [(String?, String?, String?, String)])
  func itsOwnElseThePlatformsElseTheNewestRunsElseUTC(
    own: String?, platform: String?, newestRun: String?, expected: String
  ) throws {
    let shop = ShopZone(own: own, platform: platform, newestRun: newestRun)
    #expect(zones.name(of: shop) == expected)
    #expect(zones.shown(shop).name == expected)
    #expect(try zones.meant(shop).name == expected)
  }

  /// Another zone further down the order would show another time as if it were the shop's.
  @Test func oneThatIsNotKnownAnyMoreIsShownInUTCAndNeverRead() {
    let shop = ShopZone(own: "Asia/Atlantis", platform: "douyin", newestRun: "Europe/Berlin")
    #expect(zones.shown(shop) == .utc)
    #expect(throws: Refusal.timeZoneNoLongerKnown("Asia/Atlantis")) { try zones.meant(shop) }
  }

  @Test(arguments: [
    ("EST", "America/New_York"), ("CST", "Asia/Shanghai"), ("UTC+8", "Asia/Shanghai"),
    ("UTC＋8", "Asia/Shanghai"), ("北京时间", "Asia/Shanghai"), ("Asia/Shangai", "Asia/Shanghai"),
  ])
  func whatIsNoNameGetsTheOneThatIsMeant(text: String, meant: String) {
    #expect(throws: Refusal.unknownTimeZone(text, nearest: [meant])) { try TimeFixtures.zones.named(text) }
  }

  @Test func aNameThatNobodyMeantGetsNone() {
    #expect(throws: Refusal.unknownTimeZone("../../etc", nearest: [])) {
      try TimeFixtures.zones.named("../../etc")
    }
    #expect(throws: Never.self) { try TimeFixtures.zones.named("Asia/Shanghai") }
  }

  @Test(
    arguments: [
      ("CST-8", "UTC+08:00", 28_800), ("<+0530>-5:30", "UTC+05:30", 19_800), ("EST5", "UTC-05:00", -18_000),
      ("UTC0", "UTC", 0), ("CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3", 3600),
      ("EST5EDT", "EST5EDT", -18_000), ("Asia/Shanghai", nil, 0), ("", nil, 0), ("CST", nil, 0),
      ("CST-99", nil, 0), ("8", nil, 0),
    ] as [(String, String?, Int)])
  func describedWithoutADatabase(text: String, name: String?, offset: Int) throws {
    let winter = try TimeFixtures.moment("2026-01-15T00:00:00Z")
    let zone = Zone(posix: text)
    #expect(zone?.name == name)
    if let zone { #expect(zone.secondsFromGMT(at: winter) == offset) }
  }

  @Test func withoutDaysOfChangeThoseOfTheUnitedStatesCount() throws {
    let zone = try #require(Zone(posix: "EST5EDT"))
    let real = try TimeFixtures.zone("America/New_York")
    for text in [
      "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-07-01T00:00:00Z", "2026-11-01T06:00:00Z",
    ] {
      let moment = try TimeFixtures.moment(text)
      #expect(zone.secondsFromGMT(at: moment) == real.secondsFromGMT(at: moment), "\(text)")
    }
  }
}

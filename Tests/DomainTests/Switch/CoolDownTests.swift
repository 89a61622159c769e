import Domain
import TestSupport
import Testing

/// The wait between unbinding and rebinding: the page's time, or else the rules' usual one.
@Suite struct CoolDownTests {
  private static let rules = PlatformRules.douyin(usual: .days(7), most: .days(28))

  /// Unbound on day 20.
  private static func shop(
    _ rules: PlatformRules? = rules, until: Moment? = nil, finishBy: Moment? = nil, zone: Zone = .utc
  ) throws -> SwitchedShop {
    var shop = try SwitchStanding.planned.shop(rules)
    shop.zone = zone
    try shop.take(.unbind(until: until, finishBy: finishBy), at: .days(20))
    return shop
  }

  private static func usually(_ from: Moment) -> Refusal {
    .forbidden(
      .rebound, "s-1", platform: "douyin",
      [
        RuleViolation(
          rule: .coolDown, reason: .coolsUsually(.days(7), since: .days(20)),
          place: PlatformRules.coolDownPlace, allowedFrom: from)
      ])
  }

  private static func shown(_ from: Moment, platform: String?) -> Refusal {
    .forbidden(
      .rebound, "s-1", platform: platform,
      [RuleViolation(rule: .coolDown, reason: .pageShows, place: nil, allowedFrom: from)])
  }

  @Test(arguments: [nil, "a", "b"]) func rebindingOpensAfterTheUsualWait(to account: String?) throws {
    let shop = try Self.shop()
    #expect(shop.coolDown == .init(until: .days(27), isEstimate: true, latest: .days(48)))
    #expect(shop.last?.opensAt == .days(27))
    #expect(throws: Self.usually(.days(27))) {
      try shop.decide(.rebind(to: account), at: .days(27) + -1)
    }
    #expect(try shop.decide(.rebind(to: account), at: .days(27)).change != nil)
  }

  @Test func thePageWins() throws {
    for until in [Moment.days(23), .days(90)] {
      let shop = try Self.shop(until: until, finishBy: .days(95))
      #expect(shop.coolDown == .init(until: until, isEstimate: false, finishBy: .days(95)))
      #expect(throws: Self.shown(until, platform: "douyin")) {
        try shop.decide(.rebind(to: nil), at: until + -1)
      }
      #expect(try shop.decide(.rebind(to: nil), at: until).change != nil)
    }
  }

  @Test func aFileThatNamesNoLongestHasNone() throws {
    #expect(try Self.shop(.douyin(usual: .days(7))).coolDown == .init(until: .days(27), isEstimate: true))
  }

  @Test func whereNoWaitIsKnownRebindingIsOpen() throws {
    for rules in [nil, PlatformRules.douyin()] {
      let shop = try Self.shop(rules)
      #expect(shop.coolDown == .init(until: nil, isEstimate: false))
      #expect(shop.last?.opensAt == .days(20))
      #expect(try shop.decide(.rebind(to: nil), at: .days(20)).change != nil)
    }
  }

  @Test func withoutAFileThePageStillForbids() throws {
    let shop = try Self.shop(nil, until: .days(25))
    #expect(throws: Self.shown(.days(25), platform: nil)) {
      try shop.decide(.rebind(to: nil), at: .days(25) + -1)
    }
    #expect(try shop.decide(.rebind(to: nil), at: .days(25)).change != nil)
  }

  @Test func anEstimateForbidsNothingOnceThereIsNoRule() throws {
    var shop = try Self.shop()
    for rules in [nil, PlatformRules.douyin()] {
      shop.rules = rules
      #expect(try shop.decide(.rebind(to: nil), at: .days(21)).change != nil)
    }
  }

  /// New York falls back on 2026-11-01 at 06:00Z, four hours after day 0; it springs forward on 2027-03-14.
  @Test(
    arguments: [
      ("America/New_York", 0, "2026-11-08T03:00:00Z", "2026-11-29T03:00:00Z"),
      ("America/New_York", 130, "2027-03-18T01:00:00Z", "2027-04-08T01:00:00Z"),
      ("Asia/Shanghai", 0, "2026-11-08T02:00:00Z", "2026-11-29T02:00:00Z"),
    ] as [(String, Int64, String, String)])
  func daysAreThoseOfTheShopsZone(zone: String, day: Int64, until: String, latest: String) throws {
    var shop = SwitchedShop(Self.rules, zone: try TimeFixtures.zone(zone))
    try shop.take(.bind("a"), at: .days(day))
    try shop.take(.plan("b"), at: .days(day))
    try shop.take(.unbind(), at: .days(day))
    #expect(shop.coolDown?.until?.iso8601 == until)
    #expect(shop.coolDown?.latest?.iso8601 == latest)
  }

  /// The evening before clocks spring forward, at an hour that the next day doesn't have.
  @Test func aWaitThatEndsInAGapEndsAfterIt() throws {
    var shop = SwitchedShop(.douyin(usual: .days(1)), zone: try TimeFixtures.zone("America/New_York"))
    let at = try TimeFixtures.moment("2027-03-13 02:30", in: shop.zone)
    for request in [RequestedSwitchChange.bind("a"), .plan("b"), .unbind()] { try shop.take(request, at: at) }
    #expect(shop.coolDown?.until?.iso8601 == "2027-03-14T07:00:00Z")
  }
}

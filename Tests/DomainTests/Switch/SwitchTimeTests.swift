import Domain
import TestSupport
import Testing

/// When steps may have happened, and what the page's times may be.
@Suite struct SwitchTimeTests {
  static let requests: [RequestedSwitchChange] = [
    .bind("a"), .bind("b"), .plan("c"), .plan("a"), .unbind(), .rebind(to: nil), .abandon(reason: "r"),
  ]

  /// The shop's; refusals name times in it.
  private static let zone = Zone(name: "Here", offsets: Ahead())

  private struct Ahead: ZoneOffsets {
    func period(at moment: Moment) -> OffsetPeriod { OffsetPeriod(offset: 9 * 3600, end: nil) }
  }

  private static func shop(
    _ standing: SwitchStanding, _ rules: PlatformRules? = nil
  ) throws -> SwitchedShop {
    var shop = try standing.shop(rules)
    shop.zone = zone
    return shop
  }

  @Test(arguments: requests, SwitchStanding.allCases)
  func nothingHappensLaterThanNow(_ request: RequestedSwitchChange, _ standing: SwitchStanding) throws {
    let shop = try Self.shop(standing)
    #expect(throws: Refusal.inTheFuture(.days(1000) + 1, now: .days(1000), in: Self.zone)) {
      try shop.decide(request, at: .days(1000) + 1)
    }
  }

  /// What moves a shop on from where it stands, and the step before.
  @Test(
    arguments: [
      (.bound, .plan("b"), 0), (.planned, .plan("c"), 10), (.planned, .unbind(), 10),
      (.planned, .abandon(reason: "r"), 10), (.unbound, .rebind(to: nil), 20),
      (.unbound, .unbind(until: .days(60), finishBy: nil), 20),
      (.rebound, .plan("c"), 30), (.cancelled, .plan("c"), 30), (.abandoned, .plan("c"), 30),
    ] as [(SwitchStanding, RequestedSwitchChange, Int64)])
  func stepsHappenInOrder(standing: SwitchStanding, request: RequestedSwitchChange, before: Int64) throws {
    var shop = try Self.shop(standing)
    let last = Moment.days(before)
    #expect(throws: Refusal.beforeTheLastStep("s-1", at: last + -1, last: last, in: Self.zone)) {
      try shop.decide(request, at: last + -1, override: "agreed")
    }
    #expect(try shop.take(request, at: last) != nil)
  }

  @Test func aPlanLooksAhead() throws {
    let shop = try Self.shop(.bound)
    #expect(throws: Refusal.plannedInThePast(.days(4), at: .days(5), in: Self.zone)) {
      try shop.decide(.plan("b", for: .days(4)), at: .days(5))
    }
    #expect(try shop.decide(.plan("b", for: .days(5)), at: .days(5)).change != nil)
    let planned = try Self.shop(.planned)
    #expect(throws: Refusal.plannedInThePast(.days(11), at: .days(12), in: Self.zone)) {
      try planned.decide(.plan("b", for: .days(11)), at: .days(12))
    }
  }

  @Test func thePageDoesNotContradictItself() throws {
    func unbind(_ until: Int64?, _ finishBy: Int64?) throws {
      _ = try Self.shop(.planned).decide(
        .unbind(until: until.map { .days(20) + $0 }, finishBy: finishBy.map { .days(20) + $0 }), at: .days(20)
      )
    }
    let unbound = Moment.days(20)
    #expect(throws: Refusal.endsBeforeUnbinding(unbound + -1, unbound: unbound, in: Self.zone)) {
      try unbind(-1, nil)
    }
    #expect(throws: Refusal.finishBeforeItOpens(unbound + 9, opens: unbound + 10, in: Self.zone)) {
      try unbind(10, 9)
    }
    #expect(throws: Refusal.finishBeforeItOpens(unbound + -1, opens: unbound, in: Self.zone)) {
      try unbind(nil, -1)
    }
    for (until, finishBy) in [(0, nil), (nil, 0), (0, 0), (100, 100)] as [(Int64?, Int64?)] {
      #expect(throws: Never.self) { try unbind(until, finishBy) }
    }
  }

  @Test func norDoesACorrection() throws {
    var shop = try Self.shop(.unbound)
    try shop.take(.unbind(until: .days(25), finishBy: .days(27)), at: .days(21))
    #expect(throws: Refusal.endsBeforeUnbinding(.days(19), unbound: .days(20), in: Self.zone)) {
      try shop.decide(.unbind(until: .days(19), finishBy: nil), at: .days(22))
    }
    #expect(throws: Refusal.finishBeforeItOpens(.days(27), opens: .days(28), in: Self.zone)) {
      try shop.decide(.unbind(until: .days(28), finishBy: nil), at: .days(22))
    }
    #expect(throws: Refusal.finishBeforeItOpens(.days(24), opens: .days(25), in: Self.zone)) {
      try shop.decide(.unbind(until: nil, finishBy: .days(24)), at: .days(22))
    }
    #expect(try shop.take(.unbind(until: .days(28), finishBy: .days(28)), at: .days(22)) != nil)
  }

  /// Only the page knows, and it says so after the usual wait wasn't awaited.
  @Test func anEstimateContradictsNothing() throws {
    var shop = try Self.shop(.planned, .douyin(usual: .days(7)))
    try shop.take(.unbind(until: nil, finishBy: .days(22)), at: .days(20))
    #expect(shop.coolDown == .init(until: .days(27), isEstimate: true, finishBy: .days(22)))
    #expect(throws: Refusal.finishBeforeItOpens(.days(22), opens: .days(23), in: Self.zone)) {
      try shop.decide(.unbind(until: .days(23), finishBy: nil), at: .days(21))
    }
    #expect(throws: Refusal.finishBeforeItOpens(.days(20) + -1, opens: .days(20), in: Self.zone)) {
      try shop.decide(.unbind(until: nil, finishBy: .days(20) + -1), at: .days(21))
    }
  }

  /// Past `finishBy` rebinding is warned of, not refused.
  @Test func theLastTimeToFinishForbidsNothing() throws {
    var shop = try Self.shop(.planned)
    try shop.take(.unbind(until: .days(25), finishBy: .days(26)), at: .days(20))
    #expect(try shop.take(.rebind(to: nil), at: .days(90)) != nil)
  }
}

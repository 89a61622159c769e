import Domain
import TestSupport
import Testing

/// `between-switches`: from the last rebinding to the next unbinding.
@Suite struct BetweenSwitchesTests {
  private static let rules = PlatformRules.douyin(between: .days(30))

  private static func forbidden(
    _ step: Milestone, since: Moment = .days(30), from: Moment = .days(60)
  ) -> Refusal {
    .forbidden(
      step, "s-1", platform: "douyin",
      [
        RuleViolation(
          rule: .betweenSwitches, reason: .tooSoon(.days(30), since: since),
          place: PlatformRules.betweenPlace, allowedFrom: from)
      ])
  }

  @Test(arguments: [SwitchStanding.rebound, .cancelled])
  func aPlanIsForWhatIsAllowedThen(_ standing: SwitchStanding) throws {
    let shop = try standing.shop(Self.rules)
    #expect(throws: Self.forbidden(.planned)) {
      try shop.decide(.plan("c", for: .days(60) + -1), at: .days(31))
    }
    #expect(try shop.decide(.plan("c", for: .days(60)), at: .days(31)).change != nil)
    #expect(throws: Self.forbidden(.planned)) { try shop.decide(.plan("c"), at: .days(60) + -1) }
    #expect(try shop.decide(.plan("c"), at: .days(60)).change != nil)
  }

  @Test(arguments: [SwitchStanding.rebound, .cancelled])
  func unbindingIsAllowedFromThen(_ standing: SwitchStanding) throws {
    var shop = try standing.shop(Self.rules)
    try shop.take(.plan("c", for: .days(70)), at: .days(31))
    #expect(throws: Self.forbidden(.unbound)) { try shop.decide(.unbind(), at: .days(60) + -1) }
    #expect(try shop.take(.unbind(), at: .days(60)) != nil)
  }

  @Test func aPlanThatMovesIsAskedAgain() throws {
    var shop = try SwitchStanding.rebound.shop(Self.rules)
    try shop.take(.plan("c", for: .days(70)), at: .days(31))
    #expect(throws: Self.forbidden(.planned)) {
      try shop.decide(.plan("c", for: .days(59)), at: .days(32))
    }
    #expect(try shop.take(.plan("d"), at: .days(32)) == .plan(2, "d", for: .days(70)))
  }

  /// No rebinding was before it.
  @Test func theFirstSwitchMayBeAnyTime() throws {
    var shop = try SwitchStanding.bound.shop(Self.rules)
    #expect(try shop.take(.plan("b"), at: .days(0)) != nil)
    #expect(try shop.take(.unbind(), at: .days(0)) != nil)
  }

  @Test func anAbandonedSwitchDoesNotCount() throws {
    var shop = try SwitchStanding.abandoned.shop(Self.rules)
    #expect(try shop.take(.plan("b"), at: .days(30)) != nil)
    try shop.take(.unbind(), at: .days(30))
    try shop.take(.rebind(to: nil), at: .days(31))
    try shop.take(.plan("c", for: .days(61)), at: .days(32))
    try shop.take(.abandon(reason: "no"), at: .days(50))
    #expect(throws: Self.forbidden(.planned, since: .days(31), from: .days(61))) {
      try shop.decide(.plan("c", for: .days(60)), at: .days(51))
    }
  }

  /// New York springs forward on 2027-03-14, day 133, so that thirty days are an hour shorter.
  @Test func itCountsDaysOfTheShopsZone() throws {
    var shop = try SwitchStanding.rebound.shop(.douyin(between: .days(30)))
    shop.zone = try TimeFixtures.zone("America/New_York")
    try shop.take(.plan("c", for: .days(120)), at: .days(119))
    try shop.take(.unbind(), at: .days(120))
    try shop.take(.rebind(to: nil), at: .days(121))
    let from = Moment.days(151) + -3600
    #expect(throws: Refusal.self) { try shop.decide(.plan("d", for: from + -1), at: .days(122)) }
    #expect(try shop.decide(.plan("d", for: from), at: .days(122)).change != nil)
  }

  @Test func allRulesAreNamedAtOnce() throws {
    let rules = PlatformRules.douyin(between: .days(30), requires: ["registered"])
    let shop = try SwitchStanding.rebound.shop(rules)
    do throws(Refusal) {
      _ = try shop.decide(.plan("c"), at: .days(31))
      Issue.record("it was allowed")
    } catch {
      guard case .forbidden(.planned, _, _, let violations) = error else { throw error }
      #expect(violations.map(\.rule) == [.requires, .betweenSwitches])
      #expect(violations.map(\.allowedFrom) == [nil, .days(60)])
      #expect(violations.map(\.place?.line) == [7, 6])
    }
  }

  @Test func zeroDaysForbidNothing() throws {
    var shop = try SwitchStanding.rebound.shop(.douyin(between: .days(0)))
    #expect(try shop.take(.plan("c"), at: .days(30)) != nil)
    #expect(try shop.take(.unbind(), at: .days(30)) != nil)
  }
}

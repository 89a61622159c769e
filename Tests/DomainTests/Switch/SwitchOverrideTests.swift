import Domain
import TestSupport
import Testing

/// Steps that rules forbid, taken all the same.
@Suite struct SwitchOverrideTests {
  private static let rules = PlatformRules.douyin(
    usual: .days(7), between: .days(30), requires: ["registered"])

  /// Rebound on day 30, so that a switch is allowed from day 60 on.
  private static func shop() throws -> SwitchedShop { try SwitchStanding.rebound.shop(rules) }

  @Test func eachStepIsRecordedWithItsRules() throws {
    var shop = try Self.shop()
    let planned = try shop.decide(.plan("c"), at: .days(40), override: "hacked")
    #expect(planned.overridden.map(\.rule) == [.requires, .betweenSwitches])
    let both = Overridden(rules: [.requires, .betweenSwitches], reason: "hacked")
    #expect(planned.change == .plan(2, "c", for: .days(40), overridden: both))
    try shop.take(.plan("c"), at: .days(40), override: "hacked")

    let unbound = try shop.take(.unbind(), at: .days(41), override: "hacked still")
    let coolDown = AccountSwitch.CoolDown(until: .days(48), isEstimate: true)
    let soon = Overridden(rules: [.betweenSwitches], reason: "hacked still")
    #expect(unbound == .unbound(switch: 2, coolDown, overridden: soon))

    let early = Overridden(rules: [.coolDown], reason: "the page let us")
    let rebound = try shop.take(.rebind(to: nil), at: .days(42), override: "the page let us")
    #expect(rebound == .rebound(switch: 2, to: "c", overridden: early))
    #expect(
      shop.last?.overrides == [
        .init(step: .planned, rules: both.rules, reason: "hacked", by: "Li", at: .days(40)),
        .init(step: .unbound, rules: [.betweenSwitches], reason: "hacked still", by: "Li", at: .days(41)),
        .init(step: .rebound, rules: [.coolDown], reason: "the page let us", by: "Li", at: .days(42)),
      ])
  }

  @Test func thePageIsOverriddenLikeARule() throws {
    var shop = try SwitchStanding.planned.shop()
    try shop.take(.unbind(until: .days(25), finishBy: nil), at: .days(20))
    let decision = try shop.decide(.rebind(to: "a"), at: .days(21), override: "it worked")
    #expect(
      decision.change
        == .rebound(switch: 1, to: "a", overridden: Overridden(rules: [.coolDown], reason: "it worked")))
    #expect(decision.overridden.map(\.reason) == [.pageShows])
  }

  @Test func whatNothingForbidsIsNoOverride() throws {
    var shop = try Self.shop()
    #expect(
      try shop.take(.plan("c", confirmed: ["registered"]), at: .days(60), override: "hacked")
        == .plan(2, "c", for: .days(60), confirmed: ["registered"]))
    try shop.take(.unbind(), at: .days(60), override: "hacked")
    try shop.take(.rebind(to: nil), at: .days(67), override: "hacked")
    #expect(shop.last?.overrides == [])
    #expect(shop.last?.state == .rebound)
  }

  /// One reason was for one step.
  @Test func theNextStepIsAskedAgain() throws {
    var shop = try Self.shop()
    try shop.take(.plan("c"), at: .days(40), override: "hacked")
    #expect(throws: Refusal.self) { try shop.decide(.unbind(), at: .days(41)) }
    #expect(throws: Refusal.self) { try shop.decide(.plan("c", for: .days(50)), at: .days(41)) }
    #expect(try shop.decide(.plan("c"), at: .days(41)).change == nil)
  }

  @Test func everyOverrideOfAPlanIsKept() throws {
    var shop = try Self.shop()
    try shop.take(.plan("c"), at: .days(40), override: "first")
    try shop.take(.plan("d"), at: .days(41), override: "second")
    #expect(shop.last?.overrides.map(\.reason) == ["first", "second"])
    #expect(shop.last?.overrides.map(\.step) == [.planned, .planned])
  }

  /// Order, accounts and states are no rules of a platform.
  @Test(
    arguments: [
      (.rebound, .plan("b"), .sameAccount("s-1", account: "b")), (.rebound, .unbind(), .noSwitch("s-1")),
      (.rebound, .bind("c"), .boundAlready("s-1", account: "b", wanted: "c")),
      (.unbound, .plan("c"), .isUnbound("s-1", number: 1)),
      (.unbound, .abandon(reason: "r"), .isUnbound("s-1", number: 1)),
      (.unbound, .rebind(to: "c"), .otherAccount("s-1", wanted: "c", planned: "b", old: "a")),
      (.planned, .rebind(to: nil), .notUnbound("s-1", number: 1)),
    ] as [(SwitchStanding, RequestedSwitchChange, Refusal)])
  func onlyRulesAreOverridden(
    _ standing: SwitchStanding, _ request: RequestedSwitchChange, _ refusal: Refusal
  ) throws {
    let shop = try standing.shop(Self.rules)
    #expect(throws: refusal) { try shop.decide(request, at: .days(40), override: "hacked") }
  }
}

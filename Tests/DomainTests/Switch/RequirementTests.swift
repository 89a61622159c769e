import Domain
import TestSupport
import Testing

/// `requires`: what must be confirmed of the new account before a switch is planned.
@Suite struct RequirementTests {
  private static let both = ["registered", "real-name-verified"]

  private static func shop(_ requires: [String] = both) throws -> SwitchedShop {
    var shop = SwitchedShop(.douyin(requires: requires))
    try shop.take(.bind("a"), at: .days(0))
    return shop
  }

  private static func forbidden(_ missing: [String]) -> Refusal {
    .forbidden(
      .planned, "s-1", platform: "douyin",
      [
        RuleViolation(
          rule: .requires, reason: .unconfirmed(missing), place: PlatformRules.requiresPlace, allowedFrom: nil
        )
      ])
  }

  @Test(arguments: [
    ([], both), (["registered"], ["real-name-verified"]), (["real-name-verified"], ["registered"]),
  ])
  func whatIsMissingIsNamed(confirmed: [String], missing: [String]) throws {
    let shop = try Self.shop()
    #expect(throws: Self.forbidden(missing)) {
      try shop.decide(.plan("b", confirmed: confirmed), at: .days(1))
    }
  }

  @Test func whatIsConfirmedIsKeptWithWhoSaidSo() throws {
    var shop = try Self.shop()
    let change = try shop.take(.plan("b", confirmed: Self.both.reversed() + ["registered"]), at: .days(1))
    #expect(change == .plan(1, "b", for: .days(1), confirmed: Self.both.reversed()))
    #expect(
      shop.last?.confirmed == Self.both.reversed().map { .init(requirement: $0, by: "Li", at: .days(1)) })
  }

  @Test func itIsKeptWhileTheAccountStays() throws {
    var shop = try Self.shop()
    try shop.take(.plan("b", confirmed: Self.both), at: .days(1))
    #expect(try shop.take(.plan("b", confirmed: ["registered"]), at: .days(2)) == nil)
    #expect(try shop.take(.plan("b", for: .days(9)), at: .days(2)) == .plan(1, "b", for: .days(9)))
    #expect(shop.last?.confirmed.map(\.at) == [.days(1), .days(1)])
  }

  @Test func onePartAfterTheOtherIsKept() throws {
    var shop = try Self.shop()
    try shop.take(.plan("b", confirmed: ["registered"]), at: .days(1), override: "the rest follows")
    let second = try shop.take(.plan("b", confirmed: ["real-name-verified"]), at: .days(2))
    #expect(second == .plan(1, "b", for: .days(1), confirmed: ["real-name-verified"]))
    #expect(shop.last?.confirmed.map(\.requirement) == Self.both)
    #expect(shop.last?.confirmed.map(\.at) == [.days(1), .days(2)])
    #expect(shop.last?.overrides.count == 1)
  }

  @Test func anotherAccountHasNothingConfirmed() throws {
    var shop = try Self.shop()
    try shop.take(.plan("b", confirmed: Self.both), at: .days(1))
    #expect(throws: Self.forbidden(["real-name-verified"])) {
      try shop.decide(.plan("c", confirmed: ["registered"]), at: .days(2))
    }
    try shop.take(.plan("c", confirmed: Self.both), at: .days(2))
    #expect(shop.last?.confirmed.map(\.at) == [.days(2), .days(2)])
    #expect(throws: Self.forbidden(Self.both)) { try shop.decide(.plan("b"), at: .days(3)) }
  }

  @Test func anotherSwitchHasNothingConfirmed() throws {
    var shop = try Self.shop()
    try shop.take(.plan("b", confirmed: Self.both), at: .days(1))
    try shop.take(.abandon(reason: "later"), at: .days(2))
    #expect(throws: Self.forbidden(Self.both)) { try shop.decide(.plan("b"), at: .days(3)) }
  }

  @Test func anUnknownNameIsRefusedWithTheNearest() throws {
    let shop = try Self.shop()
    #expect(
      throws: Refusal.unknownRequirement(
        "registerd", platform: "douyin", nearest: ["registered"], known: Self.both)
    ) { try shop.decide(.plan("b", confirmed: ["registerd"]), at: .days(1), override: "agreed") }
  }

  /// A rule that came after the plan asks nothing of what is planned.
  @Test func onlyPlanningIsForbidden() throws {
    var shop = try SwitchStanding.planned.shop()
    shop.rules = .douyin(requires: Self.both)
    #expect(try shop.decide(.plan("b"), at: .days(15)).change == nil)
    for (request, day) in [(RequestedSwitchChange.unbind(), 20), (.rebind(to: nil), 21)] {
      #expect(try shop.take(request, at: .days(Int64(day))) != nil)
    }
  }

  @Test func withoutRulesAnythingMayBeConfirmed() throws {
    var shop = try SwitchStanding.bound.shop()
    try shop.take(.plan("b", confirmed: ["paid", "paid"]), at: .days(1))
    #expect(shop.last?.confirmed == [.init(requirement: "paid", by: "Li", at: .days(1))])
  }
}

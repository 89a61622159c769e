import Domain
import TestSupport
import Testing

/// Events of switches that can't have happened: what an import must not take.
@Suite struct SwitchContradictionTests {
  struct Case: CustomTestStringConvertible {
    let standing: SwitchStanding
    let change: AccountChange
    var day: Int64 = 40
    let problem: String
    var testDescription: String { "\(change) of \(standing)" }
  }

  private static let coolDown = AccountSwitch.CoolDown(until: .days(50), isEstimate: false)
  private static let unbound = AccountChange.unbound(switch: 1, coolDown, overridden: nil)
  private static let corrected = AccountChange.coolDownCorrected(switch: 1, coolDown)
  private static let rebound = AccountChange.rebound(switch: 1, to: "b", overridden: nil)
  private static let abandoned = AccountChange.abandoned(switch: 1, reason: "r")
  private static let bound = AccountChange.bound(account: "a", since: nil)

  static let cases: [Case] =
    refused([bound], in: SwitchStanding.allCases.filter { $0 != .never }, "the shop is bound twice")
    + refused(
      [unbound, abandoned], in: [.never, .bound, .unbound, .rebound, .cancelled, .abandoned],
      "switch 1 isn't planned")
    + refused(
      [corrected, rebound], in: [.never, .bound, .planned, .rebound, .cancelled, .abandoned],
      "switch 1 isn't unbound")
    + single

  private static func refused(
    _ changes: [AccountChange], in standings: [SwitchStanding], _ problem: String
  ) -> [Case] {
    standings.flatMap { standing in
      changes.map { Case(standing: standing, change: $0, problem: problem) }
    }
  }

  private static let single: [Case] = [
    .init(
      standing: .never, change: .plan(1, "b", for: .days(40)),
      problem: "a shop without a binding is switched"),
    .init(standing: .unbound, change: .plan(2, "c", for: .days(40)), problem: "switch 1 hasn't ended"),
    .init(standing: .unbound, change: .plan(1, "c", for: .days(40)), problem: "switch 1 isn't planned"),
    .init(standing: .planned, change: .plan(2, "c", for: .days(40)), problem: "switch 1 hasn't ended"),
    .init(
      standing: .bound, change: .plan(2, "b", for: .days(40)), problem: "switch 2 is planned out of turn"),
    .init(
      standing: .bound, change: .plan(0, "b", for: .days(40)), problem: "switch 0 is planned out of turn"),
    .init(
      standing: .rebound, change: .plan(1, "c", for: .days(40)), problem: "switch 1 is planned out of turn"),
    .init(
      standing: .bound, change: .plan(1, "a", for: .days(40)),
      problem: "switch 1 leads to the account that is bound"),
    .init(
      standing: .planned, change: .plan(1, "a", for: .days(40)),
      problem: "switch 1 leads to the account that is bound"),
    .init(
      standing: .unbound, change: .rebound(switch: 1, to: "c", overridden: nil),
      problem: "switch 1 ends with another account"),
    .init(
      standing: .unbound, change: .rebound(switch: 2, to: "b", overridden: nil),
      problem: "switch 2 isn't unbound"),
    .init(
      standing: .planned, change: .unbound(switch: 2, coolDown, overridden: nil),
      problem: "switch 2 isn't planned"),
    .init(standing: .planned, change: unbound, day: 9, problem: "a binding changes before it began"),
    .init(standing: .unbound, change: rebound, day: 19, problem: "a binding changes before it began"),
  ]

  @Test(arguments: cases) func whatCannotHaveHappenedIsNamed(_ given: Case) throws {
    var shop = try given.standing.shop()
    let before = shop.record
    #expect(throws: ShopRecord.Contradiction(problem: given.problem)) {
      try shop.apply(given.change, at: .days(given.day))
    }
    #expect(shop.record == before)
  }

  @Test func aShopComesBeforeItsBinding() throws {
    var record = ShopRecord()
    #expect(throws: ShopRecord.Contradiction(problem: "the shop hasn't been added")) {
      try record.apply(.account(Self.bound), by: .li, at: .now) { _ in nil }
    }
  }
}

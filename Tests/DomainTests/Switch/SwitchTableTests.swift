import Domain
import TestSupport
import Testing

/// Every request from everywhere that a shop can stand, where no rule applies.
@Suite struct SwitchTableTests {
  enum Outcome {
    case becomes(AccountChange)
    case unchanged
    case refused(Refusal)
  }

  struct Row: CustomTestStringConvertible {
    let request: RequestedSwitchChange
    let standing: SwitchStanding
    let outcome: Outcome

    init(_ request: RequestedSwitchChange, _ standing: SwitchStanding, _ outcome: Outcome) {
      self.request = request
      self.standing = standing
      self.outcome = outcome
    }

    var testDescription: String { "\(request) of \(standing)" }
  }

  static let day = Moment.days(40)
  private static let unwaited = AccountSwitch.CoolDown(until: nil, isEstimate: false)
  private static let abandon = RequestedSwitchChange.abandon(reason: "not now")

  static let rows: [Row] = [
    .init(.bind("a"), .never, .becomes(.bound(account: "a", since: day))),
    .init(.bind("a"), .bound, .unchanged),
    .init(.bind("a"), .planned, .unchanged),
    .init(.bind("a"), .unbound, .refused(.isUnbound("s-1", number: 1))),
    .init(.bind("a"), .rebound, .refused(.boundAlready("s-1", account: "b", wanted: "a"))),
    .init(.bind("a"), .cancelled, .unchanged),
    .init(.bind("a"), .abandoned, .unchanged),
    .init(.bind("b"), .bound, .refused(.boundAlready("s-1", account: "a", wanted: "b"))),
    .init(.bind("b"), .planned, .refused(.boundAlready("s-1", account: "a", wanted: "b"))),
    .init(.bind("b"), .unbound, .refused(.isUnbound("s-1", number: 1))),
    .init(.bind("b"), .rebound, .unchanged),

    .init(.plan("c"), .never, .refused(.notBound("s-1"))),
    .init(.plan("c"), .bound, .becomes(.plan(1, "c", for: day))),
    .init(.plan("c"), .planned, .becomes(.plan(1, "c", for: .days(10)))),
    .init(.plan("c"), .unbound, .refused(.isUnbound("s-1", number: 1))),
    .init(.plan("c"), .rebound, .becomes(.plan(2, "c", for: day))),
    .init(.plan("c"), .cancelled, .becomes(.plan(2, "c", for: day))),
    .init(.plan("c"), .abandoned, .becomes(.plan(2, "c", for: day))),
    .init(.plan("b"), .planned, .unchanged),
    .init(.plan("b", for: day), .planned, .becomes(.plan(1, "b", for: day))),
    .init(.plan("b", for: .days(10)), .planned, .unchanged),
    .init(.plan("b", confirmed: ["x"]), .planned, .becomes(.plan(1, "b", for: .days(10), confirmed: ["x"]))),
    .init(.plan("a"), .bound, .refused(.sameAccount("s-1", account: "a"))),
    .init(.plan("a"), .planned, .refused(.sameAccount("s-1", account: "a"))),
    .init(.plan("b"), .rebound, .refused(.sameAccount("s-1", account: "b"))),
    .init(.plan("a"), .cancelled, .refused(.sameAccount("s-1", account: "a"))),

    .init(.unbind(), .never, .refused(.notBound("s-1"))),
    .init(.unbind(), .bound, .refused(.noSwitch("s-1"))),
    .init(.unbind(), .planned, .becomes(.unbound(switch: 1, unwaited, overridden: nil))),
    .init(.unbind(), .unbound, .unchanged),
    .init(.unbind(), .rebound, .refused(.noSwitch("s-1"))),
    .init(.unbind(), .cancelled, .refused(.noSwitch("s-1"))),
    .init(.unbind(), .abandoned, .refused(.noSwitch("s-1"))),

    .init(.rebind(to: nil), .never, .refused(.notBound("s-1"))),
    .init(.rebind(to: nil), .bound, .refused(.noSwitch("s-1"))),
    .init(.rebind(to: nil), .planned, .refused(.notUnbound("s-1", number: 1))),
    .init(.rebind(to: nil), .unbound, .becomes(.rebound(switch: 1, to: "b", overridden: nil))),
    .init(.rebind(to: "b"), .unbound, .becomes(.rebound(switch: 1, to: "b", overridden: nil))),
    .init(.rebind(to: "a"), .unbound, .becomes(.rebound(switch: 1, to: "a", overridden: nil))),
    .init(.rebind(to: "c"), .unbound, .refused(.otherAccount("s-1", wanted: "c", planned: "b", old: "a"))),
    .init(.rebind(to: nil), .rebound, .unchanged),
    .init(.rebind(to: "b"), .rebound, .unchanged),
    .init(.rebind(to: "a"), .rebound, .refused(.noSwitch("s-1"))),
    .init(.rebind(to: nil), .cancelled, .unchanged),
    .init(.rebind(to: "a"), .cancelled, .unchanged),
    .init(.rebind(to: "b"), .cancelled, .refused(.noSwitch("s-1"))),
    .init(.rebind(to: nil), .abandoned, .refused(.noSwitch("s-1"))),

    .init(abandon, .never, .refused(.noSwitch("s-1"))),
    .init(abandon, .bound, .refused(.noSwitch("s-1"))),
    .init(abandon, .planned, .becomes(.abandoned(switch: 1, reason: "not now"))),
    .init(abandon, .unbound, .refused(.isUnbound("s-1", number: 1))),
    .init(abandon, .rebound, .refused(.noSwitch("s-1"))),
    .init(abandon, .cancelled, .refused(.noSwitch("s-1"))),
    .init(abandon, .abandoned, .unchanged),
  ]

  @Test(arguments: rows) func theTable(_ row: Row) throws {
    var shop = try row.standing.shop()
    switch row.outcome {
    case .becomes(let change):
      #expect(try shop.take(row.request, at: Self.day) == change)
    case .unchanged:
      #expect(try shop.decide(row.request, at: Self.day).change == nil)
    case .refused(let refusal):
      #expect(throws: refusal) { try shop.decide(row.request, at: Self.day) }
    }
  }
}

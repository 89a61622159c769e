import Domain
import TestSupport
import Testing

/// What a shop's history holds after its steps.
@Suite struct SwitchWalkTests {
  @Test func anEmptyHistoryHoldsNothing() throws {
    let history = BindingHistory()
    #expect(history.current == nil && history.underWay == nil && history.lastRebinding == nil)
  }

  @Test func aSwitchLeavesAGapBetweenTwoBindings() throws {
    let history = try SwitchStanding.rebound.shop().history
    #expect(
      history.bindings == [
        Binding(account: "a", since: .days(0), begunBy: nil, ended: .days(20), endedBy: 1),
        Binding(account: "b", since: .days(30), begunBy: 1),
      ])
    #expect(
      history.switches == [
        AccountSwitch(
          number: 1, from: "a", to: "b", state: .rebound, plannedAt: .days(10), plannedFor: .days(10),
          unboundAt: .days(20), coolDown: .init(until: nil, isEstimate: false), endedAt: .days(30))
      ])
    #expect(history.current == history.bindings.last)
    #expect(history.underWay == nil)
    #expect(history.lastRebinding == .days(30))
  }

  @Test func whileItIsUnboundNoBindingHolds() throws {
    let history = try SwitchStanding.unbound.shop().history
    #expect(history.current == nil)
    #expect(history.bindings.map(\.ended) == [.days(20)])
    #expect(history.underWay?.state == .unbound)
    #expect(history.underWay?.opensAt == .days(20))
    #expect(history.lastRebinding == nil)
  }

  @Test func aCancelledSwitchBindsTheOldAccountAnew() throws {
    let history = try SwitchStanding.cancelled.shop().history
    #expect(history.switches.map(\.state) == [.cancelled])
    #expect(history.switches.map(\.to) == ["b"])
    #expect(history.bindings.map(\.account) == ["a", "a"])
    #expect(history.lastRebinding == .days(30))
  }

  @Test func anAbandonedSwitchLeavesTheBinding() throws {
    var shop = try SwitchStanding.abandoned.shop()
    #expect(shop.last?.state == .abandoned)
    #expect(shop.last?.reason == "not now" && shop.last?.endedAt == .days(30))
    #expect(shop.last?.unboundAt == nil && shop.last?.coolDown == nil && shop.last?.opensAt == nil)
    #expect(shop.history.bindings == [Binding(account: "a", since: .days(0), begunBy: nil)])
    #expect(shop.history.lastRebinding == nil)
    for (request, day) in [(RequestedSwitchChange.plan("c"), 31), (.unbind(), 32), (.rebind(to: nil), 33)] {
      try shop.take(request, at: .days(Int64(day)))
    }
    #expect(shop.history.switches.map(\.number) == [1, 2])
    #expect(shop.history.bindings.map(\.endedBy) == [2, nil])
    #expect(shop.history.bindings.map(\.begunBy) == [nil, 2])
  }

  @Test func aPlanTakesItsOwnTimeOrTheOneSaid() throws {
    var shop = try SwitchStanding.bound.shop()
    #expect(try shop.take(.plan("b"), at: .days(3)) == .plan(1, "b", for: .days(3)))
    #expect(try shop.take(.plan("b", for: .days(9)), at: .days(4)) == .plan(1, "b", for: .days(9)))
    #expect(try shop.take(.plan("c"), at: .days(5)) == .plan(1, "c", for: .days(9)))
    #expect(shop.last?.plannedAt == .days(3) && shop.last?.plannedFor == .days(9))
    #expect(shop.last?.to == "c" && shop.last?.from == "a")
    // It isn't said that it will be then: that time has come, and the plan stays.
    #expect(try shop.take(.plan("c", for: .days(9)), at: .days(12)) == nil)
    #expect(try shop.take(.plan("d"), at: .days(12)) == .plan(1, "d", for: .days(9)))
  }

  @Test func anAccountMayComeBack() throws {
    var shop = try SwitchStanding.rebound.shop()
    try shop.take(.plan("a"), at: .days(40))
    try shop.take(.unbind(), at: .days(41))
    try shop.take(.rebind(to: "a"), at: .days(42))
    #expect(shop.last?.state == .rebound)
    #expect(shop.history.bindings.map(\.account) == ["a", "b", "a"])
  }

  @Test func allStepsMayHappenInOneSecond() throws {
    var shop = SwitchedShop()
    for request in [RequestedSwitchChange.bind("a"), .plan("b"), .unbind(), .rebind(to: nil)] {
      #expect(try shop.take(request, at: .days(1)) != nil)
    }
    #expect(shop.history.bindings.map(\.since) == [.days(1), .days(1)])
  }

  /// Somebody bound it before the records began.
  @Test func aBindingMayHaveNoBeginning() throws {
    var shop = SwitchedShop()
    try shop.apply(.bound(account: "a", since: nil), at: .days(50))
    #expect(shop.history.current == Binding(account: "a", since: nil, begunBy: nil))
    #expect(try shop.take(.plan("b"), at: .days(-50)) != nil)
    #expect(try shop.take(.bind("a"), at: .days(-60)) == nil)
  }
}

import Domain
import TestSupport
import Testing

/// `unbind` repeated while unbound corrects what was recorded of the page.
@Suite struct CorrectionTests {
  private typealias CoolDown = AccountSwitch.CoolDown

  /// Unbound on day 20, where the rules let expect day 27, or day 48 at the latest.
  private static func shop(until: Moment? = nil, finishBy: Moment? = nil) throws -> SwitchedShop {
    var shop = try SwitchStanding.planned.shop(.douyin(usual: .days(7), most: .days(28)))
    try shop.take(.unbind(until: until, finishBy: finishBy), at: .days(20))
    return shop
  }

  @Test func thePagesTimeTakesTheEstimatesPlace() throws {
    var shop = try Self.shop()
    let shown = CoolDown(until: .days(30), isEstimate: false)
    let change = try shop.take(.unbind(until: .days(30), finishBy: nil), at: .days(21))
    #expect(change == .coolDownCorrected(switch: 1, shown))
    #expect(shop.coolDown == shown)
    #expect(shop.last?.opensAt == .days(30))
    #expect(shop.last?.unboundAt == .days(20) && shop.history.bindings.last?.ended == .days(20))
  }

  /// Now it is known.
  @Test func theSameTimeFromThePageIsNews() throws {
    var shop = try Self.shop()
    let change = try shop.take(.unbind(until: .days(27), finishBy: nil), at: .days(21))
    #expect(change == .coolDownCorrected(switch: 1, CoolDown(until: .days(27), isEstimate: false)))
  }

  @Test func whatIsNotSaidStays() throws {
    var shop = try Self.shop()
    try shop.take(.unbind(until: nil, finishBy: .days(50)), at: .days(21))
    #expect(
      shop.coolDown == CoolDown(until: .days(27), isEstimate: true, latest: .days(48), finishBy: .days(50)))
    try shop.take(.unbind(until: .days(30), finishBy: nil), at: .days(22))
    #expect(shop.coolDown == CoolDown(until: .days(30), isEstimate: false, finishBy: .days(50)))
    try shop.take(.unbind(until: nil, finishBy: .days(40)), at: .days(23))
    #expect(shop.coolDown == CoolDown(until: .days(30), isEstimate: false, finishBy: .days(40)))
  }

  @Test(
    arguments: [(nil, nil), (30, nil), (nil, 40), (30, 40)] as [(Int64?, Int64?)])
  func whatIsSoAlreadyIsUnchanged(until: Int64?, finishBy: Int64?) throws {
    let shop = try Self.shop(until: .days(30), finishBy: .days(40))
    let request = RequestedSwitchChange.unbind(
      until: until.map { .days($0) }, finishBy: finishBy.map { .days($0) })
    #expect(try shop.decide(request, at: .days(21)).change == nil)
  }

  @Test func itMayComeSooner() throws {
    var shop = try Self.shop(until: .days(30))
    try shop.take(.unbind(until: .days(20), finishBy: nil), at: .days(21))
    #expect(try shop.take(.rebind(to: nil), at: .days(21)) != nil)
  }

  @Test func whatWasUnknownBecomesKnown() throws {
    var shop = try SwitchStanding.unbound.shop()
    try shop.take(.unbind(until: .days(30), finishBy: .days(40)), at: .days(21))
    #expect(shop.coolDown == CoolDown(until: .days(30), isEstimate: false, finishBy: .days(40)))
    #expect(throws: Refusal.self) { try shop.decide(.rebind(to: nil), at: .days(29)) }
  }

  /// A rule that came later doesn't estimate what was recorded without one.
  @Test func nothingIsEstimatedAfterwards() throws {
    var shop = try SwitchStanding.unbound.shop()
    shop.rules = .douyin(usual: .days(7))
    #expect(try shop.decide(.unbind(), at: .days(21)).change == nil)
  }
}

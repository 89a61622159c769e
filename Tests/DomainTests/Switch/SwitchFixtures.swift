import Domain
import TestSupport
import Testing

/// A shop whose binding changes step by step, by Li.
struct SwitchedShop {
  static let id: ShopID = "s-1"

  var record = ShopRecord(shop: .init(id: id))
  var rules: PlatformRules?
  var zone = Zone.utc
  var now = Moment.days(1000)

  init(_ rules: PlatformRules? = nil, zone: Zone = .utc) {
    self.rules = rules
    self.zone = zone
  }

  var history: BindingHistory { record.history }
  var last: AccountSwitch? { history.switches.last }
  var coolDown: AccountSwitch.CoolDown? { last?.coolDown }

  func decide(
    _ request: RequestedSwitchChange, at: Moment, override: String? = nil
  ) throws(Refusal) -> SwitchDecision {
    try history.decide(
      request, of: Self.id,
      SwitchCircumstances(rules: rules, zone: zone, override: override, at: at, now: now))
  }

  /// Decides and applies; nil when it is so already.
  @discardableResult
  mutating func take(_ request: RequestedSwitchChange, at: Moment, override: String? = nil) throws
    -> AccountChange?
  {
    let change = try decide(request, at: at, override: override).change
    if let change { try apply(change, at: at) }
    return change
  }

  mutating func apply(_ change: AccountChange, by name: String = "Li", at: Moment) throws {
    try record.apply(.account(change), by: .named(name), at: at) { _ in nil }
  }
}

/// Where a shop can stand: bound to `a` on day 0, its switch to `b` planned on day 10, unbound on day 20,
/// ended on day 30.
enum SwitchStanding: CaseIterable {
  case never
  case bound
  case planned
  case unbound
  case rebound
  /// It ended with `a` bound again.
  case cancelled
  case abandoned

  func shop(_ rules: PlatformRules? = nil) throws -> SwitchedShop {
    var shop = SwitchedShop(rules)
    if self == .never { return shop }
    try shop.take(.bind("a"), at: .days(0))
    if self == .bound { return shop }
    try shop.take(.plan("b", confirmed: rules?.requires ?? []), at: .days(10))
    if self == .planned { return shop }
    if self == .abandoned {
      try shop.take(.abandon(reason: "not now"), at: .days(30))
      return shop
    }
    try shop.take(.unbind(), at: .days(20))
    if self == .unbound { return shop }
    try shop.take(.rebind(to: self == .cancelled ? "a" : nil), at: .days(30), override: "set up")
    return shop
  }
}

extension RequestedSwitchChange {
  static func plan(_ to: String, for plannedFor: Moment? = nil, confirmed: [String] = [])
    -> RequestedSwitchChange
  {
    .plan(to: to, plannedFor: plannedFor, confirmed: confirmed)
  }

  static func unbind() -> RequestedSwitchChange { .unbind(until: nil, finishBy: nil) }
}

extension AccountChange {
  static func plan(
    _ number: Int, _ to: String, for plannedFor: Moment, confirmed: [String] = [],
    overridden: Overridden? = nil
  ) -> AccountChange {
    .planned(
      SwitchPlan(
        number: number, to: to, plannedFor: plannedFor, confirmed: confirmed, overridden: overridden))
  }
}

extension Moment {
  static func days(_ count: Int64) -> Moment { switched + count * 86_400 }
}

extension PlatformRules {
  static let coolDownPlace = Place(file: "platforms/douyin.yaml", line: 4, column: 12)
  static let betweenPlace = Place(file: "platforms/douyin.yaml", line: 6, column: 19)
  static let requiresPlace = Place(file: "platforms/douyin.yaml", line: 7, column: 11)

  static func douyin(
    usual: CalendarDuration? = nil, most: CalendarDuration? = nil, between: CalendarDuration? = nil,
    requires: [String] = []
  ) -> PlatformRules {
    PlatformRules(
      platform: "douyin", coolDown: usual.map { CoolDown(usual: $0, most: most) }, betweenSwitches: between,
      requires: requires, checked: CivilDate(dayNumber: 20_777),
      places: [.coolDown: coolDownPlace, .betweenSwitches: betweenPlace, .requires: requiresPlace])
  }
}

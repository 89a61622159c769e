import Domain
import Operations

extension AccountSwitch {
  /// A switch from `dy-old` to `dy-new` that was planned five days ago.
  static func of(
    _ state: SwitchState, plannedFor: Moment = .now + -4 * day, coolDown: CoolDown? = nil,
    overrides: [Override] = []
  ) -> AccountSwitch {
    AccountSwitch(
      number: 2, from: "dy-old", to: "dy-new", state: state, plannedAt: .now + -5 * day,
      plannedFor: plannedFor, unboundAt: coolDown.map { _ in .now + -4 * day }, coolDown: coolDown,
      endedAt: state.isUnderWay ? nil : .now + -day, reason: state == .abandoned ? "not now" : nil,
      overrides: overrides)
  }

  /// The wait as the rules reckon it.
  static func estimate(_ ahead: Int64, finishBy: Int64? = nil) -> CoolDown {
    CoolDown(until: .now + ahead, isEstimate: true, finishBy: finishBy.map { .now + $0 })
  }

  /// The wait as the page showed it.
  static func shown(_ ahead: Int64, finishBy: Int64? = nil) -> CoolDown {
    CoolDown(until: .now + ahead, isEstimate: false, finishBy: finishBy.map { .now + $0 })
  }

  /// One that waits, with two of its steps taken against rules.
  static let overridden = AccountSwitch.of(
    .unbound, coolDown: estimate(3 * day + 16 * hour, finishBy: 6 * day),
    overrides: [
      Override(
        step: .planned, rules: [.requires, .betweenSwitches],
        reason: "the old account was stolen, and the platform's service asked us to change it at once",
        by: "李雷", at: .now + -5 * day),
      Override(step: .unbound, rules: [.betweenSwitches], reason: "平台客服同意", by: "Chen", at: .now + -4 * day),
    ])

  /// One in each place where a switch can stand, by name.
  static let various: [(name: String, change: AccountSwitch)] = [
    ("planned", .of(.planned, plannedFor: .now + 2 * day)),
    ("planned, and late", .of(.planned, plannedFor: .now + -3 * hour)),
    ("cooling down, estimated", .overridden),
    ("cooling down, shown", .of(.unbound, coolDown: shown(20 * hour, finishBy: 2 * day))),
    ("open, estimated", .of(.unbound, coolDown: estimate(-day))),
    ("open, shown", .of(.unbound, coolDown: shown(-day, finishBy: 5 * hour))),
    ("open, nothing known", .of(.unbound, coolDown: CoolDown(until: nil, isEstimate: false))),
    ("past finish-by", .of(.unbound, coolDown: shown(-2 * day, finishBy: -day))),
    (
      "rebound",
      .of(
        .rebound, coolDown: shown(day),
        overrides: [
          Override(step: .rebound, rules: [.coolDown], reason: "the page let us", by: "Chen", at: .now + -day)
        ])
    ),
    ("cancelled", .of(.cancelled, coolDown: estimate(-2 * day))),
    ("abandoned", .of(.abandoned)),
  ]
}

extension ShopStatus {
  /// A shop whose latest switch is this, with the run that it began.
  static func of(_ change: AccountSwitch, zone: String? = "Asia/Shanghai") -> ShopStatus {
    let account: String? =
      switch change.state {
      case .unbound: nil
      case .rebound: change.to
      case .planned, .cancelled, .abandoned: change.from
      }
    return ShopStatus(
      shop: Shop(id: ShopID(trusted: "s-007"), name: "晨光小店", team: "east", timeZone: zone),
      account: account, latestSwitch: change, runs: [.ahead], now: .now)
  }
}

extension RunStatus {
  /// Began at unbinding, counts from the end of the cool-down, and its file has changed since.
  static let ahead = RunStatus(
    number: 3, checklist: ChecklistID(trusted: "before-rebinding"),
    title: text("Before rebinding", "重新绑定之前"), switchedAt: .now + 3 * day + 16 * hour,
    began: .now + -4 * day, accountSwitch: 2, timeZone: "Asia/Shanghai", state: .active,
    hasNewerDefinition: true, progress: Progress(total: 1, pending: 1),
    items: [.of(5, .pending, owner: "张三", dueAt: .now + 3 * day)])
}

import Domain

/// A row's switch with its times resolved.
struct ImportedSwitch {
  /// One step of the switch.
  struct Step {
    let request: RequestedSwitchChange
    let at: Moment
    let begins: Bool
    let rules: PlatformRules?
  }

  let from: String
  let to: String
  let plannedAt: Moment
  let unboundAt: Moment?
  let until: Moment?
  let reboundAt: Moment?

  /// Without `planned_at`, the switch counts as planned when it was unbound.
  init(_ row: ImportSwitches.Row, in zone: Zone, now: Moment) throws(Refusal) {
    func happened(_ time: TimeText?) throws(Refusal) -> Moment? {
      guard let time else { return nil }
      return try time.moment(.happened, in: zone, now: now)
    }
    from = row.from.trimmedAndComposed
    to = row.to.trimmedAndComposed
    unboundAt = try happened(row.unboundAt)
    reboundAt = try happened(row.reboundAt)
    until = try row.until?.moment(.begins, in: zone, now: now, of: unboundAt)
    plannedAt = try happened(row.plannedAt) ?? unboundAt ?? now
  }

  func isRecorded(_ other: AccountSwitch) -> Bool {
    other.from == from && other.to == to && other.plannedAt == plannedAt && other.unboundAt == unboundAt
      && (other.endedAt == reboundAt)
  }

  /// In order. A shop without a binding gets one to `from` that began at an unknown time.
  func steps(after history: BindingHistory, rules: PlatformRules?) -> [Step] {
    var steps: [Step] = []
    if history.bindings.isEmpty {
      steps.append(Step(request: .bind(from), at: plannedAt, begins: false, rules: nil))
    }
    steps.append(
      Step(
        request: .plan(to: to, plannedFor: nil, confirmed: []), at: plannedAt, begins: unboundAt == nil,
        rules: nil))
    guard let unboundAt else { return steps }
    // An estimate is only needed for a cool-down that is still running.
    let coolDown = reboundAt == nil ? rules?.onlyCoolDown : nil
    steps.append(
      Step(
        request: .unbind(until: until, finishBy: nil), at: unboundAt, begins: reboundAt == nil,
        rules: coolDown))
    guard let reboundAt else { return steps }
    steps.append(Step(request: .rebind(to: to), at: reboundAt, begins: false, rules: nil))
    return steps
  }
}

extension PlatformRules {
  /// The rules without those that forbid steps, since the steps have been taken.
  fileprivate var onlyCoolDown: PlatformRules {
    PlatformRules(
      platform: platform, timeZone: timeZone, coolDown: coolDown, checked: checked, places: places)
  }
}

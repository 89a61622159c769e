package enum RequestedSwitchChange: Sendable, Hashable {
  /// Records the first binding, to this account.
  case bind(String)
  /// A nil `plannedFor` means the time of the step for a new plan, and the time already planned for an
  /// existing one.
  case plan(to: String, plannedFor: Moment?, confirmed: [String])
  /// The cool-down's end and the deadline, as far as the platform's page showed them.
  case unbind(until: Moment?, finishBy: Moment?)
  /// Nil means the planned account.
  case rebind(to: String?)
  case abandon(reason: String)
}

/// The outcome of a decision about a shop's binding.
package struct SwitchDecision: Sendable, Hashable {
  /// Nil if nothing has to change.
  package let change: AccountChange?
  /// Rules that forbid the step and were overridden.
  package let overridden: [RuleViolation]

  init(_ change: AccountChange?, overridden: [RuleViolation] = []) {
    self.change = change
    self.overridden = overridden
  }
}

/// What a decision depends on besides the shop's history.
package struct SwitchCircumstances: Sendable {
  /// Nil if the platform has none; then nothing is forbidden.
  package let rules: PlatformRules?
  /// The zone whose days the rules count.
  package let zone: Zone
  /// The reason given for overriding rules; nil if they aren't overridden.
  package let override: String?
  /// When the step happened; not later than `now`.
  package let at: Moment
  package let now: Moment

  package init(rules: PlatformRules?, zone: Zone, override: String?, at: Moment, now: Moment) {
    self.rules = rules
    self.zone = zone
    self.override = override
    self.at = at
    self.now = now
  }
}

extension BindingHistory {
  /// Decides about a step without making it; throws the refusal that forbids it.
  package func decide(
    _ request: RequestedSwitchChange, of shop: ShopID, _ circumstances: SwitchCircumstances
  ) throws(Refusal) -> SwitchDecision {
    let at = circumstances.at
    if at > circumstances.now {
      throw .inTheFuture(at, now: circumstances.now, in: circumstances.zone)
    }
    switch request {
    case .bind(let account):
      let account = try SingleLineText.check(account, as: .account)
      if let current {
        if current.account == account { return SwitchDecision(nil) }
        throw .boundAlready(shop, account: current.account, wanted: account)
      }
      if let underWay { throw .isUnbound(shop, number: underWay.number) }
      return SwitchDecision(.bound(account: account, since: at))
    case .plan(let to, let plannedFor, let confirmed):
      return try plan(to: to, for: plannedFor, confirmed, of: shop, circumstances)
    case .unbind(let until, let finishBy):
      return try unbind(until: until, finishBy: finishBy, of: shop, circumstances)
    case .rebind(let to): return try rebind(to: to, of: shop, circumstances)
    case .abandon(let reason):
      let reason = try MultilineText.check(reason, as: .reason)
      guard let underWay else {
        if let last = switches.last, last.state == .abandoned { return SwitchDecision(nil) }
        throw .noSwitch(shop)
      }
      if underWay.state == .unbound { throw .isUnbound(shop, number: underWay.number) }
      try requireInOrder(of: shop, circumstances)
      return SwitchDecision(.abandoned(switch: underWay.number, reason: reason))
    }
  }

  private func plan(
    to account: String, for wanted: Moment?, _ confirmed: [String], of shop: ShopID,
    _ circumstances: SwitchCircumstances
  ) throws(Refusal) -> SwitchDecision {
    let account = try SingleLineText.check(account, as: .account)
    let (rules, at) = (circumstances.rules, circumstances.at)
    let confirmed = try confirmed.map { name throws(Refusal) in
      try SingleLineText.check(name, as: .requirement)
    }
    if let rules {
      for name in confirmed where !rules.requires.contains(name) {
        throw .unknownRequirement(
          name, platform: rules.platform, nearest: Suggestions.to(name, among: rules.requires),
          known: rules.requires)
      }
    }
    if let underWay, underWay.state == .unbound { throw .isUnbound(shop, number: underWay.number) }
    guard let current else { throw .notBound(shop) }
    if current.account == account { throw .sameAccount(shop, account: account) }
    try requireInOrder(of: shop, circumstances)
    let plannedFor = wanted ?? underWay?.plannedFor ?? at
    if wanted != nil, plannedFor != underWay?.plannedFor, plannedFor < at {
      throw .plannedInThePast(plannedFor, at: at, in: circumstances.zone)
    }

    let before = underWay?.to == account ? underWay?.confirmed.map(\.requirement) ?? [] : []
    let new = confirmed.reduce(into: [String]()) { new, name in
      if !before.contains(name), !new.contains(name) { new.append(name) }
    }
    if let underWay, underWay.to == account, underWay.plannedFor == plannedFor, new.isEmpty {
      return SwitchDecision(nil)
    }
    let violations = [
      rules?.unconfirmed(before + new),
      rules?.tooSoon(plannedFor, after: lastRebinding, in: circumstances.zone),
    ]
    let overridden = try override(violations, .planned, of: shop, circumstances)
    let number = underWay?.number ?? switches.count + 1
    return SwitchDecision(
      .planned(
        SwitchPlan(
          number: number, to: account, plannedFor: plannedFor, confirmed: new,
          overridden: overridden.0)), overridden: overridden.1)
  }

  private func unbind(
    until: Moment?, finishBy: Moment?, of shop: ShopID, _ circumstances: SwitchCircumstances
  ) throws(Refusal) -> SwitchDecision {
    guard let underWay else { throw bindings.isEmpty ? .notBound(shop) : .noSwitch(shop) }
    let at = circumstances.at
    let unboundAt = underWay.unboundAt ?? at
    try requireInOrder(of: shop, circumstances)
    if let until, until < unboundAt {
      throw .endsBeforeUnbinding(until, unbound: unboundAt, in: circumstances.zone)
    }
    if underWay.state == .unbound {
      return try correct(underWay, until: until, finishBy: finishBy, in: circumstances.zone)
    }
    let violations = [
      circumstances.rules?.tooSoon(at, after: lastRebinding, in: circumstances.zone)
    ]
    let overridden = try override(violations, .unbound, of: shop, circumstances)
    var coolDown = AccountSwitch.CoolDown(until: until, isEstimate: false, finishBy: finishBy)
    if until == nil, let rules = circumstances.rules, let rule = rules.coolDown {
      coolDown = AccountSwitch.CoolDown(
        until: rules.end(of: rule.usual, from: at, in: circumstances.zone), isEstimate: true,
        latest: rule.most.map { rules.end(of: $0, from: at, in: circumstances.zone) }, finishBy: finishBy)
    }
    try requireInOrder(coolDown, unbound: at, in: circumstances.zone)
    return SwitchDecision(
      .unbound(switch: underWay.number, coolDown, overridden: overridden.0), overridden: overridden.1)
  }

  /// New values replace those given earlier; values that aren't given stay.
  private func correct(
    _ change: AccountSwitch, until: Moment?, finishBy: Moment?, in zone: Zone
  ) throws(Refusal) -> SwitchDecision {
    let old = change.coolDown
    let new = AccountSwitch.CoolDown(
      until: until ?? old?.until, isEstimate: until == nil && old?.isEstimate == true,
      latest: until == nil ? old?.latest : nil, finishBy: finishBy ?? old?.finishBy)
    if new == old { return SwitchDecision(nil) }
    try requireInOrder(new, unbound: change.unboundAt, in: zone)
    return SwitchDecision(.coolDownCorrected(switch: change.number, new))
  }

  private func rebind(
    to wanted: String?, of shop: ShopID, _ circumstances: SwitchCircumstances
  ) throws(Refusal) -> SwitchDecision {
    let wanted = try wanted.map { account throws(Refusal) in try SingleLineText.check(account, as: .account) }
    guard let underWay else {
      if let last = switches.last, last.state == .rebound || last.state == .cancelled,
        wanted == nil || wanted == bindings.last?.account
      {
        return SwitchDecision(nil)
      }
      throw bindings.isEmpty ? .notBound(shop) : .noSwitch(shop)
    }
    guard underWay.state == .unbound, let opensAt = underWay.opensAt, let unboundAt = underWay.unboundAt
    else { throw .notUnbound(shop, number: underWay.number) }
    let account = wanted ?? underWay.to
    guard account == underWay.to || account == underWay.from else {
      throw .otherAccount(shop, wanted: account, planned: underWay.to, old: underWay.from)
    }
    let at = circumstances.at
    try requireInOrder(of: shop, circumstances)
    var violation: RuleViolation?
    if at < opensAt, underWay.coolDown?.isEstimate == false {
      violation = RuleViolation(
        rule: .coolDown, reason: .pageShows, place: nil, allowedFrom: opensAt, in: circumstances.zone)
    } else if at < opensAt, let rules = circumstances.rules, let rule = rules.coolDown {
      violation = RuleViolation(
        rule: .coolDown, reason: .coolsUsually(rule.usual, since: unboundAt), place: rules.places[.coolDown],
        allowedFrom: opensAt, in: circumstances.zone)
    }
    let overridden = try override([violation], .rebound, of: shop, circumstances)
    return SwitchDecision(
      .rebound(switch: underWay.number, to: account, overridden: overridden.0), overridden: overridden.1)
  }

  /// Throws `forbidden` with all violations, unless they are overridden.
  private func override(
    _ violations: [RuleViolation?], _ step: Milestone, of shop: ShopID, _ circumstances: SwitchCircumstances
  ) throws(Refusal) -> (Overridden?, [RuleViolation]) {
    let violations = violations.compactMap { $0 }
    if violations.isEmpty { return (nil, []) }
    guard let reason = circumstances.override else {
      throw .forbidden(step, shop, platform: circumstances.rules?.platform, violations)
    }
    let checked = try MultilineText.check(reason, as: .reason)
    return (Overridden(rules: violations.map(\.rule), reason: checked), violations)
  }

  private func requireInOrder(of shop: ShopID, _ circumstances: SwitchCircumstances) throws(Refusal) {
    if let lastChange, circumstances.at < lastChange {
      throw .beforeTheLastStep(shop, at: circumstances.at, last: lastChange, in: circumstances.zone)
    }
  }

  /// Times that the page shows must be in order. An estimate may turn out wrong, so it isn't compared.
  private func requireInOrder(
    _ coolDown: AccountSwitch.CoolDown, unbound: Moment?, in zone: Zone
  ) throws(Refusal) {
    guard let finishBy = coolDown.finishBy else { return }
    if let opens = coolDown.isEstimate ? unbound : coolDown.until ?? unbound, finishBy < opens {
      throw .finishBeforeItOpens(finishBy, opens: opens, in: zone)
    }
  }
}

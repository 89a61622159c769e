import Domain

/// Records a shop's first binding, or a step of a switch, together with the runs that begin, move or stop
/// because of it.
package struct ChangeSwitch {
  /// Times without an offset are in the shop's zone.
  package enum Step: Sendable {
    case bind(String)
    case plan(to: String, plannedFor: TimeText?, confirmed: [String])
    case unbind(until: TimeText?, finishBy: TimeText?)
    case rebind(to: String?)
    case abandon(reason: String)
  }

  /// The result for one shop.
  package struct Outcome: Sendable {
    package let shop: Shop
    /// The zone in which the shop's times are shown.
    package let zone: Zone
    /// The bindings and switches after the step.
    package let history: BindingHistory
    /// Nil if nothing had to change.
    package let change: AccountChange?
    /// When the step happened.
    package let at: Moment
    /// Rules that forbade the step and were overridden.
    package let overridden: [RuleViolation]
    /// The platform's rules; nil if there are none.
    package let rules: PlatformRules?
    /// Runs that began, moved or stopped, and items that were ticked.
    package let effects: SwitchEffects

    /// The deadline that the page showed, if the rebinding missed it.
    package var missedFinish: Moment? {
      guard case .rebound = change, let finishBy = history.switches.last?.coolDown?.finishBy else {
        return nil
      }
      return at > finishBy ? finishBy : nil
    }
  }

  private let making: RunFactory
  private let by: Author
  private let now: Moment

  package init(definitions: Definitions, zones: any ZoneSource, by: Author, now: Moment) {
    making = RunFactory(definitions: definitions, zones: zones)
    self.by = by
    self.now = now
  }

  /// Throws a `Refusal` before anything is written, or a `StoreError`.
  ///
  /// - Parameter at: when the step happened; nil: now.
  /// - Parameter override: the reason for overriding rules; nil: they aren't overridden.
  package func callAsFunction(
    _ step: Step, of shop: ShopID, at time: TimeText?, override: String?, in transaction: any StoreWriting
  ) throws -> Outcome {
    let stored = try transaction.requireLocked(shop)
    if stored.shop.archived { throw Refusal.shopArchived(shop) }
    let rules = stored.shop.platform.flatMap { making.definitions.platforms[$0] }
    // Rules count days in this zone as well.
    let zone = try making.shopZones.meant(try transaction.zone(of: stored.shop))
    let at = try time?.moment(.happened, in: zone, now: now) ?? now
    let history = try transaction.history(of: shop)
    let decision = try history.decide(
      try step.request(in: zone, at: at, now: now), of: shop,
      SwitchCircumstances(rules: rules, zone: zone, override: override, at: at, now: now))
    guard let change = decision.change else {
      return Outcome(
        shop: stored.shop, zone: zone, history: history, change: nil, at: at, overridden: [], rules: rules,
        effects: SwitchEffects())
    }
    var recorder = try SwitchRecorder(
      stored, history, recording: change, making: making, in: transaction, by: by, now: now)
    try recorder.record(change, at: at)
    try recorder.save()
    return Outcome(
      shop: stored.shop, zone: zone, history: recorder.history, change: change, at: at,
      overridden: decision.overridden, rules: rules, effects: recorder.effects)
  }
}

extension ChangeSwitch.Step {
  /// - Parameter at: when the step happened.
  fileprivate func request(in zone: Zone, at: Moment, now: Moment) throws(Refusal) -> RequestedSwitchChange {
    func moment(_ time: TimeText?, _ role: TimeRole) throws(Refusal) -> Moment? {
      guard let time else { return nil }
      return try time.moment(role, in: zone, now: now, of: at)
    }
    return switch self {
    case .bind(let account): .bind(account)
    case .plan(let to, let plannedFor, let confirmed):
      .plan(to: to, plannedFor: try moment(plannedFor, .begins), confirmed: confirmed)
    case .unbind(let until, let finishBy):
      .unbind(until: try moment(until, .begins), finishBy: try moment(finishBy, .ends))
    case .rebind(let to): .rebind(to: to)
    case .abandon(let reason): .abandon(reason: reason)
    }
  }
}

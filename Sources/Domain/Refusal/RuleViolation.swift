/// A rule of a platform that forbids a step of a switch.
package struct RuleViolation: Sendable, Hashable {
  /// What the rule says in this case.
  package enum Reason: Sendable, Hashable {
    /// Nobody confirmed these of the new account.
    case unconfirmed([String])
    /// The platform's page showed when rebinding opens.
    case pageShows
    /// The usual cool-down, counted from unbinding.
    case coolsUsually(CalendarDuration, since: Moment)
    /// The least time between a rebinding and the next unbinding.
    case tooSoon(CalendarDuration, since: Moment)
  }

  package let rule: PlatformRules.Rule
  /// What it says.
  package let reason: Reason
  /// Where it stands; nil for what the platform's page showed.
  package let place: PlatformRules.Place?
  /// The moment from which it allows the step; nil where no moment does.
  package let allowedFrom: Moment?
  /// In whose days it counts, where it counts any.
  package let zone: Zone

  package init(
    rule: PlatformRules.Rule, reason: Reason, place: PlatformRules.Place?, allowedFrom: Moment?,
    in zone: Zone = .utc
  ) {
    self.rule = rule
    self.reason = reason
    self.place = place
    self.allowedFrom = allowedFrom
    self.zone = zone
  }
}

extension PlatformRules {
  /// When a rule's time has passed that counts from a moment.
  func end(of duration: CalendarDuration, from start: Moment, in zone: Zone) -> Moment {
    duration.dueAt(from: start, in: zone, calendar: nil).moment
  }

  func unconfirmed(_ confirmed: [String]) -> RuleViolation? {
    let missing = requires.filter { !confirmed.contains($0) }
    if missing.isEmpty { return nil }
    return RuleViolation(
      rule: .requires, reason: .unconfirmed(missing), place: places[.requires], allowedFrom: nil)
  }

  /// Whether unbinding at a moment is too soon after the last rebinding.
  func tooSoon(_ moment: Moment, after last: Moment?, in zone: Zone) -> RuleViolation? {
    guard let betweenSwitches, let last else { return nil }
    let allowedFrom = end(of: betweenSwitches, from: last, in: zone)
    if moment >= allowedFrom { return nil }
    return RuleViolation(
      rule: .betweenSwitches, reason: .tooSoon(betweenSwitches, since: last),
      place: places[.betweenSwitches], allowedFrom: allowedFrom, in: zone)
  }
}

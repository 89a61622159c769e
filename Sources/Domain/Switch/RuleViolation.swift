/// A rule of a platform that forbids a step of a switch.
public struct RuleViolation: Sendable, Hashable {
  /// What the rule says in this case.
  public enum Reason: Sendable, Hashable {
    /// Nobody confirmed these of the new account.
    case unconfirmed([String])
    /// The platform's page showed when rebinding opens.
    case pageShows
    /// The usual cool-down, counted from unbinding.
    case coolsUsually(Deadline, since: Moment)
    /// The least time between a rebinding and the next unbinding.
    case tooSoon(Deadline, since: Moment)

    /// What it counts from.
    var since: Moment? {
      switch self {
      case .coolsUsually(_, let since), .tooSoon(_, let since): since
      case .unconfirmed, .pageShows: nil
      }
    }
  }

  /// The rule.
  public let rule: PlatformRules.Rule
  /// What it says.
  public let reason: Reason
  /// Where it stands; nil for what the platform's page showed.
  public let place: PlatformRules.Place?
  /// The moment from which it allows the step; nil where no moment does.
  public let allowedFrom: Moment?
  /// `allowedFrom` as the shop's clocks show it, such as `2026-12-01 10:00 Asia/Shanghai`.
  public let allowedFromShown: String?
  /// What the rule counts from, shown likewise, without the zone's name.
  public let sinceShown: String?

  package init(
    rule: PlatformRules.Rule, reason: Reason, place: PlatformRules.Place?, allowedFrom: Moment?,
    in zone: Zone = .utc
  ) {
    self.rule = rule
    self.reason = reason
    self.place = place
    self.allowedFrom = allowedFrom
    allowedFromShown = allowedFrom.map { "\(zone.format($0)) \(zone.name)" }
    sinceShown = reason.since.map(zone.format)
  }
}

extension PlatformRules {
  /// When a rule's time has passed that counts from a moment.
  func end(of duration: Deadline, from start: Moment, in zone: Zone) -> Moment {
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

/// A rule of a platform that forbids a step of a switch.
package struct RuleViolation: Sendable, Hashable {
  /// What the rule says in this case.
  package enum Reason: Sendable, Hashable {
    /// Requirements that nobody has confirmed for the new account.
    case unconfirmed([String])
    /// Rebinding isn't open yet, according to the platform's page.
    case pageShows
    /// The usual cool-down since unbinding isn't over.
    case coolsUsually(CalendarDuration, since: Moment)
    /// The minimum time from a rebinding to the next unbinding isn't over.
    case tooSoon(CalendarDuration, since: Moment)
  }

  package let rule: PlatformRules.Rule
  package let reason: Reason
  /// Where the rule is stated; nil for times that the platform's page showed.
  package let place: PlatformRules.Place?
  /// When the rule will allow the step; nil if waiting doesn't help.
  package let allowedFrom: Moment?
  /// The zone whose days the rule counts.
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

extension PlatformRules {
  /// When a rule's duration ends that counts from a moment.
  func end(of duration: CalendarDuration, from start: Moment, in zone: Zone) -> Moment {
    duration.dueAt(from: start, in: zone, calendar: nil).moment
  }

  func unconfirmed(_ confirmed: [String]) -> RuleViolation? {
    let missing = requires.filter { !confirmed.contains($0) }
    if missing.isEmpty { return nil }
    return RuleViolation(
      rule: .requires, reason: .unconfirmed(missing), place: places[.requires], allowedFrom: nil)
  }

  /// The violation if unbinding at a moment is too soon after the last rebinding; else nil.
  func tooSoon(_ moment: Moment, after last: Moment?, in zone: Zone) -> RuleViolation? {
    guard let betweenSwitches, let last else { return nil }
    let allowedFrom = end(of: betweenSwitches, from: last, in: zone)
    if moment >= allowedFrom { return nil }
    return RuleViolation(
      rule: .betweenSwitches, reason: .tooSoon(betweenSwitches, since: last),
      place: places[.betweenSwitches], allowedFrom: allowedFrom, in: zone)
  }
}

/// A shop's tie to its primary account. It can't be changed, only ended and begun anew.
package struct Binding: Sendable, Hashable {
  package let account: String
  /// Nil if it began before the records and nobody said when.
  package let since: Moment?
  /// The number of the switch that began it; nil for the first binding.
  package let begunBy: Int?
  /// Nil while it holds.
  package internal(set) var ended: Moment?
  /// The number of the switch that ended it.
  package internal(set) var endedBy: Int?

  package init(account: String, since: Moment?, begunBy: Int?, ended: Moment? = nil, endedBy: Int? = nil) {
    self.account = account
    self.since = since
    self.begunBy = begunBy
    self.ended = ended
    self.endedBy = endedBy
  }
}

package enum SwitchState: String, Sendable, CaseIterable {
  case planned
  /// The old account is unbound; the cool-down is running or over.
  case unbound
  case rebound
  /// Ended with the old account bound again.
  case cancelled
  /// Given up before the old account was unbound.
  case abandoned

  /// Whether the switch has yet to end.
  package var isUnderWay: Bool { self == .planned || self == .unbound }
}

/// One complete change of a shop's primary account, from plan to end.
package struct AccountSwitch: Sendable, Hashable {
  /// A requirement that somebody confirmed the new account meets.
  package struct Confirmation: Sendable, Hashable {
    /// A name from the platform's rules, such as `registered`.
    package let requirement: String
    package let by: String
    /// The number of the shop link that was used; nil for any other way.
    package let link: Int?
    package let at: Moment

    package init(requirement: String, by: String, link: Int? = nil, at: Moment) {
      self.requirement = requirement
      self.by = by
      self.link = link
      self.at = at
    }
  }

  /// The wait between unbinding and rebinding.
  package struct CoolDown: Sendable, Hashable {
    /// When rebinding opens; nil if neither the page nor a rule says.
    package let until: Moment?
    /// True if `until` was computed from the platform's rules; false if the platform's page showed it.
    package let isEstimate: Bool
    /// For an estimate, the longest cool-down seen so far.
    package let latest: Moment?
    /// The deadline for rebinding that the page showed.
    package let finishBy: Moment?

    package init(until: Moment?, isEstimate: Bool, latest: Moment? = nil, finishBy: Moment? = nil) {
      self.until = until
      self.isEstimate = isEstimate
      self.latest = latest
      self.finishBy = finishBy
    }
  }

  /// A step that was taken against the rules.
  package struct Override: Sendable, Hashable {
    /// The step: planned, unbound or rebound.
    package let step: Milestone
    package let rules: [PlatformRules.Rule]
    package let reason: String
    package let by: String
    package let at: Moment

    package init(step: Milestone, rules: [PlatformRules.Rule], reason: String, by: String, at: Moment) {
      self.step = step
      self.rules = rules
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// From 1, per shop.
  package let number: Int
  package let from: String
  package internal(set) var to: String
  package internal(set) var state: SwitchState
  /// When it was first planned; later changes of the plan leave it.
  package let plannedAt: Moment
  /// The time for which unbinding is planned.
  package internal(set) var plannedFor: Moment
  /// Requirements confirmed for `to`, in order of confirmation.
  package internal(set) var confirmed: [Confirmation]
  /// Nil until the old account is unbound.
  package internal(set) var unboundAt: Moment?
  /// Nil until the old account is unbound.
  package internal(set) var coolDown: CoolDown?
  /// When it was rebound, cancelled or abandoned.
  package internal(set) var endedAt: Moment?
  /// Only for an abandoned switch.
  package internal(set) var reason: String?
  /// In order of recording.
  package internal(set) var overrides: [Override]
  /// Whether it had ended before it was recorded. Such a switch closes no runs.
  package let isImported: Bool

  package init(
    number: Int, from: String, to: String, state: SwitchState, plannedAt: Moment, plannedFor: Moment,
    confirmed: [Confirmation] = [], unboundAt: Moment? = nil, coolDown: CoolDown? = nil,
    endedAt: Moment? = nil, reason: String? = nil, overrides: [Override] = [], isImported: Bool = false
  ) {
    self.number = number
    self.from = from
    self.to = to
    self.state = state
    self.plannedAt = plannedAt
    self.plannedFor = plannedFor
    self.confirmed = confirmed
    self.unboundAt = unboundAt
    self.coolDown = coolDown
    self.endedAt = endedAt
    self.reason = reason
    self.overrides = overrides
    self.isImported = isImported
  }

  /// When the switch passed a milestone at which runs are closed. Nil if it hasn't, and for a switch that
  /// closes nothing because it was cancelled or imported.
  package func closing(at milestone: Milestone) -> Moment? {
    if isImported { return nil }
    switch milestone {
    case .unbound where state == .unbound || state == .rebound: return unboundAt
    case .rebound where state == .rebound: return endedAt
    default: return nil
    }
  }

  /// When rebinding opens: at the end of the cool-down, or at unbinding if none is known. Nil before
  /// unbinding.
  package var opensAt: Moment? { unboundAt.map { coolDown?.until ?? $0 } }
}

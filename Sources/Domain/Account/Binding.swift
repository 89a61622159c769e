/// The relation of a shop to its primary account. It can't be changed, only ended and begun anew.
package struct Binding: Sendable, Hashable {
  /// The platform account.
  package let account: String
  /// When it began; nil when that was before the records and nobody said.
  package let since: Moment?
  /// The number of the switch that began it; nil for the first.
  package let begunBy: Int?
  /// When it ended; nil while it holds.
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

/// Where a switch stands.
package enum SwitchState: String, Sendable, CaseIterable {
  case planned
  /// The old account is unbound; the cool-down runs, or is over.
  case unbound
  case rebound
  /// It ended with the old account bound again.
  case cancelled
  /// It was given up before unbinding.
  case abandoned

  /// Whether it still has to end.
  package var isUnderWay: Bool { self == .planned || self == .unbound }
}

/// One whole change of a shop's primary account.
package struct AccountSwitch: Sendable, Hashable {
  /// What somebody said to be so of the new account.
  package struct Confirmation: Sendable, Hashable {
    /// A name of the platform's rules, such as `registered`.
    package let requirement: String
    /// Who said so.
    package let by: String
    /// The number of the link by which it was said; nil where it was said otherwise.
    package let link: Int?
    /// When.
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
    /// When rebinding opens; nil when neither the page nor a rule says.
    package let until: Moment?
    /// `until` was reckoned by the platform's rules; otherwise the platform's page showed it.
    package let isEstimate: Bool
    /// Of an estimate, the latest that was seen.
    package let latest: Moment?
    /// When rebinding must be finished, as the page showed it.
    package let finishBy: Moment?

    package init(until: Moment?, isEstimate: Bool, latest: Moment? = nil, finishBy: Moment? = nil) {
      self.until = until
      self.isEstimate = isEstimate
      self.latest = latest
      self.finishBy = finishBy
    }
  }

  /// A step that rules forbade, and that was taken all the same.
  package struct Override: Sendable, Hashable {
    /// The step: planned, unbound or rebound.
    package let step: Milestone
    /// The rules that forbade it.
    package let rules: [PlatformRules.Rule]
    /// Why it was taken.
    package let reason: String
    /// By whom.
    package let by: String
    /// When the step was taken.
    package let at: Moment

    package init(step: Milestone, rules: [PlatformRules.Rule], reason: String, by: String, at: Moment) {
      self.step = step
      self.rules = rules
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// Its number in the shop, from 1.
  package let number: Int
  /// The account that was bound.
  package let from: String
  /// The account that is to be bound.
  package internal(set) var to: String
  /// Where it stands.
  package internal(set) var state: SwitchState
  /// When it was first planned.
  package let plannedAt: Moment
  /// When the old account is to be unbound.
  package internal(set) var plannedFor: Moment
  /// What was confirmed of `to`, in the order in which it was.
  package internal(set) var confirmed: [Confirmation]
  /// Set from unbinding on.
  package internal(set) var unboundAt: Moment?
  /// Set from unbinding on.
  package internal(set) var coolDown: CoolDown?
  /// When it was rebound, cancelled or abandoned.
  package internal(set) var endedAt: Moment?
  /// Why it was abandoned.
  package internal(set) var reason: String?
  /// In the order in which they were recorded.
  package internal(set) var overrides: [Override]
  /// It had ended before it was recorded.
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

  /// When it passed a milestone at which runs are closed; nil where it hasn't, and for a switch that closes nothing,
  /// because it was cancelled or imported.
  package func closing(at milestone: Milestone) -> Moment? {
    if isImported { return nil }
    switch milestone {
    case .unbound where state == .unbound || state == .rebound: return unboundAt
    case .rebound where state == .rebound: return endedAt
    default: return nil
    }
  }

  /// When rebinding opens: at the end of the cool-down, or at once where none is known. Nil before unbinding.
  package var opensAt: Moment? { unboundAt.map { coolDown?.until ?? $0 } }
}

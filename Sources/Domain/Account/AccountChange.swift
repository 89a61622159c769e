/// What can happen to a shop's binding.
package enum AccountChange: Sendable, Hashable {
  /// The first binding; `since` is nil when nobody knows when it began.
  case bound(account: String, since: Moment?)
  /// A switch is planned, or its plan changes.
  case planned(SwitchPlan)
  case unbound(switch: Int, AccountSwitch.CoolDown, overridden: Overridden?)
  /// The page shows other times than were recorded.
  case coolDownCorrected(switch: Int, AccountSwitch.CoolDown)
  /// To the planned account, or to the old one.
  case rebound(switch: Int, to: String, overridden: Overridden?)
  case abandoned(switch: Int, reason: String)
}

/// What a plan says.
package struct SwitchPlan: Sendable, Hashable {
  /// The switch, numbered from 1 for each shop.
  package let number: Int
  /// The account that is to be bound.
  package let to: String
  /// When the old account is to be unbound.
  package let plannedFor: Moment
  /// What is confirmed of `to` by whoever plans, besides what was confirmed of it before.
  package let confirmed: [String]
  /// Rules that forbade it.
  package let overridden: Overridden?
  /// The switch had ended before it was recorded: it was imported, and closes no runs.
  package let isImported: Bool

  package init(
    number: Int, to: String, plannedFor: Moment, confirmed: [String], overridden: Overridden?,
    isImported: Bool = false
  ) {
    self.number = number
    self.to = to
    self.plannedFor = plannedFor
    self.confirmed = confirmed
    self.overridden = overridden
    self.isImported = isImported
  }

  /// The same plan of a switch that had ended before it was recorded.
  package var imported: SwitchPlan {
    SwitchPlan(
      number: number, to: to, plannedFor: plannedFor, confirmed: confirmed, overridden: overridden,
      isImported: true)
  }
}

/// Rules that a step was taken against.
package struct Overridden: Sendable, Hashable {
  /// The rules, in the order of `PlatformRules.Rule`.
  package let rules: [PlatformRules.Rule]
  /// Why the step was taken all the same.
  package let reason: String

  package init(rules: [PlatformRules.Rule], reason: String) {
    self.rules = rules
    self.reason = reason
  }
}

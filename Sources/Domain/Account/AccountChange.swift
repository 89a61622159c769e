/// A change of a shop's binding.
package enum AccountChange: Sendable, Hashable {
  /// A first binding. `since` is nil if nobody knows when it began.
  case bound(account: String, since: Moment?)
  /// A switch is planned, or its plan changes.
  case planned(SwitchPlan)
  case unbound(switch: Int, AccountSwitch.CoolDown, overridden: Overridden?)
  /// The platform's page shows other times than those recorded.
  case coolDownCorrected(switch: Int, AccountSwitch.CoolDown)
  /// To the planned account, or back to the old one, which cancels the switch.
  case rebound(switch: Int, to: String, overridden: Overridden?)
  case abandoned(switch: Int, reason: String)
}

package struct SwitchPlan: Sendable, Hashable {
  /// The switch, numbered from 1 for each shop.
  package let number: Int
  package let to: String
  /// The time for which unbinding the old account is planned.
  package let plannedFor: Moment
  /// Requirements that the planner now confirms for `to`, besides those confirmed earlier.
  package let confirmed: [String]
  /// Set if platform rules forbade the step and it was taken anyway.
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

  /// This plan, marked as imported.
  package var imported: SwitchPlan {
    SwitchPlan(
      number: number, to: to, plannedFor: plannedFor, confirmed: confirmed, overridden: overridden,
      isImported: true)
  }
}

/// The rules that a step broke, and the reason given for it.
package struct Overridden: Sendable, Hashable {
  /// The rules, in the order of `PlatformRules.Rule`.
  package let rules: [PlatformRules.Rule]
  /// Why the step was taken anyway.
  package let reason: String

  package init(rules: [PlatformRules.Rule], reason: String) {
    self.rules = rules
    self.reason = reason
  }
}

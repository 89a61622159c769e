/// A shop's bindings and the switches between them. Switches are the only gaps between bindings.
package struct BindingHistory: Sendable, Hashable {
  /// Oldest first. All but the last have ended; the last has ended only while a switch is unbound.
  package private(set) var bindings: [Binding]
  /// By number. Only the last can be in progress.
  package private(set) var switches: [AccountSwitch]

  package init(bindings: [Binding] = [], switches: [AccountSwitch] = []) {
    self.bindings = bindings
    self.switches = switches
  }

  /// The binding in force; nil before the first, and while a switch is unbound.
  package var current: Binding? { bindings.last.flatMap { $0.ended == nil ? $0 : nil } }

  /// The switch in progress, if any.
  package var underWay: AccountSwitch? { switches.last.flatMap { $0.state.isUnderWay ? $0 : nil } }

  /// When a switch last bound an account, including a cancelled one that bound the old account again.
  package var lastRebinding: Moment? {
    switches.last { $0.state == .rebound || $0.state == .cancelled }?.endedAt
  }

  /// When a switch was last completed: the shop was bound to the new account.
  package var lastCompletion: Moment? { switches.last { $0.state == .rebound }?.endedAt }

  /// When the latest switch passed the milestone at which the checklist closes; nil if runs can begin.
  package func closing(of checklist: Checklist) -> (milestone: Milestone, at: Moment)? {
    guard let closes = checklist.closes, let at = switches.last?.closing(at: closes) else { return nil }
    return (closes, at)
  }

  /// When the milestone passed at which the run's checklist closes, in the switch that began the run. For a
  /// run started by hand, in the first switch that passed it since, else in the latest.
  package func closing(of run: Run) -> (milestone: Milestone, at: Moment)? {
    guard let closes = run.definition.checklist.closes else { return nil }
    if let number = run.accountSwitch {
      let own = switches.first { $0.number == number }
      return own?.closing(at: closes).map { (closes, $0) }
    }
    let passed = switches.compactMap { $0.closing(at: closes) }
    if let first = passed.first(where: { $0 >= run.began }) { return (closes, first) }
    return closing(of: run.definition.checklist)
  }

  /// Changes recorded now can't have happened before this.
  var lastChange: Moment? {
    let last = switches.last.map { $0.endedAt ?? $0.unboundAt ?? $0.plannedAt }
    return last ?? bindings.last?.since
  }

  /// Applies a change. Throws if it refers to something that doesn't exist.
  ///
  /// - Parameter link: the number of the shop link that was used.
  mutating func apply(
    _ change: AccountChange, by name: String, link: Int?, at: Moment
  ) throws(ShopRecord.Contradiction) {
    if let lastChange, at < lastChange { throw .init(problem: "a binding changes before it began") }
    switch change {
    case .bound(let account, let since):
      if !bindings.isEmpty { throw .init(problem: "the shop is bound twice") }
      bindings.append(Binding(account: account, since: since, begunBy: nil))
    case .planned(let plan): try apply(plan, by: name, link: link, at: at)
    case .unbound(let number, let coolDown, let overridden):
      try changeSwitch(number, in: .planned) { ended in
        ended.state = .unbound
        ended.unboundAt = at
        ended.coolDown = coolDown
        ended.note(overridden, step: .unbound, by: name, at: at)
      }
      bindings[bindings.count - 1].ended = at
      bindings[bindings.count - 1].endedBy = number
    case .coolDownCorrected(let number, let coolDown):
      try changeSwitch(number, in: .unbound) { $0.coolDown = coolDown }
    case .rebound(let number, let account, let overridden):
      if let underWay, account != underWay.to, account != underWay.from {
        throw .init(problem: "switch \(number) ends with another account")
      }
      try changeSwitch(number, in: .unbound) { change in
        change.state = account == change.from ? .cancelled : .rebound
        change.endedAt = at
        change.note(overridden, step: .rebound, by: name, at: at)
      }
      bindings.append(Binding(account: account, since: at, begunBy: number))
    case .abandoned(let number, let reason):
      try changeSwitch(number, in: .planned) { ended in
        ended.state = .abandoned
        ended.endedAt = at
        ended.reason = reason
      }
    }
  }

  private mutating func apply(
    _ plan: SwitchPlan, by name: String, link: Int?, at: Moment
  ) throws(ShopRecord.Contradiction) {
    let said = plan.confirmed.map {
      AccountSwitch.Confirmation(requirement: $0, by: name, link: link, at: at)
    }
    if let last = bindings.last, last.account == plan.to {
      throw .init(problem: "switch \(plan.number) leads to the account that is bound")
    }
    if let last = underWay {
      guard last.number == plan.number else { throw .init(problem: "switch \(last.number) hasn't ended") }
      try changeSwitch(plan.number, in: .planned) { change in
        change.confirmed = (change.to == plan.to ? change.confirmed : []) + said
        change.to = plan.to
        change.plannedFor = plan.plannedFor
        change.note(plan.overridden, step: .planned, by: name, at: at)
      }
      return
    }
    guard let current else { throw .init(problem: "a shop without a binding is switched") }
    guard plan.number == switches.count + 1 else {
      throw .init(problem: "switch \(plan.number) is planned out of turn")
    }
    var change = AccountSwitch(
      number: plan.number, from: current.account, to: plan.to, state: .planned, plannedAt: at,
      plannedFor: plan.plannedFor, confirmed: said, isImported: plan.isImported)
    change.note(plan.overridden, step: .planned, by: name, at: at)
    switches.append(change)
  }

  private mutating func changeSwitch(
    _ number: Int, in state: SwitchState, _ body: (inout AccountSwitch) -> Void
  ) throws(ShopRecord.Contradiction) {
    guard let last = switches.last, last.number == number, last.state == state else {
      throw .init(problem: "switch \(number) isn't \(state.rawValue)")
    }
    body(&switches[switches.count - 1])
  }
}

extension AccountSwitch {
  fileprivate mutating func note(_ overridden: Overridden?, step: Milestone, by name: String, at: Moment) {
    guard let overridden else { return }
    overrides.append(
      Override(step: step, rules: overridden.rules, reason: overridden.reason, by: name, at: at))
  }
}

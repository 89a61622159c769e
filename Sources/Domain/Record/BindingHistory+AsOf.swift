extension BindingHistory {
  /// The history as it stood at a moment, according to today's records: a plan that has changed since shows
  /// its last account.
  package func asOf(_ moment: Moment) -> BindingHistory {
    BindingHistory(
      bindings: bindings.compactMap { binding in
        if let since = binding.since, since > moment { return nil }
        guard let ended = binding.ended, ended > moment else { return binding }
        return Binding(account: binding.account, since: binding.since, begunBy: binding.begunBy)
      }, switches: switches.compactMap { $0.asOf(moment) })
  }
}

extension AccountSwitch {
  /// The switch as it stood at a moment; nil before it was planned.
  package func asOf(_ moment: Moment) -> AccountSwitch? {
    if plannedAt > moment { return nil }
    var change = self
    change.confirmed.removeAll { $0.at > moment }
    change.overrides.removeAll { $0.at > moment }
    if let endedAt, endedAt > moment {
      (change.endedAt, change.reason) = (nil, nil)
      change.state = unboundAt == nil ? .planned : .unbound
    }
    if let unboundAt, unboundAt > moment {
      (change.unboundAt, change.coolDown) = (nil, nil)
      change.state = .planned
    }
    return change
  }
}

/// What a switch that is under way waits for at a moment.
package enum SwitchOutlook: Sendable, Hashable {
  case planned(for: Moment)
  case cooling(until: Moment)
  /// Rebinding is open; where no cool-down is known, it has been since unbinding.
  case open(since: Moment)
  /// The page said that rebinding had to be finished by then.
  case missed(finishBy: Moment)

  /// Nil for a switch that has ended.
  package init?(_ change: AccountSwitch, now: Moment) {
    switch change.state {
    case .rebound, .cancelled, .abandoned: return nil
    case .planned: self = .planned(for: change.plannedFor)
    case .unbound:
      let opensAt = change.opensAt ?? change.plannedFor
      if let finishBy = change.coolDown?.finishBy, now > finishBy {
        self = .missed(finishBy: finishBy)
      } else {
        self = now >= opensAt ? .open(since: opensAt) : .cooling(until: opensAt)
      }
    }
  }
}

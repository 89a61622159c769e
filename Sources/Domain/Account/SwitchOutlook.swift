/// What a switch in progress is waiting for.
package enum SwitchOutlook: Sendable, Hashable {
  case planned(for: Moment)
  case cooling(until: Moment)
  /// Rebinding is open, since unbinding if no cool-down is known.
  case open(since: Moment)
  /// The deadline that the platform's page showed has passed.
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

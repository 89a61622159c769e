/// A time as people write it, and as exactly as they wrote it.
public enum TimeText: Sendable, Hashable {
  /// A day without a time.
  case date(CivilDate)
  /// A time on somebody's clock, without an offset.
  case local(CivilDate, secondsOfDay: Int)
  /// A time with its offset.
  case absolute(Moment)

  /// When something is due that is due then: a date alone means the midnight that ends it.
  public func resolveDue(in zone: Zone) -> Moment {
    switch self {
    case .date(let date): zone.moment(of: date + 1, secondsOfDay: 0)
    case .local(let date, let secondsOfDay): zone.moment(of: date, secondsOfDay: secondsOfDay)
    case .absolute(let moment): moment
    }
  }

  /// When something happened that happened then: a date alone means the midnight that ends it, or now
  /// where that is still to come. Any other time is given as it is, also when it is later than now.
  public func resolveHappened(in zone: Zone, now: Moment) -> Moment {
    if case .date = self { return min(resolveDue(in: zone), now) }
    return resolveDue(in: zone)
  }

  /// The first moment that it can mean: a date alone begins where the day before ends.
  public func begins(in zone: Zone) -> Moment {
    if case .date(let date) = self { return zone.moment(of: date, secondsOfDay: 0) }
    return resolveDue(in: zone)
  }
}

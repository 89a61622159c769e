/// A time as people write it, and as exactly as they wrote it.
package enum TimeText: Sendable, Hashable {
  /// A day without a time.
  case date(CivilDate)
  /// A time on somebody's clock, without an offset; 86,400 seconds are the midnight that ends the day.
  case local(CivilDate, secondsOfDay: Int)
  /// A time with its offset.
  case absolute(Moment)
  /// A time of day without a day.
  case timeOfDay(Int)
  /// A day counted from today, which is 0; nil: without a time.
  case day(Int, secondsOfDay: Int?)
  /// So long from now, or before it.
  case fromNow(CalendarDuration)

  /// Whether it says something else tomorrow: nothing to keep in a file.
  var isRelative: Bool {
    switch self {
    case .date, .local, .absolute: false
    case .timeOfDay, .day, .fromNow: true
    }
  }
}

/// What a time is said of. It decides what a date alone means, and which day `18:00` is on.
package enum TimeRole: Sendable, Hashable {
  /// What has happened. A date alone is the earlier of its end and now; `18:00` is the latest.
  case happened
  /// What begins then, such as a planned step: a date alone is the midnight that begins it, or now where that is
  /// on it; `18:00` is the next.
  case begins
  /// What has to be done by then: a date alone is the midnight that ends it; `18:00` is the next.
  case ends
  /// What is looked at: a date alone is the earlier of its end and now, or, after today, its end; `18:00` is
  /// today's.
  case shown
}

extension TimeText {
  /// The moment that is meant. One that hasn't come yet is given as it is, also of what has happened: who asks
  /// refuses it.
  ///
  /// - Parameter zone: asked for only where the time depends on it.
  /// - Parameter step: when what it is said with happens, where that isn't now.
  package func moment(
    _ role: TimeRole, in zone: @autoclosure () throws(Refusal) -> Zone, now: Moment, of step: Moment? = nil
  ) throws(Refusal) -> Moment {
    switch self {
    case .absolute(let moment): return moment
    case .fromNow(let length) where length.unit == .minutes || length.unit == .hours:
      return try Self.possible(length.dueAt(from: now, in: .utc, calendar: nil).moment, in: .utc)
    default: break
    }
    let zone = try zone()
    let today = zone.local(now).date
    switch self {
    case .absolute(let moment): return moment
    case .local(let date, let secondsOfDay):
      return try Self.possible(zone.moment(of: date, secondsOfDay: secondsOfDay), in: zone)
    case .day(let days, let secondsOfDay?):
      return try Self.possible(zone.moment(of: today + days, secondsOfDay: secondsOfDay), in: zone)
    case .fromNow(let length):
      return try Self.possible(length.dueAt(from: now, in: zone, calendar: nil).moment, in: zone)
    case .timeOfDay(let secondsOfDay):
      let candidates = (-1...2).map { zone.moment(of: today + $0, secondsOfDay: secondsOfDay) }
      let found =
        switch role {
        case .happened: candidates.last { $0 <= now }
        case .begins, .ends: candidates.first { $0 > now }
        case .shown: candidates[1]
        }
      return try Self.possible(found ?? candidates[1], in: zone)
    case .date(let date): return try Self.moment(of: date, role, in: zone, now: now, of: step)
    case .day(let days, secondsOfDay: nil):
      return try Self.moment(of: today + days, role, in: zone, now: now, of: step)
    }
  }

  private static func moment(
    of date: CivilDate, _ role: TimeRole, in zone: Zone, now: Moment, of step: Moment?
  ) throws(Refusal) -> Moment {
    let beginning = zone.moment(of: date, secondsOfDay: 0)
    let end = zone.moment(of: date + 1, secondsOfDay: 0)
    switch role {
    case .happened: return date > zone.local(now).date ? beginning : min(end, now)
    case .shown: return date > zone.local(now).date ? try possible(end, in: zone) : min(end, now)
    case .ends: return try possible(end, in: zone)
    case .begins:
      let step = step ?? now
      // A step that happened on a day whose time nobody said counts as done at that day's end.
      let isOnIt = beginning <= step && (step < end || step == end && step < now)
      return isOnIt ? step : try possible(beginning, in: zone)
    }
  }

  /// Refuses what is later than anybody may give.
  private static func possible(_ moment: Moment, in zone: Zone) throws(Refusal) -> Moment {
    guard moment.seconds <= Moment.accepted.upperBound else { throw .yearOutOfRange }
    return moment
  }
}

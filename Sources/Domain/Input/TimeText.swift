/// A time as written, with the precision with which it was written.
package enum TimeText: Sendable, Hashable {
  /// A day without a time.
  case date(CivilDate)
  /// A local time without an offset. 86,400 seconds mean the midnight that ends the day.
  case local(CivilDate, secondsOfDay: Int)
  /// A time with its offset.
  case absolute(Moment)
  /// A time of day without a day, in seconds since midnight.
  case timeOfDay(Int)
  /// A day relative to today, which is 0, with or without a time.
  case day(Int, secondsOfDay: Int?)
  /// A duration from now, or before now.
  case fromNow(CalendarDuration)

  /// Whether it will mean something else tomorrow, and so can't be stored in a file.
  var isRelative: Bool {
    switch self {
    case .date, .local, .absolute: false
    case .timeOfDay, .day, .fromNow: true
    }
  }
}

/// What a time is used for. It decides what a date alone means and which day `18:00` is on.
package enum TimeRole: Sendable, Hashable {
  /// Something that has happened. A date alone means the end of that day or now, whichever is earlier;
  /// `18:00` is the latest one.
  case happened
  /// Something that begins then, such as a planned step. A date alone means the midnight that begins it, or
  /// now if today; `18:00` is the next one.
  case begins
  /// A deadline. A date alone means the midnight that ends it; `18:00` is the next one.
  case ends
  /// The time of a view. A date alone means the end of that day or now, whichever is earlier, or for a later
  /// day its end; `18:00` is today's.
  case shown
}

extension TimeText {
  /// The moment meant. It may lie in the future even for `happened`: refusing that is up to the caller.
  ///
  /// - Parameter zone: only evaluated if the time depends on it.
  /// - Parameter step: when the thing happens that the time belongs to, if not now.
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
      // A step on a day for which no time was given counts as done at that day's end.
      let isOnIt = beginning <= step && (step < end || step == end && step < now)
      return isOnIt ? step : try possible(beginning, in: zone)
    }
  }

  /// Throws `yearOutOfRange` for times later than input may contain.
  private static func possible(_ moment: Moment, in zone: Zone) throws(Refusal) -> Moment {
    guard moment.seconds <= Moment.accepted.upperBound else { throw .yearOutOfRange }
    return moment
  }
}

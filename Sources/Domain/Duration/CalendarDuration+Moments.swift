extension CalendarDuration {
  /// A due time, and whether days were counted that the calendar doesn't cover.
  package typealias Due = (moment: Moment, beyondCalendar: Bool)

  /// When something is due that is counted from a moment (see FORMAT.md, "Durations");
  /// without a calendar Saturdays and Sundays are off.
  package func dueAt(from start: Moment, in zone: Zone, calendar: WorkCalendar?) -> Due {
    moment(from: start, in: zone, calendar: calendar, before: before)
  }

  /// When somebody is reminded of a due time: as long before it, whichever way the duration counts.
  package func remindAt(due: Moment, in zone: Zone, calendar: WorkCalendar?) -> Due {
    moment(from: due, in: zone, calendar: calendar, before: true)
  }

  /// When somebody else is told of a due time that has passed: as long after it.
  package func escalateAt(due: Moment, in zone: Zone, calendar: WorkCalendar?) -> Due {
    moment(from: due, in: zone, calendar: calendar, before: false)
  }

  private func moment(
    from start: Moment, in zone: Zone, calendar: WorkCalendar?, before: Bool
  ) -> Due {
    let signed = before ? -count : count
    switch unit {
    case .minutes: return (start + Int64(signed) * 60, false)
    case .hours: return (start + Int64(signed) * 3600, false)
    case .days, .weeks, .workdays: break
    }
    let (date, secondsOfDay) = zone.local(start)
    let wanted = time.map { $0.hour * 3600 + $0.minute * 60 } ?? secondsOfDay
    let (day, beyond) =
      switch unit {
      case .workdays: (calendar ?? .weekends).workday(count, from: date, before: before)
      case .weeks: (date + signed * 7, false)
      default: (date + signed, false)
      }
    return (zone.moment(of: day, secondsOfDay: wanted), beyond)
  }
}

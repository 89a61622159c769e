extension CalendarDuration {
  /// A due time, and whether counting days left the years that the calendar covers.
  package typealias Due = (moment: Moment, beyondCalendar: Bool)

  /// The due time, counted from a moment (see FORMAT.md, "Durations"). Without a calendar, Saturdays and
  /// Sundays are off.
  package func dueAt(from start: Moment, in zone: Zone, calendar: WorkCalendar?) -> Due {
    moment(from: start, in: zone, calendar: calendar, before: before)
  }

  /// The time of a reminder: the duration before the due time, even if the duration itself counts forward or
  /// back.
  package func remindAt(due: Moment, in zone: Zone, calendar: WorkCalendar?) -> Due {
    moment(from: due, in: zone, calendar: calendar, before: true)
  }

  /// The time of an escalation: the duration after the due time.
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

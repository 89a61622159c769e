extension WorkCalendar {
  /// Saturdays and Sundays off, in every year: for checklists without a calendar.
  static let weekends = WorkCalendar(
    name: "", covers: Int.min...Int.max, weekend: [6, 7], holidays: [], workdays: [])

  /// Whether the calendar covers the day's year.
  package func knows(_ date: CivilDate) -> Bool { covers.contains(date.year) }

  /// Whether the day is worked; in years that aren't covered every day is, but those of a weekend.
  package func isWorkday(_ date: CivilDate) -> Bool {
    let isWeekend = weekend.contains(date.weekday)
    guard knows(date) else { return !isWeekend }
    return isWeekend ? workdays.contains(date) : !holidays.contains(date)
  }

  /// The n-th workday after a date, or before it; the date itself for none. Tells whether a day was
  /// looked at on the way that the calendar doesn't cover.
  package func workday(
    _ count: Int, from date: CivilDate, before: Bool = false
  ) -> (date: CivilDate, beyondCalendar: Bool) {
    var day = date
    var left = count
    var beyond = false
    // A calendar without workdays must not keep the program counting for ever.
    var idle = 0
    while left > 0, idle < Self.mostDaysOff {
      day = day + (before ? -1 : 1)
      beyond = beyond || !knows(day)
      if isWorkday(day) {
        left -= 1
        idle = 0
      } else {
        idle += 1
      }
    }
    return (day, beyond || left > 0)
  }

  private static let mostDaysOff = 4 * 366
}

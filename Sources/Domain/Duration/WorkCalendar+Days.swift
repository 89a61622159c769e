extension WorkCalendar {
  /// Saturdays and Sundays off, in every year; for checklists without a calendar.
  static let weekends = WorkCalendar(
    name: "", covers: Int.min...Int.max, weekend: [6, 7], holidays: [], workdays: [])

  /// Whether the calendar covers the day's year.
  package func knows(_ date: CivilDate) -> Bool { covers.contains(date.year) }

  /// Whether the day is a workday. Beyond the years covered, only weekends are off.
  package func isWorkday(_ date: CivilDate) -> Bool {
    let isWeekend = weekend.contains(date.weekday)
    guard knows(date) else { return !isWeekend }
    return isWeekend ? workdays.contains(date) : !holidays.contains(date)
  }

  /// The n-th workday after (or before) a date; the date itself for 0. Also says whether a day beyond the
  /// calendar's years was looked at on the way.
  package func workday(
    _ count: Int, from date: CivilDate, before: Bool = false
  ) -> (date: CivilDate, beyondCalendar: Bool) {
    var day = date
    var left = count
    var beyond = false
    // Guards against a calendar without workdays, which would keep the loop going forever.
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

import Domain
import Testing

@Suite struct CalendarDurationTests {
  private func due(
    _ deadline: CalendarDuration, from start: String, in zone: String, calendar: WorkCalendar? = nil
  ) throws -> String {
    let zone = try TimeFixtures.zone(zone)
    let start = try TimeFixtures.moment(start, in: zone)
    return zone.format(deadline.dueAt(from: start, in: zone, calendar: calendar).moment)
  }

  private static let evening = CalendarDuration.TimeOfDay(hour: 18, minute: 0)

  @Test(arguments: [
    (CalendarDuration(count: 90, unit: .minutes), "2026-11-01 00:30", "America/New_York", "2026-11-01 01:00"),
    (CalendarDuration(count: 24, unit: .hours), "2026-10-31 12:00", "America/New_York", "2026-11-01 11:00"),
    (CalendarDuration(count: 1, unit: .days), "2026-10-31 12:00", "America/New_York", "2026-11-01 12:00"),
    (CalendarDuration(count: 24, unit: .hours), "2026-03-07 12:00", "America/New_York", "2026-03-08 13:00"),
    (CalendarDuration(count: 1, unit: .days), "2026-03-07 02:30", "America/New_York", "2026-03-08 03:00"),
    (CalendarDuration(count: 1, unit: .weeks), "2026-03-01 02:30", "America/New_York", "2026-03-08 03:00"),
    (CalendarDuration(count: 1, unit: .days), "2011-12-29 12:00", "Pacific/Apia", "2011-12-31 00:00"),
    (CalendarDuration(count: 2, unit: .days), "2011-12-29 12:00", "Pacific/Apia", "2011-12-31 12:00"),
    (
      CalendarDuration(count: 1, unit: .days, before: true), "2011-12-31 12:00", "Pacific/Apia",
      "2011-12-31 00:00"
    ),
    (
      CalendarDuration(count: 3, unit: .days, time: evening), "2026-12-30 23:59", "Asia/Shanghai",
      "2027-01-02 18:00"
    ),
    (
      CalendarDuration(count: 0, unit: .days, time: evening), "2026-12-30 09:00", "Asia/Shanghai",
      "2026-12-30 18:00"
    ),
    (CalendarDuration(count: 1, unit: .days), "2028-02-28 10:00", "Asia/Shanghai", "2028-02-29 10:00"),
    (CalendarDuration(count: 366, unit: .days), "2028-02-29 10:00", "Asia/Shanghai", "2029-03-01 10:00"),
    (
      CalendarDuration(count: 1, unit: .days, before: true), "2027-01-01 00:00", "Asia/Shanghai",
      "2026-12-31 00:00"
    ),
    (
      CalendarDuration(count: 1, unit: .days, time: evening, before: true), "2026-03-01 10:00",
      "Asia/Shanghai",
      "2026-02-28 18:00"
    ),
    (CalendarDuration(count: 2, unit: .hours, before: true), "2026-01-01 01:00", "UTC", "2025-12-31 23:00"),
    (CalendarDuration(count: 2, unit: .weeks, before: true), "2026-01-05 01:00", "UTC", "2025-12-22 01:00"),
    (CalendarDuration(count: 0, unit: .minutes), "2026-01-01 01:00", "UTC", "2026-01-01 01:00"),
  ])
  func countsTimeAndDays(deadline: CalendarDuration, start: String, zone: String, expected: String) throws {
    #expect(try due(deadline, from: start, in: zone) == expected)
  }

  /// 2026-02-15 to 23 are off, Saturdays the 14th and the 28th are worked.
  @Test(arguments: [
    ("2026-02-12 10:00", 1, false, "2026-02-13 10:00"), ("2026-02-13 10:00", 1, false, "2026-02-14 10:00"),
    ("2026-02-13 10:00", 2, false, "2026-02-24 10:00"), ("2026-02-14 10:00", 1, false, "2026-02-24 10:00"),
    ("2026-02-18 10:00", 1, false, "2026-02-24 10:00"), ("2026-02-18 10:00", 0, false, "2026-02-18 10:00"),
    ("2026-02-27 10:00", 1, false, "2026-02-28 10:00"), ("2026-02-27 10:00", 2, false, "2026-03-02 10:00"),
    ("2026-02-24 10:00", 1, true, "2026-02-14 10:00"), ("2026-02-24 10:00", 2, true, "2026-02-13 10:00"),
    ("2026-02-18 10:00", 1, true, "2026-02-14 10:00"), ("2026-02-18 10:00", 0, true, "2026-02-18 10:00"),
    ("2026-03-01 10:00", 1, true, "2026-02-28 10:00"), ("2026-09-30 10:00", 1, false, "2026-10-08 10:00"),
    ("2026-10-09 10:00", 1, false, "2026-10-10 10:00"), ("2026-10-09 10:00", 2, false, "2026-10-12 10:00"),
  ])
  func countsWorkdaysOverHolidays(start: String, count: Int, before: Bool, expected: String) throws {
    let deadline = CalendarDuration(count: count, unit: .workdays, before: before)
    let calendar = try TimeFixtures.springFestival()
    #expect(try due(deadline, from: start, in: "Asia/Shanghai", calendar: calendar) == expected)
  }

  @Test(arguments: [
    ("2026-11-20 10:00", 1, "2026-11-23 10:00"), ("2026-11-21 10:00", 1, "2026-11-23 10:00"),
    ("2026-11-23 10:00", 5, "2026-11-30 10:00"), ("2026-02-13 10:00", 1, "2026-02-16 10:00"),
  ])
  func weekendsAreOffWithoutACalendar(start: String, count: Int, expected: String) throws {
    #expect(
      try due(CalendarDuration(count: count, unit: .workdays), from: start, in: "Asia/Shanghai") == expected)
  }

  @Test(arguments: [
    ("2026-12-30 10:00", 1, false, false), ("2026-12-30 10:00", 2, false, true),
    ("2026-12-31 10:00", 0, false, false), ("2027-01-04 10:00", 1, true, true),
    ("2027-01-01 10:00", 1, true, false), ("2026-01-05 10:00", 1, true, false),
    ("2026-01-04 10:00", 1, true, true), ("2025-12-31 10:00", 1, false, false),
    ("2025-12-30 10:00", 1, false, true),
  ])
  func tellsWhenItCountsDaysThatTheCalendarDoesNotCover(
    start: String, count: Int, before: Bool, beyond: Bool
  ) throws {
    let zone = try TimeFixtures.zone("Asia/Shanghai")
    let start = try TimeFixtures.moment(start, in: zone)
    let deadline = CalendarDuration(count: count, unit: .workdays, before: before)
    let calendar = try TimeFixtures.springFestival()
    #expect(deadline.dueAt(from: start, in: zone, calendar: calendar).beyondCalendar == beyond)
    #expect(!deadline.dueAt(from: start, in: zone, calendar: nil).beyondCalendar)
    let days = CalendarDuration(count: 400, unit: .days, before: before)
    #expect(!days.dueAt(from: start, in: zone, calendar: calendar).beyondCalendar)
  }

  @Test func remindersComeBeforeAndEscalationsAfter() throws {
    let zone = try TimeFixtures.zone("America/New_York")
    let due = try TimeFixtures.moment("2026-03-09 02:30", in: zone)
    func times(_ deadline: CalendarDuration) -> [String] {
      [
        deadline.remindAt(due: due, in: zone, calendar: nil),
        deadline.escalateAt(due: due, in: zone, calendar: nil),
      ].map { zone.format($0.moment) }
    }
    #expect(times(CalendarDuration(count: 2, unit: .hours)) == ["2026-03-09 00:30", "2026-03-09 04:30"])
    #expect(times(CalendarDuration(count: 1, unit: .days)) == ["2026-03-08 03:00", "2026-03-10 02:30"])
    let workday = CalendarDuration(count: 1, unit: .workdays, time: Self.evening)
    #expect(times(workday) == ["2026-03-06 18:00", "2026-03-10 18:00"])
    #expect(
      times(CalendarDuration(count: 1, unit: .days, before: true)) == [
        "2026-03-08 03:00", "2026-03-10 02:30",
      ])
  }
}

/// Workdays and days off (`calendars/NAME.yaml`).
package struct WorkCalendar: Sendable, Hashable {
  /// The file's name without its extension.
  package let name: String
  /// The years covered; in others only `weekend` applies.
  package let covers: ClosedRange<Int>
  /// Weekdays off, 1 (Monday) to 7 (Sunday).
  package let weekend: Set<Int>
  /// Days off besides weekends.
  package let holidays: Set<CivilDate>
  /// Weekend days that are worked.
  package let workdays: Set<CivilDate>

  package init(
    name: String, covers: ClosedRange<Int>, weekend: Set<Int>, holidays: Set<CivilDate>,
    workdays: Set<CivilDate>
  ) {
    self.name = name
    self.covers = covers
    self.weekend = weekend
    self.holidays = holidays
    self.workdays = workdays
  }
}

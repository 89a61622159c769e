import Domain
import Operations
import Reports

extension Invocation {
  /// Warns of calendars that end too early, once per checklist.
  func warn(_ beyond: [BeyondCalendar], warned: inout Set<ChecklistID>) {
    for (checklist, calendar, covers) in beyond where warned.insert(checklist).inserted {
      console.warn(
        say(
          en: """
            \(checklist): the calendar '\(calendar)' covers \(covers.lowerBound) to \(covers.upperBound); past \
            that only weekends are known, so check the due times around holidays
            """,
          zh: """
            \(checklist)：日历“\(calendar)”只覆盖 \(covers.lowerBound) 至 \(covers.upperBound) 年；之后只按周末计算，\
            请核对节假日前后的截止时间
            """))
    }
  }
}

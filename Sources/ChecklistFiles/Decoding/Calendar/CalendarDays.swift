import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The days in a list, with the node of each. The list may be empty.
  mutating func dates(_ node: Int, key: String) -> [CivilDate: Int] {
    guard document.kind(of: node) == .sequence else {
      wrongType(
        at: node, key: key,
        wanted: Wording(en: "a list of dates, such as [2026-10-01]", zh: "日期的列表，例如 [2026-10-01]"))
      return [:]
    }
    var dates: [CivilDate: Int] = [:]
    for element in document.children(of: node) {
      guard let date = date(element, key: key) else { continue }
      if dates[date] == nil {
        dates[date] = element
      } else {
        let text = document.string(element)
        warning(
          "repeated-day", at: element,
          en: "\(text) is repeated in '\(key)'; once is enough", zh: "“\(key)”里的 \(text) 重复了；写一次就够了")
      }
    }
    return dates
  }

  mutating func date(_ node: Int, key: String) -> CivilDate? {
    guard let text = string(node, key: key) else { return nil }
    if let date = CivilDate(text) { return date }
    error(
      "bad-date", at: node,
      en: "'\(text.quotable)' is not a date; write year, month and day, such as 2026-10-01",
      zh: "“\(text.quotable)”不是日期；请写年、月、日，例如 2026-10-01")
    return nil
  }

  /// Reports days that are both off and worked, and entries that change nothing.
  mutating func reportClashes(holidays: [CivilDate: Int], workdays: [CivilDate: Int], weekend: Set<Int>) {
    for (date, node) in workdays {
      if let holiday = holidays[date] {
        let later = document.place(of: node) > document.place(of: holiday) ? node : holiday
        let text = document.string(later)
        error(
          "clashing-day", at: later,
          en: "\(text) is both a holiday and a workday; take it out of one of the lists",
          zh: "\(text) 既是节假日又是工作日；请从其中一个列表里去掉")
      } else if !weekend.contains(date.weekday) {
        let text = document.string(node)
        warning(
          "needless-workday", at: node,
          en: "\(text) is no day of a weekend, and worked anyway; 'workdays' are for worked weekends",
          zh: "\(text) 不是周末，本来就是工作日；“workdays”只写要上班的周末")
      }
    }
  }

  /// Reports days outside the years covered, which nobody would look up.
  mutating func reportOutside(_ covers: ClosedRange<Int>, _ days: [CivilDate: Int]...) {
    for (date, node) in days.joined() where !covers.contains(date.year) {
      let text = document.string(node)
      warning(
        "outside-covers", at: node,
        en: "\(text) is outside of 'covers', and has no effect; widen 'covers' or take the day out",
        zh: "\(text) 不在“covers”的年份里，不起作用；请扩大“covers”或去掉这一天")
    }
  }

  /// Warns if the calendar has ended, or ends within 60 days.
  mutating func warnOfEnd(_ covers: ClosedRange<Int>, _ today: CivilDate, at node: Int) {
    let year = covers.upperBound
    guard let lastDay = CivilDate(year: year, month: 12, day: 31) else { return }
    let daysLeft = lastDay.dayNumber - today.dayNumber
    guard daysLeft <= 60 else { return }
    if daysLeft < 0 {
      warning(
        "calendar-ended", at: node,
        en: "the calendar ended with \(year), and plain weekends count since; "
          + "add the holidays of \(year + 1)",
        zh: "日历到 \(year) 年就结束了，之后只按普通周末计算；请补上 \(year + 1) 年的节假日")
    } else {
      warning(
        "calendar-ends-soon", at: node,
        en: "the calendar ends with \(year), in \(daysLeft) days; add the holidays of \(year + 1)",
        zh: "日历到 \(year) 年结束，还剩 \(daysLeft) 天；请补上 \(year + 1) 年的节假日")
    }
  }
}

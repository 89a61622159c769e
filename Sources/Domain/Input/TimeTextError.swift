/// Why a text isn't a usable time.
package enum TimeTextError: Error, Sendable, Hashable {
  case notATime
  /// The date as written: digits and `-`.
  case noSuchDate(String)
  /// The time as written: digits and `:`.
  case noSuchTimeOfDay(String)
  /// More than 18 hours, the largest offset there is.
  case noSuchOffset
  case yearOutOfRange
  /// A date with the year last, as written; other countries read it as another day.
  case yearNotFirst(String)
  /// A spreadsheet's serial number instead of a date, as written.
  case dayNumber(String)
  /// Counts from today, in a place that is read later.
  case dateMissing
  /// No offset, in a place without a known time zone.
  case offsetMissing

  /// What is wrong and what to write instead.
  package var wording: Wording {
    switch self {
    case .notATime:
      Wording(
        en: """
          not a time; write a date such as 2026-11-20, a local time such as 2026-11-20T10:00, 18:00, \
          tomorrow or +2d, or one with its offset such as 2026-11-20T10:00+08:00
          """,
        zh: """
          这不是时间；请写日期（如 2026-11-20）、当地时间（如 2026-11-20T10:00、18:00、明天、+2d）\
          或带时差的时间（如 2026-11-20T10:00+08:00）
          """)
    case .noSuchDate(let date):
      Wording(
        en: "there is no day \(date); write year-month-day, such as 2026-11-20",
        zh: "没有 \(date) 这一天；请按“年-月-日”写，如 2026-11-20")
    case .noSuchTimeOfDay(let time):
      Wording(
        en: "there is no time \(time); write 00:00 to 24:00, such as 2026-11-20T10:00",
        zh: "没有 \(time) 这个时刻；请写 00:00 到 24:00，如 2026-11-20T10:00")
    case .noSuchOffset:
      Wording(
        en: "no clock is that far from UTC; write an offset such as +08:00, as in 2026-11-20T10:00+08:00",
        zh: "没有这样的时差；请写如 +08:00 的时差，如 2026-11-20T10:00+08:00")
    case .yearOutOfRange:
      Wording(
        en: "the year must be 1970 to 9990, as in 2026-11-20",
        zh: "年份须在 1970 到 9990 之间，如 2026-11-20")
    case .yearNotFirst(let date):
      Wording(
        en: "\(date) can be read in several ways; write the year first, then the month, such as 2026-11-03",
        zh: "\(date) 有多种读法；请先写年，再写月、日，如 2026-11-03")
    case .dayNumber(let number):
      Wording(
        en: """
          \(number) is a spreadsheet's number of a day; show the cell as a date, or write it such as \
          2026-11-03 09:05
          """,
        zh: "\(number) 是表格软件的日期序号；请把单元格设为日期格式，或写成如 2026-11-03 09:05")
    case .dateMissing:
      Wording(
        en: "the time needs its date, because it may be read another day, such as 2026-11-20T10:00",
        zh: "这个时间可能在别的日子才读取，请写上日期，如 2026-11-20T10:00")
    case .offsetMissing:
      Wording(
        en: "the time needs its offset from UTC, as in 2026-11-20T10:00+08:00",
        zh: "这个时间须带时差，如 2026-11-20T10:00+08:00")
    }
  }
}

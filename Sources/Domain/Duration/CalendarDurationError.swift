/// Why a text isn't a duration.
package enum CalendarDurationError: Error, Sendable, Equatable {
  case empty
  /// Doesn't begin with a number.
  case noNumber(String)
  case negative
  case fraction(String)
  /// A number without a unit.
  case noUnit(Int)
  case unknownUnit(String)
  /// The unit's limit for five years was exceeded.
  case overFiveYears(CalendarDuration.Unit)
  /// A time of day after minutes or hours, which are elapsed time and so don't end at a given local time.
  case timeAfterElapsed(CalendarDuration.Unit)
  /// Not a local time of two digits each, such as `18:00`.
  case badTime(String)
  /// `before` occurs twice, or after the time.
  case misplacedBefore
  /// An extra space, where only single ones are allowed.
  case strayedSpace
  /// Trailing text that doesn't belong there.
  case unexpected(String)

  /// What is wrong and how to write it instead.
  package var wording: Wording {
    switch self {
    case .empty:
      Wording(
        en: "a duration is missing; write a number and a unit, such as 2h, 3d or 2 workdays",
        zh: "这里缺少时长；请写一个数字和单位，例如 2h、3d 或 2 workdays")
    case .noNumber(let text):
      Wording(
        en: "'\(text.quotable)' is not a duration; write a number and a unit, such as 2h, 3d or 2 workdays",
        zh: "“\(text.quotable)”不是时长；请写一个数字和单位，例如 2h、3d 或 2 workdays")
    case .negative:
      Wording(
        en: "a duration can't be negative; to count back from the start, write 1d before",
        zh: "时长不能是负数；要从起点往前数，请写成 1d before")
    case .fraction(let text):
      Wording(
        en: "'\(text.quotable)' has a fraction; write a whole number, such as 90m for an hour and a half",
        zh: "“\(text.quotable)”带有小数；时长必须是整数，例如一个半小时写成 90m")
    case .noUnit(let count):
      Wording(
        en: "the number \(count) has no unit; write m, h, d, w or workdays after it, such as \(count)h",
        zh: "数字 \(count) 没有单位；请在后面写上 m、h、d、w 或 workdays，例如 \(count)h")
    case .unknownUnit(let text): Self.unknownUnitWording(text)
    case .overFiveYears(let unit):
      Wording(
        en:
          "that is longer than five years, the most being \(Self.example(CalendarDuration.most(unit), unit))",
        zh: "超过了五年；最长是 \(Self.example(CalendarDuration.most(unit), unit))")
    case .timeAfterElapsed(let unit):
      Wording(
        en: "a time of day can't follow \(unit.rawValue), which counts elapsed time; use d, w or workdays",
        zh: "\(unit.rawValue) 表示经过的时间，后面不能写钟点；请改用 d、w 或 workdays")
    case .badTime(let text):
      Wording(
        en: "'\(text.quotable)' is not a time of day; write it from 00:00 to 23:59, such as 09:30",
        zh: "“\(text.quotable)”不是钟点；请写成 00:00 到 23:59，例如 09:30")
    case .misplacedBefore:
      Wording(
        en: "'before' stands once, right after the unit, such as 1d before 18:00",
        zh: "“before”只写一次，紧跟在单位后面，例如 1d before 18:00")
    case .strayedSpace:
      Wording(
        en: "there is a space too many; write one between the parts, such as 1d before 18:00",
        zh: "多了空格；各部分之间只写一个，例如 1d before 18:00")
    case .unexpected(let text):
      Wording(
        en: "'\(text.quotable)' doesn't belong here; only 'before' and a time may follow the unit",
        zh: "这里不能写“\(text.quotable)”；单位后面只能写 before 和钟点")
    }
  }

  private static func example(_ count: Int, _ unit: CalendarDuration.Unit) -> String {
    unit == .workdays ? "\(count) workdays" : "\(count)\(unit.rawValue)"
  }

  private static func unknownUnitWording(_ text: String) -> Wording {
    let known = [
      "min": "m", "mins": "m", "minute": "m", "minutes": "m", "分钟": "m", "hour": "h", "hours": "h",
      "hr": "h", "hrs": "h", "小时": "h", "day": "d", "days": "d", "天": "d", "日": "d", "week": "w",
      "weeks": "w", "周": "w", "星期": "w", "wd": "workdays", "工作日": "workdays", "个工作日": "workdays",
      "个小时": "h", "businessdays": "workdays",
    ]
    let nearest =
      known[text.lowercased()]
      ?? Suggestions.one(to: text, among: ["m", "h", "d", "w", "workdays", "workday"])
    guard let nearest else {
      return Wording(
        en: "unknown unit '\(text.quotable)'; the units are m, h, d, w and workdays",
        zh: "未知的单位“\(text.quotable)”；可用的单位有 m、h、d、w 和 workdays")
    }
    return Wording(
      en: "unknown unit '\(text.quotable)'; did you mean '\(nearest)'?",
      zh: "未知的单位“\(text.quotable)”；是不是想写“\(nearest)”？")
  }
}

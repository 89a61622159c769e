/// Lengths of time and lateness in both languages: at most two units, the rest truncated.
package enum DurationText {
  /// `3 d 4 h`, `2 h 5 min`, `20 min`, `under a minute`. The sign is ignored.
  package static func length(_ seconds: Int64) -> Wording {
    let minutes = seconds.magnitude / 60
    let days = minutes / 1440
    let hours = minutes / 60 % 24
    if days > 0 { return joined(days, (en: "d", zh: "天"), hours, (en: "h", zh: "小时")) }
    if hours > 0 { return joined(hours, (en: "h", zh: "小时"), minutes % 60, (en: "min", zh: "分钟")) }
    if minutes > 0 { return Wording(en: "\(minutes) min", zh: "\(minutes) 分钟") }
    return Wording(en: "under a minute", zh: "不到 1 分钟")
  }

  /// `3 d 4 h late`.
  package static func late(by seconds: Int64) -> Wording {
    let length = length(seconds)
    let gap = seconds.magnitude < 60 ? "" : " "
    return Wording(en: "\(length.en) late", zh: "逾期\(gap)\(length.zh)")
  }

  /// `in 3 d 4 h`.
  package static func soon(in seconds: Int64) -> Wording {
    if seconds.magnitude < 60 { return Wording(en: "in under a minute", zh: "1 分钟内") }
    let length = length(seconds)
    return Wording(en: "in \(length.en)", zh: "\(length.zh)后")
  }

  /// A due time relative to a milestone: `within 2 h`, `after 3 days at 18:00`, `1 day before`.
  package static func due(_ duration: CalendarDuration) -> Wording {
    let (count, isOne) = (duration.count, duration.count == 1)
    let clock = duration.time.map { time in
      let (hour, minute) = (
        time.hour < 10 ? "0\(time.hour)" : "\(time.hour)",
        time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
      )
      return "\(hour):\(minute)"
    }
    let (unit, zh): (String, String) =
      switch duration.unit {
      case .minutes: ("min", "分钟")
      case .hours: ("h", "小时")
      case .days: (isOne ? "day" : "days", "天")
      case .weeks: (isOne ? "week" : "weeks", "周")
      case .workdays: (isOne ? "workday" : "workdays", "个工作日")
      }
    let at = Wording(en: clock.map { " at \($0)" } ?? "", zh: clock.map { " \($0)" } ?? "")
    if count == 0, clock != nil { return Wording(en: "the same day\(at.en)", zh: "当天\(at.zh)") }
    if duration.before {
      return Wording(en: "\(count) \(unit) before\(at.en)", zh: "提前 \(count) \(zh)\(at.zh)")
    }
    if count == 0 { return Wording(en: "at once", zh: "当时") }
    if clock == nil { return Wording(en: "within \(count) \(unit)", zh: "\(count) \(zh)内") }
    return Wording(en: "after \(count) \(unit)\(at.en)", zh: "\(count) \(zh)后\(at.zh)")
  }

  /// `late` from the due time on, `soon` before it.
  package static func standing(due: Moment, now: Moment) -> Wording {
    now >= due ? late(by: now - due) : soon(in: due - now)
  }

  private typealias Unit = (en: String, zh: String)

  private static func joined(_ first: UInt64, _ large: Unit, _ second: UInt64, _ small: Unit) -> Wording {
    if second == 0 { return Wording(en: "\(first) \(large.en)", zh: "\(first) \(large.zh)") }
    return Wording(
      en: "\(first) \(large.en) \(second) \(small.en)", zh: "\(first) \(large.zh) \(second) \(small.zh)")
  }
}

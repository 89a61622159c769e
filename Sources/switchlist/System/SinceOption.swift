import Domain

/// Durations on the command line that are relative to now.
enum SinceOption {
  /// The moment a duration ago; days and weeks are calendar days in `zone`. Throws a `UsageFailure` that
  /// names the option.
  static func before(_ now: Moment, _ text: String, _ option: String, in zone: Zone) throws -> Moment {
    let length: CalendarDuration
    do throws(CalendarDurationError) { length = try CalendarDuration(parsing: text) } catch {
      throw UsageFailure(
        Wording(
          en: "\(option) '\(text.quotable)': \(error.wording.en)",
          zh: "\(option) “\(text.quotable)”：\(error.wording.zh)"))
    }
    switch length.unit {
    case .minutes, .hours:
      if !length.before { return now + (now - length.dueAt(from: now, in: zone, calendar: nil).moment) }
    case .days, .weeks:
      if !length.before, let back = try? CalendarDuration(parsing: text + " before") {
        return back.dueAt(from: now, in: zone, calendar: nil).moment
      }
    case .workdays: break
    }
    throw UsageFailure(
      Wording(
        en: "\(option) '\(text.quotable)': counts back from now, in m, h, d or w, such as 1d",
        zh: "\(option) “\(text.quotable)”：从现在往回算，单位用 m、h、d 或 w，如 1d"))
  }
}

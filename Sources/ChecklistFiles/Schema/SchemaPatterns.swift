import Domain

/// Regular expressions that JavaScript's and Python's engines interpret alike.
enum SchemaPatterns {
  static let identifier = "^[a-z0-9][a-z0-9-]{0,63}$"

  static let languageTag = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"

  /// A visible character. Spelled out because engines differ in what counts as white space.
  private static let visible =
    "[^\\s\\u0085\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF]"

  /// Not blank, and without control characters.
  static let text = "^(?=[\\s\\S]*\(visible))[^\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F]*$"

  /// A `text` of one line. The line break at the end of a block scalar doesn't count.
  static let line = "^(?=[^\\n]*\(visible))[^\\u0000-\\u0008\\u000A-\\u001F\\u007F-\\u009F]*\\n*$"

  /// `Region/City`, or one of the names without a region.
  static var timeZone: String {
    let names = TimeZoneName.withoutSlash.sorted().joined(separator: "|")
    return "^(\(names)|[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2})$"
  }

  /// A duration, with or without `before`.
  static func duration(before: Bool) -> String {
    let elapsed = [CalendarDuration.Unit.minutes, .hours].map {
      upTo(CalendarDuration.most($0)) + " ?" + $0.rawValue
    }
    let days = [CalendarDuration.Unit.days, .weeks, .workdays].map { unit in
      upTo(CalendarDuration.most(unit)) + " ?" + (unit == .workdays ? "workdays?" : unit.rawValue)
    }
    let before = before ? "( before)?" : ""
    let time = "( ([01][0-9]|2[0-3]):[0-5][0-9])?"
    return "^((\(elapsed.joined(separator: "|")))\(before)|(\(days.joined(separator: "|")))\(before)\(time))$"
  }

  /// A period that a platform counts: no workdays, no time of day.
  static var wait: String {
    let units = [CalendarDuration.Unit.minutes, .hours, .days, .weeks].map {
      upTo(CalendarDuration.most($0)) + " ?" + $0.rawValue
    }
    return "^(\(units.joined(separator: "|")))$"
  }

  /// Whole numbers up to a limit; leading zeros are allowed.
  static func upTo(_ limit: Int) -> String {
    let digits = Array(String(limit))
    var cases = ["[0-9]{1,\(digits.count - 1)}", String(limit)]
    for (position, digit) in digits.enumerated() where digit > "0" {
      let below = digit == "1" ? "0" : "[0-\(Int(String(digit)).map { $0 - 1 } ?? 0)]"
      let rest = digits.count - position - 1
      cases.append(String(digits[..<position]) + below + (rest > 0 ? "[0-9]{\(rest)}" : ""))
    }
    return "0*(\(cases.joined(separator: "|")))"
  }
}

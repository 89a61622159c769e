extension TimeText {
  /// Reads a day such as `2026-11-20`, also as spreadsheets write it, year first (`2026/11/3`, `2026年11月3日`);
  /// optionally after `T` or a space `10:00`, `9:05` or `10:00:00`; optionally then `Z` or an offset such as
  /// `+08:00`, `+0800` or `+08`. Fractions of a second are dropped; `24:00` is the midnight that ends the
  /// day. Also reads a time alone (`18:00`); `today`, `tomorrow` and `yesterday` with or without a time;
  /// `now`; and `+2d` or `-90m`. Full-width signs and digits are treated as ASCII ones.
  package init(_ text: some StringProtocol) throws(TimeTextError) {
    var cursor = ASCIICursor(Self.plain(text))
    cursor.skipSpaces()
    if let first = cursor.next, first >= 0x80 || ASCIICursor.isLetter(first) {
      self = try cursor.dayByName()
      return
    }
    if let sign = cursor.take("+", "-") {
      self = .fromNow(try cursor.length(before: sign == UInt8(ascii: "-")))
      return
    }
    if cursor.beginsWithTimeOfDay {
      let secondsOfDay = try cursor.timeOfDay()
      cursor.skipSpaces()
      guard cursor.isAtEnd else { throw .notATime }
      self = .timeOfDay(secondsOfDay)
      return
    }
    self = try cursor.dated()
  }

  /// For times in files and from programs: refuses those that count from today.
  package static func dated(_ text: some StringProtocol) throws(TimeTextError) -> TimeText {
    let time = try TimeText(text)
    if time.isRelative { throw .dateMissing }
    return time
  }

  /// For places without a known zone: refuses times without an offset.
  package static func moment(_ text: some StringProtocol) throws(TimeTextError) -> Moment {
    guard case .absolute(let moment) = try TimeText(text) else { throw .offsetMissing }
    return moment
  }

  /// UTF-8 in which the full-width characters of Chinese keyboards are replaced by ASCII ones.
  private static func plain(_ text: some StringProtocol) -> [UInt8] {
    var plain: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: plain.append(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
      case 0x3000: plain.append(UInt8(ascii: " "))
      default: plain.append(contentsOf: UTF8.encode(scalar)?.map { $0 } ?? [])
      }
    }
    return plain
  }
}

extension Moment {
  /// 1970-01-01T00:00:00Z to 9990-12-31T23:59:59Z: what input may contain. Anything counted from such a time,
  /// at most five years, still has a four-digit year in every zone.
  static let accepted: ClosedRange<Int64> = 0...253_118_303_999
}

extension ASCIICursor {
  @discardableResult
  fileprivate mutating func skipSpaces() -> Int { skip { $0 == UInt8(ascii: " ") } }

  /// A calendar day, with or without a time.
  fileprivate mutating func dated() throws(TimeTextError) -> TimeText {
    let date = try acceptedDate()
    guard let secondsOfDay = try timeBehindDay(needsGap: !endsWith("日")) else { return .date(date) }
    if isAtEnd { return .local(date, secondsOfDay: secondsOfDay) }
    let offset = try offset()
    skipSpaces()
    guard isAtEnd else { throw .notATime }
    let seconds = Int64(date.dayNumber * 86_400 + secondsOfDay - offset)
    guard Moment.accepted ~= seconds else { throw .yearOutOfRange }
    return .absolute(Moment(seconds: seconds))
  }

  /// `tomorrow`, `明天 18:00`, `now`.
  fileprivate mutating func dayByName() throws(TimeTextError) -> TimeText {
    let start = position
    guard skip(while: { $0 >= 0x80 || Self.isLetter($0) }) <= Self.longestName else { throw .notATime }
    let name = text(from: start).lowercased()
    guard let days = Self.days[name] else {
      skipSpaces()
      guard name == "now" || name == "现在", isAtEnd else { throw .notATime }
      return .fromNow(CalendarDuration(count: 0, unit: .minutes))
    }
    let secondsOfDay = try timeBehindDay(needsGap: name.utf8.allSatisfy { $0 < 0x80 })
    guard isAtEnd else { throw .notATime }
    return .day(days, secondsOfDay: secondsOfDay)
  }

  /// In bytes.
  private static let longestName = 16

  private static let days = [
    "today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "前天": -2,
  ]

  /// Nil if there is only a day. In Chinese no space is needed between a day and a time.
  private mutating func timeBehindDay(needsGap: Bool) throws(TimeTextError) -> Int? {
    if take("T", "t") == nil {
      let spaces = skipSpaces()
      if isAtEnd { return nil }
      guard spaces > 0 || !needsGap else { throw .notATime }
    }
    let secondsOfDay = try timeOfDay()
    skipSpaces()
    return secondsOfDay
  }

  /// `2d`, after a sign.
  fileprivate mutating func length(before: Bool) throws(TimeTextError) -> CalendarDuration {
    let start = position
    guard skip(while: { _ in true }) <= Self.longestLength else { throw .notATime }
    let length: CalendarDuration
    do throws(CalendarDurationError) { length = try CalendarDuration(parsing: text(from: start)) } catch {
      throw .notATime
    }
    guard !length.before, length.unit != .workdays else { throw .notATime }
    return CalendarDuration(count: length.count, unit: length.unit, time: length.time, before: before)
  }

  /// In bytes.
  private static let longestLength = 40

  /// Whether one or two digits and a colon follow.
  fileprivate var beginsWithTimeOfDay: Bool {
    var ahead = self
    return ahead.number(digits: 1...2) != nil && ahead.take(":") != nil
  }

  private mutating func acceptedDate() throws(TimeTextError) -> CivilDate {
    let (start, before) = (position, self)
    guard let (year, month, day) = looseDateParts() else {
      self = before
      throw whyNoDate()
    }
    guard let date = CivilDate(year: year, month: month, day: day)
    else { throw .noSuchDate(text(from: start)) }
    guard year >= 1970 else { throw .yearOutOfRange }
    return date
  }

  /// `YYYY-MM-DD`, `YYYY/M/D`, `YYYY.M.D` or `YYYY年M月D日`, without checking that the day exists.
  private mutating func looseDateParts() -> (year: Int, month: Int, day: Int)? {
    guard let year = number(digits: 4...4) else { return nil }
    if take(text: "年") {
      guard let month = number(digits: 1...2), take(text: "月"), let day = number(digits: 1...2),
        take(text: "日")
      else { return nil }
      return (year, month, day)
    }
    guard let sign = take("-", "/", "."), let month = number(digits: 1...2), next == sign else { return nil }
    _ = take("-", "/", ".")
    guard let day = number(digits: 1...2), next.map({ !Self.isDigit($0) }) ?? true else { return nil }
    return (year, month, day)
  }

  /// Explains why a form that people and spreadsheets often write isn't accepted as a date.
  private func whyNoDate() -> TimeTextError {
    var ahead = self
    if ahead.number(digits: 1...2) != nil, let sign = ahead.take("-", "/", "."),
      ahead.number(digits: 1...2) != nil, ahead.next == sign
    {
      _ = ahead.take("-", "/", ".")
      if ahead.number(digits: 1...4) != nil { return .yearNotFirst(ahead.text(from: position)) }
    }
    ahead = self
    if 5...7 ~= ahead.skip(while: Self.isDigit) {
      let isWhole = ahead.isAtEnd
      let hasFraction = ahead.take(".") != nil && ahead.skip(while: Self.isDigit) > 0
      if ahead.isAtEnd, isWhole || hasFraction { return .dayNumber(ahead.text(from: position)) }
    }
    return .notATime
  }

  /// In seconds since midnight; 86,400 for `24:00`.
  fileprivate mutating func timeOfDay() throws(TimeTextError) -> Int {
    let start = position
    guard let hour = number(digits: 1...2), take(":") != nil, let minute = number(digits: 2...2)
    else { throw .notATime }
    var second = 0
    let hasSeconds = take(":") != nil
    if hasSeconds {
      guard let written = number(digits: 2...2) else { throw .notATime }
      second = written
    }
    let isEnd = hour == 24 && minute == 0 && second == 0
    guard hour < 24 || isEnd, minute < 60, second < 60 else { throw .noSuchTimeOfDay(text(from: start)) }
    if hasSeconds, take(".", ",") != nil, skip(while: Self.isDigit) == 0 { throw .notATime }
    return hour * 3600 + minute * 60 + second
  }

  /// In seconds ahead of UTC.
  fileprivate mutating func offset() throws(TimeTextError) -> Int {
    if take("Z", "z") != nil { return 0 }
    guard let sign = take("+", "-"), let hours = number(digits: 2...2) else { throw .notATime }
    var minutes = 0
    if take(":") != nil {
      guard let written = number(digits: 2...2) else { throw .notATime }
      minutes = written
    } else if let written = number(digits: 2...2) {
      minutes = written
    }
    let size = hours * 3600 + minutes * 60
    guard minutes < 60, size <= 18 * 3600 else { throw .noSuchOffset }
    return sign == UInt8(ascii: "-") ? -size : size
  }

  fileprivate static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }
}

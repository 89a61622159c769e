/// A yearly change of clocks that continues forever, such as `CET-1CEST,M3.5.0,M10.5.0/3`: POSIX's format for
/// the TZ variable, with the wider range of hours of RFC 9636.
struct ZoneRule: ZoneOffsets, Hashable {
  private let standard: Int
  private let yearly: Yearly?

  /// "Summer" is whatever the rule names second; for Dublin that is winter time.
  private struct Yearly: Hashable {
    let summer: Int
    let start: ChangeDay
    let end: ChangeDay
  }

  init?(_ text: some Sequence<UInt8>) {
    var cursor = ASCIICursor(text)
    guard cursor.skipZoneName(), let behind = cursor.signedTime() else { return nil }
    standard = -behind
    if cursor.isAtEnd {
      yearly = nil
      return
    }
    guard cursor.skipZoneName() else { return nil }
    var summer = standard + 3600
    if cursor.next != UInt8(ascii: ",") {
      guard let behind = cursor.signedTime() else { return nil }
      summer = -behind
    }
    guard cursor.take(",") != nil, let start = ChangeDay(&cursor),
      cursor.take(",") != nil, let end = ChangeDay(&cursor), cursor.isAtEnd
    else { return nil }
    yearly = Yearly(summer: summer, start: start, end: end)
  }

  /// In seconds ahead of UTC; nil if clocks change.
  var fixedOffset: Int? { yearly == nil ? standard : nil }

  func period(at moment: Moment) -> OffsetPeriod {
    guard let yearly else { return OffsetPeriod(offset: standard, end: nil) }
    let day = (Int(moment.seconds) + standard).flooredDivision(by: 86_400).quotient
    let year = CivilDate(dayNumber: day).year
    // If two changes coincide, the later year's counts: a summer that ends as the next begins simply
    // continues.
    var latest: (change: Int64, offset: Int)?
    var next: Int64?
    for candidate in year - 1...year + 1 {
      for (day, before, after) in [
        (yearly.start, standard, yearly.summer), (yearly.end, yearly.summer, standard),
      ] {
        let change = Int64(day.seconds(in: candidate) - before)
        if change > moment.seconds {
          next = min(next ?? change, change)
        } else if latest.map({ change >= $0.change }) ?? true {
          latest = (change, after)
        }
      }
    }
    // A change beyond the range of `Moment` ends nothing.
    let end = next.flatMap { $0 <= Moment.possible.upperBound ? Moment(seconds: $0) : nil }
    return OffsetPeriod(offset: latest?.offset ?? standard, end: end)
  }
}

/// The day and local time of a yearly change.
private struct ChangeDay: Hashable {
  private enum Day: Hashable {
    /// Day 0...6 is Sunday to Saturday; week 5 means the last.
    case weekday(month: Int, week: Int, day: Int)
    /// 1...365; February 29 is never counted.
    case withoutLeapDay(Int)
    /// 0...365.
    case ofYear(Int)
  }

  private let day: Day
  private let time: Int

  init?(_ cursor: inout ASCIICursor) {
    if cursor.take("M") != nil {
      guard let month = cursor.number(digits: 1...2), 1...12 ~= month, cursor.take(".") != nil,
        let week = cursor.number(digits: 1...1), 1...5 ~= week, cursor.take(".") != nil,
        let day = cursor.number(digits: 1...1), 0...6 ~= day
      else { return nil }
      self.day = .weekday(month: month, week: week, day: day)
    } else {
      let skipsLeapDay = cursor.take("J") != nil
      guard let number = cursor.number(digits: 1...3), number <= 365, number > 0 || !skipsLeapDay
      else { return nil }
      day = skipsLeapDay ? .withoutLeapDay(number) : .ofYear(number)
    }
    if cursor.take("/") != nil {
      guard let time = cursor.signedTime() else { return nil }
      self.time = time
    } else {
      time = 2 * 3600
    }
  }

  /// The local time of the change in a given year, in seconds since the epoch.
  func seconds(in year: Int) -> Int {
    let newYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
    let number =
      switch day {
      case .ofYear(let number): newYear + number
      case .withoutLeapDay(let number): newYear + number - (number >= 60 && CivilDate.isLeap(year) ? 0 : 1)
      case .weekday(let month, let week, let day): Self.dayNumber(year, month, week, day)
      }
    return number * 86_400 + time
  }

  private static func dayNumber(_ year: Int, _ month: Int, _ week: Int, _ day: Int) -> Int {
    let first = CivilDate(dayNumber: CivilDate.dayNumber(year: year, month: month, day: 1))
    let ahead = (day - first.weekday % 7 + 7) % 7 + (week - 1) * 7
    return first.dayNumber + (ahead < CivilDate.days(inMonth: month, of: year) ? ahead : ahead - 7)
  }
}

extension ASCIICursor {
  /// Letters, or anything in angle brackets.
  fileprivate mutating func skipZoneName() -> Bool {
    if take("<") != nil {
      return skip { $0 != UInt8(ascii: ">") } > 0 && take(">") != nil
    }
    return skip { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 } > 0
  }

  /// Hours with optional minutes and seconds, in seconds.
  fileprivate mutating func signedTime() -> Int? {
    let isNegative = take("+", "-") == UInt8(ascii: "-")
    guard let hours = number(digits: 1...3), hours <= 167 else { return nil }
    var seconds = hours * 3600
    for size in [60, 1] where take(":") != nil {
      guard let part = number(digits: 2...2), part < 60 else { return nil }
      seconds += part * size
    }
    return isNegative ? -seconds : seconds
  }
}

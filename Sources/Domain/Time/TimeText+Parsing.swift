extension TimeText {
  /// Takes `2026-11-20`, and after `T` or a space `10:00` or `10:00:00`, and after that perhaps `Z` or an
  /// offset such as `+08:00`, `+0800` or `+08`. Fractions of a second are cut off.
  public init(_ text: some StringProtocol) throws(TimeTextError) {
    var cursor = ASCIICursor(text.utf8)
    cursor.skipSpaces()
    let date = try cursor.acceptedDate()
    if cursor.take("T", "t") == nil {
      let spaces = cursor.skipSpaces()
      if cursor.isAtEnd {
        self = .date(date)
        return
      }
      guard spaces > 0 else { throw .notATime }
    }
    let secondsOfDay = try cursor.timeOfDay()
    cursor.skipSpaces()
    if cursor.isAtEnd {
      self = .local(date, secondsOfDay: secondsOfDay)
      return
    }
    let offset = try cursor.offset()
    cursor.skipSpaces()
    guard cursor.isAtEnd else { throw .notATime }
    let seconds = Int64(date.dayNumber * 86_400 + secondsOfDay - offset)
    guard Moment.accepted ~= seconds else { throw .yearOutOfRange }
    self = .absolute(Moment(seconds: seconds))
  }

  /// For times that no zone is known for: one without an offset is refused.
  public static func moment(_ text: some StringProtocol) throws(TimeTextError) -> Moment {
    guard case .absolute(let moment) = try TimeText(text) else { throw .offsetMissing }
    return moment
  }
}

extension Moment {
  /// 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z: what people and files may give.
  package static let accepted: ClosedRange<Int64> = 0...possible.upperBound
}

extension ASCIICursor {
  @discardableResult
  fileprivate mutating func skipSpaces() -> Int { skip { $0 == UInt8(ascii: " ") } }

  fileprivate mutating func acceptedDate() throws(TimeTextError) -> CivilDate {
    let start = position
    guard let (year, month, day) = dateParts(), next.map({ !Self.isDigit($0) }) ?? true
    else { throw .notATime }
    guard let date = CivilDate(year: year, month: month, day: day)
    else { throw .noSuchDate(text(from: start)) }
    guard year >= 1970 else { throw .yearOutOfRange }
    return date
  }

  fileprivate mutating func timeOfDay() throws(TimeTextError) -> Int {
    let start = position
    guard let hour = number(digits: 2...2), take(":") != nil, let minute = number(digits: 2...2)
    else { throw .notATime }
    var second = 0
    if take(":") != nil {
      guard let written = number(digits: 2...2) else { throw .notATime }
      second = written
    }
    guard hour < 24, minute < 60, second < 60 else { throw .noSuchTimeOfDay(text(from: start)) }
    if position - start == 8, take(".", ",") != nil, skip(while: Self.isDigit) == 0 { throw .notATime }
    return hour * 3600 + minute * 60 + second
  }

  /// Seconds ahead of UTC.
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
}

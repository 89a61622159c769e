extension Moment {
  /// `2026-11-01T02:00:00Z`; past the year 9999 the year has a sign and six digits.
  public var iso8601: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    appendISO8601(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `iso8601` in UTF-8.
  public func appendISO8601(to bytes: inout [UInt8]) {
    let (day, second) = Int(seconds).flooredDivision(by: 86_400)
    let date = CivilDate(dayNumber: day)
    let (year, month, dayOfMonth) = date.parts
    if 0...9999 ~= year {
      return bytes.append(addingCapacity: 20) { text in
        text.append(twoDigits: year / 100)
        text.append(twoDigits: year % 100)
        text.append(UInt8(ascii: "-"))
        text.append(twoDigits: month)
        text.append(UInt8(ascii: "-"))
        text.append(twoDigits: dayOfMonth)
        text.append(UInt8(ascii: "T"))
        text.append(twoDigits: second / 3600)
        text.append(UInt8(ascii: ":"))
        text.append(twoDigits: second / 60 % 60)
        text.append(UInt8(ascii: ":"))
        text.append(twoDigits: second % 60)
        text.append(UInt8(ascii: "Z"))
      }
    }
    date.append(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    bytes.appendTwoDigits(second / 3600)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendTwoDigits(second / 60 % 60)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendTwoDigits(second % 60)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Takes exactly what `iso8601` gives; nil for anything else.
  public init?(iso8601 text: String) {
    self.init(iso8601: text.utf8.span)
  }

  /// Takes exactly what `iso8601` gives, in UTF-8; nil for anything else.
  public init?(iso8601 bytes: Span<UInt8>) {
    let year: Int?
    switch bytes.count {
    case 20: year = bytes.number(at: 0, digits: 4)
    case 23: year = bytes.signedYear()
    default: return nil
    }
    let rest = bytes.count - 16
    guard let year, bytes[rest] == UInt8(ascii: "-"), let month = bytes.number(at: rest + 1, digits: 2),
      bytes[rest + 3] == UInt8(ascii: "-"), let day = bytes.number(at: rest + 4, digits: 2),
      bytes[rest + 6] == UInt8(ascii: "T"), let hour = bytes.number(at: rest + 7, digits: 2), hour < 24,
      bytes[rest + 9] == UInt8(ascii: ":"), let minute = bytes.number(at: rest + 10, digits: 2), minute < 60,
      bytes[rest + 12] == UInt8(ascii: ":"), let second = bytes.number(at: rest + 13, digits: 2), second < 60,
      bytes[rest + 15] == UInt8(ascii: "Z"), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    self.init(seconds: Int64(date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second))
  }
}

extension OutputSpan<UInt8> {
  fileprivate mutating func append(twoDigits number: Int) {
    append(UInt8(truncatingIfNeeded: 48 + number / 10))
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }
}

extension Span<UInt8> {
  fileprivate func number(at start: Int, digits: Int) -> Int? {
    var value = 0
    for position in start..<start + digits {
      guard ASCIICursor.isDigit(self[position]) else { return nil }
      value = value * 10 + Int(self[position] - 48)
    }
    return value
  }

  /// A sign and six digits, for the years that four digits can't say.
  fileprivate func signedYear() -> Int? {
    guard let year = number(at: 1, digits: 6) else { return nil }
    return switch self[0] {
    case UInt8(ascii: "+") where year > 9999: year
    case UInt8(ascii: "-") where year > 0: -year
    default: nil
    }
  }
}

extension Moment {
  /// `2026-11-01T02:00:00Z`.
  package var iso8601: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    appendISO8601(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `iso8601` in UTF-8.
  package func appendISO8601(to bytes: inout [UInt8]) {
    let (day, second) = Int(seconds).flooredDivision(by: 86_400)
    let (year, month, dayOfMonth) = CivilDate(dayNumber: day).parts
    bytes.append(addingCapacity: 20) { text in
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

  /// Accepts exactly what `iso8601` returns; nil for anything else.
  package init?(iso8601 text: String) {
    self.init(iso8601: text.utf8.span)
  }

  /// Accepts exactly what `iso8601` returns, in UTF-8; nil for anything else.
  package init?(iso8601 bytes: Span<UInt8>) {
    guard bytes.count == 20, let year = bytes.number(at: 0, digits: 4), year > 0,
      bytes[4] == UInt8(ascii: "-"), let month = bytes.number(at: 5, digits: 2),
      bytes[7] == UInt8(ascii: "-"), let day = bytes.number(at: 8, digits: 2),
      bytes[10] == UInt8(ascii: "T"), let hour = bytes.number(at: 11, digits: 2), hour < 24,
      bytes[13] == UInt8(ascii: ":"), let minute = bytes.number(at: 14, digits: 2), minute < 60,
      bytes[16] == UInt8(ascii: ":"), let second = bytes.number(at: 17, digits: 2), second < 60,
      bytes[19] == UInt8(ascii: "Z"), let date = CivilDate(year: year, month: month, day: day)
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
}

extension CivilDate: CustomStringConvertible {
  /// Accepts only `YYYY-MM-DD`; nil also if the day doesn't exist.
  package init?(_ text: some StringProtocol) {
    var cursor = ASCIICursor(text.utf8)
    guard let parts = cursor.dateParts(), cursor.isAtEnd,
      let date = CivilDate(year: parts.year, month: parts.month, day: parts.day)
    else { return nil }
    self = date
  }

  /// `YYYY-MM-DD`; negative years and years of more than four digits have a sign and six digits.
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `description` in UTF-8.
  package func append(to bytes: inout [UInt8]) {
    let (year, month, day) = parts
    if 0...9999 ~= year {
      bytes.appendTwoDigits(year / 100)
      bytes.appendTwoDigits(year % 100)
    } else {
      bytes.append(year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      let digits = String(year.magnitude)
      bytes.append(contentsOf: String(repeating: "0", count: max(0, 6 - digits.utf8.count)).utf8)
      bytes.append(contentsOf: digits.utf8)
    }
    bytes.append(UInt8(ascii: "-"))
    bytes.appendTwoDigits(month)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendTwoDigits(day)
  }
}

extension [UInt8] {
  /// Appends a number from 0 to 99 as two ASCII digits.
  mutating func appendTwoDigits(_ number: Int) {
    append(UInt8(truncatingIfNeeded: 48 + number / 10))
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }
}

import Domain

extension CivilDate {
  /// Takes `YYYY-MM-DD`; nil also when there is no such day.
  init?(written text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8...]), 1...12 ~= month, day >= 1
    else { return nil }
    let first = Self.dayNumber(year, month)
    let next = month == 12 ? Self.dayNumber(year + 1, 1) : Self.dayNumber(year, month + 1)
    guard first + day - 1 < next else { return nil }
    self.init(dayNumber: first + day - 1)
  }

  /// 1 January of a year.
  static func first(of year: Int) -> CivilDate { CivilDate(dayNumber: dayNumber(year, 1)) }

  /// 1 (Monday) to 7 (Sunday).
  var dayOfWeek: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0 as Int?) { number, digit in
      guard 48...57 ~= digit else { return nil }
      return number.map { $0 * 10 + Int(digit) - 48 }
    }
  }

  /// The first day of a month: years that begin in March have their leap day at the end.
  private static func dayNumber(_ year: Int, _ month: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400
    return days + (153 * monthFromMarch + 2) / 5 - 719_468
  }
}

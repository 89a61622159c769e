extension CalendarDuration {
  /// Reads a duration as people write it: `90m`, `2h`, `3d 18:00`, `2 workdays`, `1d before 18:00`.
  ///
  /// - Throws: What is wrong with the text, including how to write it.
  package init(parsing text: String) throws(CalendarDurationError) {
    var text = text
    let outcome = text.withUTF8 { CalendarDuration.parse($0) }
    self = try outcome.get()
  }

  /// Reads a duration from UTF-8.
  package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<
    CalendarDuration, CalendarDurationError
  > {
    var scanner = DurationScanner(bytes)
    do throws(CalendarDurationError) {
      return .success(try scanner.duration())
    } catch {
      return .failure(error)
    }
  }

  /// The largest count of a unit: five years.
  package static func most(_ unit: Unit) -> Int {
    switch unit {
    case .minutes: 2_629_440
    case .hours: 43_824
    case .days: 1826
    case .weeks: 260
    case .workdays: 1305
    }
  }
}

/// Reads one duration, which must take up all of the bytes.
private struct DurationScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let space = UInt8(ascii: " ")
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  mutating func duration() throws(CalendarDurationError) -> CalendarDuration {
    let count = try number()
    skipSpace()
    let unit = try unit(after: count)
    guard count <= CalendarDuration.most(unit) else { throw .overFiveYears(unit) }
    var before = false
    var time: CalendarDuration.TimeOfDay?
    while position < bytes.count {
      let word = try nextWord()
      if word.elementsEqual("before".utf8) {
        if time != nil || before { throw .misplacedBefore }
        before = true
      } else if let first = word.first, Self.digits.contains(first), time == nil {
        guard unit != .minutes && unit != .hours else { throw .timeAfterElapsed(unit) }
        time = try timeOfDay(word)
      } else {
        throw .unexpected(String(decoding: word, as: UTF8.self))
      }
    }
    return CalendarDuration(count: count, unit: unit, time: time, before: before)
  }

  private mutating func number() throws(CalendarDurationError) -> Int {
    guard let first = bytes.first else { throw .empty }
    if first == UInt8(ascii: "-") { throw .negative }
    var value = 0
    while position < bytes.count, Self.digits.contains(bytes[position]) {
      value = min(value * 10 + Int(bytes[position] - UInt8(ascii: "0")), 1_000_000_000)
      position += 1
    }
    guard position > 0 else { throw .noNumber(String(decoding: bytes, as: UTF8.self)) }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ",") {
      throw .fraction(String(decoding: bytes, as: UTF8.self))
    }
    return value
  }

  private mutating func unit(after count: Int) throws(CalendarDurationError) -> CalendarDuration.Unit {
    let start = position
    while position < bytes.count, bytes[position] != Self.space { position += 1 }
    let word = bytes[start..<position]
    switch word.count {
    case 0: throw .noUnit(count)
    case 1:
      switch word[start] {
      case UInt8(ascii: "m"): return .minutes
      case UInt8(ascii: "h"): return .hours
      case UInt8(ascii: "d"): return .days
      case UInt8(ascii: "w"): return .weeks
      default: break
      }
    default:
      if word.elementsEqual("workdays".utf8) || word.elementsEqual("workday".utf8) { return .workdays }
    }
    throw .unknownUnit(String(decoding: word, as: UTF8.self))
  }

  private mutating func skipSpace() {
    if position < bytes.count, bytes[position] == Self.space { position += 1 }
  }

  /// The word after exactly one space.
  private mutating func nextWord() throws(CalendarDurationError) -> Slice<UnsafeBufferPointer<UInt8>> {
    skipSpace()
    let start = position
    while position < bytes.count, bytes[position] != Self.space { position += 1 }
    guard position > start else { throw .strayedSpace }
    return bytes[start..<position]
  }

  private func timeOfDay(
    _ word: Slice<UnsafeBufferPointer<UInt8>>
  ) throws(CalendarDurationError) -> CalendarDuration.TimeOfDay {
    let start = word.startIndex
    guard word.count == 5, word[start + 2] == UInt8(ascii: ":"),
      let hour = twoDigits(at: start), let minute = twoDigits(at: start + 3), hour < 24, minute < 60
    else { throw .badTime(String(decoding: word, as: UTF8.self)) }
    return CalendarDuration.TimeOfDay(hour: hour, minute: minute)
  }

  private func twoDigits(at offset: Int) -> Int? {
    guard Self.digits.contains(bytes[offset]), Self.digits.contains(bytes[offset + 1]) else { return nil }
    return Int(bytes[offset]) * 10 + Int(bytes[offset + 1]) - 11 * Int(UInt8(ascii: "0"))
  }
}

import Domain
import Testing

@Suite struct TimeTextTests {
  @Test(arguments: [
    "2026-11-20", " 2026-11-20 ", "1970-01-01", "9999-12-31", "2028-02-29", "2026-11-20\u{3000}",
  ])
  func dates(text: String) throws {
    let date = try TimeFixtures.date(text.filter { $0.isASCII && $0 != " " })
    #expect(try TimeText(text) == .date(date))
  }

  /// Year first, as Excel and WPS show them in Chinese, and as they save them.
  @Test(
    arguments: [
      ("2026/11/3", "2026-11-03", nil), ("2026-11-3", "2026-11-03", nil), ("2026.1.2", "2026-01-02", nil),
      ("2026/11/3 9:05", "2026-11-03", 32_700), ("2026-11-3T9:05:30", "2026-11-03", 32_730),
      ("2026年11月3日", "2026-11-03", nil), ("2026年11月3日 9:05", "2026-11-03", 32_700),
      ("2026年11月03日9:05", "2026-11-03", 32_700), ("２０２６／１１／３　９：０５", "2026-11-03", 32_700),
      ("2026-11-20T9:00", "2026-11-20", 32_400), ("2026-11-20T10：00", "2026-11-20", 36_000),
    ] as [(String, String, Int?)])
  func asSpreadsheetsWriteThem(text: String, day: String, secondsOfDay: Int?) throws {
    let date = try TimeFixtures.date(day)
    #expect(
      try TimeText(text) == secondsOfDay.map { .local(date, secondsOfDay: $0) } ?? .date(date))
  }

  @Test(
    arguments: [
      ("18:00", .timeOfDay(64_800)), ("9:05", .timeOfDay(32_700)), ("24:00", .timeOfDay(86_400)),
      (" 18:00:30 ", .timeOfDay(64_830)), ("１８：００", .timeOfDay(64_800)),
      ("today", .day(0, secondsOfDay: nil)), ("Tomorrow", .day(1, secondsOfDay: nil)),
      ("yesterday 9:00", .day(-1, secondsOfDay: 32_400)), ("tomorrow 24:00", .day(1, secondsOfDay: 86_400)),
      ("今天", .day(0, secondsOfDay: nil)), ("明天18:00", .day(1, secondsOfDay: 64_800)),
      ("后天 18：00", .day(2, secondsOfDay: 64_800)), ("昨天", .day(-1, secondsOfDay: nil)),
      ("前天", .day(-2, secondsOfDay: nil)),
      ("now", .fromNow(CalendarDuration(count: 0, unit: .minutes))),
      ("现在", .fromNow(CalendarDuration(count: 0, unit: .minutes))),
      ("+2d", .fromNow(CalendarDuration(count: 2, unit: .days))),
      ("+90m", .fromNow(CalendarDuration(count: 90, unit: .minutes))),
      ("+1w 18:00", .fromNow(CalendarDuration(count: 1, unit: .weeks, time: .init(hour: 18, minute: 0)))),
      ("-3h", .fromNow(CalendarDuration(count: 3, unit: .hours, before: true))),
    ] as [(String, TimeText)])
  func countedFromNow(text: String, expected: TimeText) throws {
    #expect(try TimeText(text) == expected)
    #expect(throws: TimeTextError.dateMissing) { try TimeText.dated(text) }
    #expect(throws: TimeTextError.offsetMissing) { try TimeText.moment(text) }
  }

  @Test func whatNamesItsDayIsTakenInFiles() throws {
    for text in ["2026/11/3 9:05", "2026-11-20", "2026-11-20T10:00+08:00"] {
      #expect(try TimeText.dated(text) == TimeText(text))
    }
  }

  @Test(arguments: [
    ("2026-11-20T10:00", 36_000), ("2026-11-20 10:00", 36_000), ("2026-11-20t10:00:59", 36_059),
    ("2026-11-20  00:00", 0), ("2026-11-20 24:00", 86_400), ("2026-11-20T24:00:00", 86_400),
    ("2026-11-20T23:59:59.999999", 86_399), ("2026-11-20 10:00:00,5", 36_000),
  ])
  func localTimes(text: String, secondsOfDay: Int) throws {
    let date = try TimeFixtures.date("2026-11-20")
    #expect(try TimeText(text) == .local(date, secondsOfDay: secondsOfDay))
  }

  @Test(arguments: [
    ("2026-11-20T10:00Z", "2026-11-20T10:00:00Z"), ("2026-11-20 10:00:30z", "2026-11-20T10:00:30Z"),
    ("2026-11-20T10:00+08:00", "2026-11-20T02:00:00Z"), ("2026-11-20 10:00 +0800", "2026-11-20T02:00:00Z"),
    ("2026-11-20T10:00:00.9+08", "2026-11-20T02:00:00Z"), ("2026-11-20T10:00-03:30", "2026-11-20T13:30:00Z"),
    ("2026-11-20T24:00+08:00", "2026-11-20T16:00:00Z"), ("2026-01-01T05:00+05:45", "2025-12-31T23:15:00Z"),
    ("1970-01-01T08:00+08:00", "1970-01-01T00:00:00Z"),
    ("9990-12-31T23:59:59Z", "9990-12-31T23:59:59Z"),
  ])
  func timesWithAnOffset(text: String, moment: String) throws {
    let moment = try TimeFixtures.moment(moment)
    #expect(try TimeText(text) == .absolute(moment))
    #expect(try TimeText.moment(text) == moment)
  }

  @Test(arguments: [
    ("", TimeTextError.notATime), ("soon", .notATime), ("2026-11", .notATime), ("2026", .notATime),
    ("2026-11-20T", .notATime), ("2026-11-20x10:00", .notATime), ("2026-11-2010:00", .notATime),
    ("2026-11-20T10", .notATime), ("2026-11-20T9:0", .notATime), ("2026-11-20T10:00:", .notATime),
    ("2026-11-20T10:00:00.", .notATime), ("2026-11-20T10:00.5", .notATime), ("2026-11-20T10:000", .notATime),
    ("2026-11-20T10:00+", .notATime), ("2026-11-20T10:00+8", .notATime), ("2026-11-20T10:00+08:0", .notATime),
    ("2026-11-20T10:00ZZ", .notATime), ("2026-11-20T10:00+08:00x", .notATime), ("2026-11-20Z", .notATime),
    ("12026-11-20", .notATime), ("2026/11-20", .notATime), ("2026-11-20\n", .notATime),
    ("2026-02-29", .noSuchDate("2026-02-29")), ("2026-11-31T10:00", .noSuchDate("2026-11-31")),
    ("2026-11-20T24:01", .noSuchTimeOfDay("24:01")), ("25:00", .noSuchTimeOfDay("25:00")),
    ("11/3/2026", .yearNotFirst("11/3/2026")), ("3.11.2026 9:05", .yearNotFirst("3.11.2026")),
    ("11-3-26", .yearNotFirst("11-3-26")), ("26/11/3", .yearNotFirst("26/11/3")),
    ("45964", .dayNumber("45964")), ("45964.378472", .dayNumber("45964.378472")),
    ("20261120", .notATime), ("18:00Z", .notATime), ("18", .notATime), ("tomorrow18:00", .notATime),
    ("tomorrow +08:00", .notATime), ("+2", .notATime), ("+2d before", .notATime), ("+2 workdays", .notATime),
    ("+6000d", .notATime), ("2d", .notATime), ("2026年11月3", .notATime),
    ("2026/2/30", .noSuchDate("2026/2/30")),
    ("2026-11-20 10:60", .noSuchTimeOfDay("10:60")),
    ("2026-11-20 23:59:60.5Z", .noSuchTimeOfDay("23:59:60")), ("2026-11-20T10:00+19", .noSuchOffset),
    ("2026-11-20T10:00+08:60", .noSuchOffset), ("1969-12-31", .yearOutOfRange),
    ("1970-01-01T07:59+08:00", .yearOutOfRange), ("9990-12-31T23:59:59-01", .yearOutOfRange),
  ])
  func refuses(text: String, error: TimeTextError) {
    #expect(throws: error) { try TimeText(text) }
    #expect(throws: error) { try TimeText.moment(text) }
  }

  @Test func whatNeedsAnOffsetSaysSo() {
    #expect(throws: TimeTextError.offsetMissing) { try TimeText.moment("2026-11-20T10:00") }
    #expect(throws: TimeTextError.offsetMissing) { try TimeText.moment("2026-11-20") }
  }

  @Test(arguments: [
    TimeTextError.notATime, .noSuchDate("2026-02-30"), .noSuchTimeOfDay("24:01"), .noSuchOffset,
    .yearOutOfRange, .yearNotFirst("11/3/2026"), .dayNumber("45964"), .dateMissing, .offsetMissing,
  ])
  func everyMessageEndsWithATimeThatIsRight(error: TimeTextError) throws {
    for text in [error.wording.en, error.wording.zh] {
      let example = try #require(text.split { !"0123456789-+:T".contains($0) }.last)
      #expect(throws: Never.self) { try TimeText(example) }
    }
  }
}

import Domain
import Testing

@Suite struct TimeTextTests {
  @Test(arguments: ["2026-11-20", " 2026-11-20 ", "1970-01-01", "9999-12-31", "2028-02-29"])
  func dates(text: String) throws {
    let date = try TimeFixtures.date(text.split(separator: " ").joined())
    #expect(try TimeText(text) == .date(date))
  }

  @Test(arguments: [
    ("2026-11-20T10:00", 36_000), ("2026-11-20 10:00", 36_000), ("2026-11-20t10:00:59", 36_059),
    ("2026-11-20  00:00", 0), ("2026-11-20T23:59:59.999999", 86_399), ("2026-11-20 10:00:00,5", 36_000),
  ])
  func localTimes(text: String, secondsOfDay: Int) throws {
    let date = try TimeFixtures.date("2026-11-20")
    #expect(try TimeText(text) == .local(date, secondsOfDay: secondsOfDay))
  }

  @Test(arguments: [
    ("2026-11-20T10:00Z", "2026-11-20T10:00:00Z"), ("2026-11-20 10:00:30z", "2026-11-20T10:00:30Z"),
    ("2026-11-20T10:00+08:00", "2026-11-20T02:00:00Z"), ("2026-11-20 10:00 +0800", "2026-11-20T02:00:00Z"),
    ("2026-11-20T10:00:00.9+08", "2026-11-20T02:00:00Z"), ("2026-11-20T10:00-03:30", "2026-11-20T13:30:00Z"),
    ("2026-01-01T05:00+05:45", "2025-12-31T23:15:00Z"), ("1970-01-01T08:00+08:00", "1970-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
  ])
  func timesWithAnOffset(text: String, moment: String) throws {
    let moment = try TimeFixtures.moment(moment)
    #expect(try TimeText(text) == .absolute(moment))
    #expect(try TimeText.moment(text) == moment)
  }

  @Test(arguments: [
    ("", TimeTextError.notATime), ("now", .notATime), ("2026-11", .notATime), ("20.11.2026", .notATime),
    ("2026-11-20T", .notATime), ("2026-11-20x10:00", .notATime), ("2026-11-2010:00", .notATime),
    ("2026-11-20T10", .notATime), ("2026-11-20T9:00", .notATime), ("2026-11-20T10:00:", .notATime),
    ("2026-11-20T10:00:00.", .notATime), ("2026-11-20T10:00.5", .notATime), ("2026-11-20T10:000", .notATime),
    ("2026-11-20T10:00+", .notATime), ("2026-11-20T10:00+8", .notATime), ("2026-11-20T10:00+08:0", .notATime),
    ("2026-11-20T10:00ZZ", .notATime), ("2026-11-20T10:00+08:00x", .notATime), ("2026-11-20Z", .notATime),
    ("12026-11-20", .notATime), ("2026-11-20T10：00", .notATime), ("2026-11-20\n", .notATime),
    ("2026-02-29", .noSuchDate("2026-02-29")), ("2026-11-31T10:00", .noSuchDate("2026-11-31")),
    ("2026-11-20T24:00", .noSuchTimeOfDay("24:00")), ("2026-11-20 10:60", .noSuchTimeOfDay("10:60")),
    ("2026-11-20 23:59:60.5Z", .noSuchTimeOfDay("23:59:60")), ("2026-11-20T10:00+19", .noSuchOffset),
    ("2026-11-20T10:00+08:60", .noSuchOffset), ("1969-12-31", .yearOutOfRange),
    ("1970-01-01T07:59+08:00", .yearOutOfRange), ("9999-12-31T23:59:59-01", .yearOutOfRange),
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
    TimeTextError.notATime, .noSuchDate("2026-02-30"), .noSuchTimeOfDay("24:00"), .noSuchOffset,
    .yearOutOfRange, .offsetMissing,
  ])
  func everyMessageEndsWithATimeThatIsRight(error: TimeTextError) throws {
    for text in [error.wording.en, error.wording.zh] {
      let example = try #require(text.split { !"0123456789-+:T".contains($0) }.last)
      #expect(throws: Never.self) { try TimeText(example) }
    }
  }
}

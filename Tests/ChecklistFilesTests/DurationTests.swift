import Domain
import Testing

@Suite("Durations as they are written")
struct DurationTests {
  @Test(
    "a number, a unit, and what may follow",
    arguments: [
      ("90m", CalendarDuration(count: 90, unit: .minutes)),
      ("0m", CalendarDuration(count: 0, unit: .minutes)),
      ("2h", CalendarDuration(count: 2, unit: .hours)), ("2 h", CalendarDuration(count: 2, unit: .hours)),
      ("3d", CalendarDuration(count: 3, unit: .days)), ("1w", CalendarDuration(count: 1, unit: .weeks)),
      ("2 workdays", CalendarDuration(count: 2, unit: .workdays)),
      ("2workdays", CalendarDuration(count: 2, unit: .workdays)),
      ("1 workday", CalendarDuration(count: 1, unit: .workdays)),
      ("3d 18:00", CalendarDuration(count: 3, unit: .days, time: .init(hour: 18, minute: 0))),
      ("1 workday 00:05", CalendarDuration(count: 1, unit: .workdays, time: .init(hour: 0, minute: 5))),
      ("1d before", CalendarDuration(count: 1, unit: .days, before: true)),
      ("2h before", CalendarDuration(count: 2, unit: .hours, before: true)),
      (
        "1d before 18:00",
        CalendarDuration(count: 1, unit: .days, time: .init(hour: 18, minute: 0), before: true)
      ),
      (
        "2 workdays before 23:59",
        CalendarDuration(count: 2, unit: .workdays, time: .init(hour: 23, minute: 59), before: true)
      ),
      ("007d", CalendarDuration(count: 7, unit: .days)),
      ("1826d", CalendarDuration(count: 1826, unit: .days)),
      ("260w", CalendarDuration(count: 260, unit: .weeks)),
      ("1305 workdays", CalendarDuration(count: 1305, unit: .workdays)),
      ("43824h", CalendarDuration(count: 43824, unit: .hours)),
      ("2629440m", CalendarDuration(count: 2_629_440, unit: .minutes)),
    ])
  func reads(text: String, deadline: CalendarDuration) throws {
    #expect(try CalendarDuration(parsing: text) == deadline)
  }

  @Test(
    "what is wrong is said exactly",
    arguments: [
      ("", .empty), ("soon", .noNumber("soon")), (" 2h", .noNumber(" 2h")), ("-2h", .negative),
      ("1.5h", .fraction("1.5h")), ("1,5h", .fraction("1,5h")), ("2", .noUnit(2)), ("0", .noUnit(0)),
      ("2s", .unknownUnit("s")), ("2H", .unknownUnit("H")), ("2  h", .noUnit(2)), ("2h ", .strayedSpace),
      ("2d  18:00", .strayedSpace), ("1827d", .overFiveYears(.days)), ("261w", .overFiveYears(.weeks)),
      ("1306 workdays", .overFiveYears(.workdays)), ("43825h", .overFiveYears(.hours)),
      ("2629441m", .overFiveYears(.minutes)), ("99999999999999999999d", .overFiveYears(.days)),
      ("2h 18:00", .timeAfterElapsed(.hours)), ("90m 18:00", .timeAfterElapsed(.minutes)),
      ("2h before 18:00", .timeAfterElapsed(.hours)), ("3d 9:00", .badTime("9:00")),
      ("3d 24:00", .badTime("24:00")), ("3d 18:60", .badTime("18:60")), ("3d 18:00:00", .badTime("18:00:00")),
      ("1d 18:00 before", .misplacedBefore), ("1d before before", .misplacedBefore),
      ("1d after", .unexpected("after")), ("1d 18:00 19:00", .unexpected("19:00")), ("２h", .noNumber("２h")),
    ] as [(String, CalendarDurationError)])
  func refuses(text: String, problem: CalendarDurationError) {
    #expect(throws: problem) { try CalendarDuration(parsing: text) }
    #expect(!problem.wording.en.isEmpty)
    #expect(problem.wording.zh.contains(/\p{Han}/))
  }

  @Test(
    "a unit that was meant is suggested",
    arguments: [
      ("2hours", "h"), ("2 小时", "h"), ("3 days", "d"), ("1天", "d"), ("2 workdyas", "workdays"),
      ("5min", "m"), ("2D", "d"), ("1 week", "w"), ("2个工作日", "workdays"),
    ])
  func suggests(text: String, unit: String) throws {
    let problem = try #require(throws: CalendarDurationError.self) { try CalendarDuration(parsing: text) }
    #expect(problem.wording.en.hasSuffix("did you mean '\(unit)'?"))
    #expect(problem.wording.zh.hasSuffix("是不是想写“\(unit)”？"))
  }
}

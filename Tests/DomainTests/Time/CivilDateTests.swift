import Domain
import Testing

@Suite struct CivilDateTests {
  @Test func everyDayOfEightCenturiesFollowsTheOneBefore() throws {
    var (year, month, day) = (1599, 12, 31)
    var number = try #require(CivilDate(year: year, month: month, day: day)).dayNumber
    var weekday = 5
    while year < 2400 {
      let next = CivilDate(dayNumber: number + 1)
      let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      (year, month, day) =
        day < length ? (year, month, day + 1) : month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
      number += 1
      weekday = weekday % 7 + 1
      let parts = next.parts
      guard parts == (year, month, day), next.weekday == weekday,
        CivilDate(year: year, month: month, day: day) == next
      else {
        Issue.record("day \(number) is \(parts), weekday \(next.weekday); expected \((year, month, day))")
        return
      }
    }
  }

  @Test(arguments: [
    ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2), ("2026-11-20", 20_777, 5),
    ("9999-12-31", 2_932_896, 5), ("0000-03-01", -719_468, 3), ("0001-01-01", -719_162, 1),
  ])
  func knownDays(text: String, number: Int, weekday: Int) throws {
    let date = try TimeFixtures.date(text)
    #expect(date.dayNumber == number)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
  }

  @Test(arguments: [
    "", "2026-11-2", "2026-1-20", "26-11-20", "2026-11-20 ", " 2026-11-20", "2026-11-200", "2026/11/20",
    "2026-13-01", "2026-00-01", "2026-01-00", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31",
    "-026-01-01", "+2026-01-01", "2026-11-20T", "２０２６-11-20",
  ])
  func refuses(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func yearsBeyondFourDigitsHaveASign() {
    #expect(CivilDate(dayNumber: 2_932_897).description == "+010000-01-01")
    #expect(CivilDate(dayNumber: -719_529).description == "-000001-12-31")
  }
}

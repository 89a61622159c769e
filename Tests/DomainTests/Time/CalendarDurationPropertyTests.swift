import Domain
import TestSupport
import Testing

@Suite struct CalendarDurationPropertyTests {
  @Test(arguments: ["America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Gaza"])
  func aLargerCountIsNeverEarlier(name: String) throws {
    let zone = try TimeFixtures.zone(name)
    let calendar = try TimeFixtures.springFestival()
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      let start = Moment(seconds: .random(in: 946_684_800...2_145_916_800, using: &generator))
      for unit in CalendarDuration.Unit.allCases {
        let due = [false, true].map { before in
          (0..<40).map { count in
            CalendarDuration(count: count, unit: unit, before: before)
              .dueAt(from: start, in: zone, calendar: calendar).moment
          }
        }
        #expect(zip(due[0], due[0].dropFirst()).allSatisfy { $0 <= $1 }, "\(unit) from \(start.iso8601)")
        #expect(zip(due[1], due[1].dropFirst()).allSatisfy { $0 >= $1 }, "\(unit) before \(start.iso8601)")
      }
    }
  }

  @Test func workdaysBackAndForthMeet() throws {
    let calendar = try TimeFixtures.springFestival()
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let date = try TimeFixtures.date("2025-12-01") + Int.random(in: 0..<430, using: &generator)
      let count = Int.random(in: 1...60, using: &generator)
      let later = calendar.workday(count, from: date).date
      #expect(calendar.isWorkday(later))
      #expect((1...later.dayNumber - date.dayNumber).count { calendar.isWorkday(date + $0) } == count)
      if calendar.isWorkday(date) {
        #expect(calendar.workday(count, from: later, before: true).date == date)
      }
    }
  }

  @Test func aCalendarWithoutWorkdaysComesToAnEnd() throws {
    let never = WorkCalendar(
      name: "never", covers: 2000...2100, weekend: Set(1...7), holidays: [], workdays: [])
    let start = try TimeFixtures.date("2026-11-20")
    #expect(never.workday(3, from: start).beyondCalendar)
  }

  @Test func pastItsYearsOnlyTheWeekendOfACalendarCounts() throws {
    let holiday = try TimeFixtures.date("2027-01-01")
    let saturday = try TimeFixtures.date("2027-01-02")
    let calendar = WorkCalendar(
      name: "short", covers: 2026...2026, weekend: [5], holidays: [holiday + 3], workdays: [holiday])
    #expect(!calendar.knows(holiday))
    #expect(!calendar.isWorkday(holiday))
    #expect(calendar.isWorkday(saturday))
    #expect(calendar.isWorkday(holiday + 3))
  }
}

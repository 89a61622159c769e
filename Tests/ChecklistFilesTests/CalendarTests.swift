import ChecklistFiles
import Domain
import Testing

@Suite("What a calendar file says")
struct CalendarTests {
  @Test("every key is read")
  func everything() throws {
    let calendar = try decode(
      """
      calendar: cn
      covers: 2025..2026
      weekend: [fri, sat]
      holidays: [2026-10-01, 2025-02-28]
      workdays: [2026-10-10]
      """)
    #expect(calendar.name == "cn")
    #expect(calendar.covers == 2025...2026)
    #expect(calendar.weekend == [5, 6])
    #expect(calendar.holidays == [try date("2026-10-01"), try date("2025-02-28")])
    #expect(calendar.workdays == [try date("2026-10-10")])
  }

  @Test("without 'weekend' Saturday and Sunday are off; one year is a range, too")
  func defaults() throws {
    let calendar = try decode("calendar: cn\ncovers: 2026\n")
    #expect(calendar.weekend == [6, 7])
    #expect(calendar.covers == 2026...2026)
    #expect(calendar.holidays.isEmpty && calendar.workdays.isEmpty)
  }

  @Test("empty lists are fine: no day is off, none is special")
  func emptyLists() throws {
    let calendar = try decode("calendar: cn\ncovers: 2026\nweekend: []\nholidays: []\nworkdays: []\n")
    #expect(calendar.weekend.isEmpty)
  }

  @Test(
    "from 60 days before its end a calendar is warned of",
    arguments: [
      ("2026-10-31", nil), ("2026-11-01", "calendar-ends-soon"), ("2026-12-31", "calendar-ends-soon"),
      ("2027-01-01", "calendar-ended"),
    ])
  func end(today: String, code: String?) throws {
    let read = DefinitionText.calendar(
      Array("calendar: cn\ncovers: 2025..2026\n".utf8), file: "cn.yaml", today: try date(today))
    #expect(read.findings.map(\.code) == (code.map { [$0] } ?? []))
    #expect(read.findings.allSatisfy { $0.severity == .warning && $0.line == 2 && $0.column == 9 })
    #expect(read.calendar != nil)
  }

  private func decode(_ text: String) throws -> WorkCalendar {
    let read = DefinitionText.calendar(Array(text.utf8), file: "calendars/cn.yaml")
    #expect(read.findings.map(\.message.en) == [])
    return try #require(read.calendar)
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}

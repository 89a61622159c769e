import Domain
import Foundation
import Testing

/// Due times against those that another program finds: see Model/generate.py.
@Suite struct CalendarDurationModelTests {
  @Test func agreesWithPython() throws {
    let table = try String(contentsOfFile: TimeFixtures.modelPath("deadlines.tsv"), encoding: .utf8)
    let calendar = try TimeFixtures.springFestival()
    var rows = 0
    var moved = 0
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 8)
      let zone = try TimeFixtures.zone(fields[0])
      let start = try TimeFixtures.moment(fields[1])
      let deadline = try Self.deadline(fields)
      let due = deadline.dueAt(from: start, in: zone, calendar: calendar)
      #expect(due.moment.iso8601 == fields[6], "\(line)")
      #expect(due.beyondCalendar == (fields[7] == "1"), "\(line)")
      rows += 1
      let countsDays = deadline.unit != .minutes && deadline.unit != .hours && deadline.time == nil
      if countsDays, zone.local(start).secondsOfDay != zone.local(due.moment).secondsOfDay { moved += 1 }
    }
    #expect(rows == 3680)
    #expect(moved > 100, "many of the times fall into a gap")
  }

  private static func deadline(_ fields: [String]) throws -> CalendarDuration {
    let time = fields[4].split(separator: ":").compactMap { Int($0) }
    return CalendarDuration(
      count: try #require(Int(fields[2])), unit: try #require(CalendarDuration.Unit(rawValue: fields[3])),
      time: time.count == 2 ? CalendarDuration.TimeOfDay(hour: time[0], minute: time[1]) : nil,
      before: fields[5] == "before")
  }
}

import Domain
import Foundation
import Testing

enum TimeFixtures {
  /// The zones kept beside the tests, so that none depends on the machine's database.
  static let zones = ZoneDirectory { name in
    FileManager.default.contents(atPath: modelPath("zoneinfo/" + name)).map { [UInt8]($0) }
  }

  static func zone(_ name: String) throws -> Zone {
    try #require(zones.zone(named: name), "no zone \(name) among the fixtures")
  }

  static func modelPath(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Model/" + name).path
  }

  static func bytes(of zone: String) throws -> [UInt8] {
    [UInt8](try #require(FileManager.default.contents(atPath: modelPath("zoneinfo/" + zone))))
  }

  static func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "no date: \(text)") }

  static func moment(_ text: String) throws -> Moment {
    try #require(Moment(iso8601: text), "no moment: \(text)")
  }

  /// Like `calendars/cn.yaml` for one year; the same days as in Model/generate.py.
  static func springFestival() throws -> WorkCalendar {
    func days(_ first: String, _ count: Int) throws -> [CivilDate] {
      let start = try date(first)
      return (0..<count).map { start + $0 }
    }
    return WorkCalendar(
      name: "cn", covers: 2026...2026, weekend: [6, 7],
      holidays: Set(try days("2026-01-01", 3) + days("2026-02-15", 9) + days("2026-10-01", 7)),
      workdays: Set(
        try ["2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"].map(date)))
  }

  /// `2026-11-20 10:00` or with seconds, as a zone's clocks show it.
  static func moment(_ text: String, in zone: Zone) throws -> Moment {
    guard case .local(let date, let secondsOfDay) = try TimeText(text) else {
      throw TimeTextError.notATime
    }
    return zone.moment(of: date, secondsOfDay: secondsOfDay)
  }
}

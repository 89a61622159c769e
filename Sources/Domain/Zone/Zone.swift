/// A time zone of the IANA database.
package struct Zone: Sendable, Hashable {
  /// As requested, such as `Asia/Shanghai`; may be a link.
  package let name: String
  /// Nil for UTC.
  private let offsets: (any ZoneOffsets)?

  package init(name: String, offsets: any ZoneOffsets) {
    self.name = name
    self.offsets = offsets
  }

  private init(utcNamed name: String) {
    self.name = name
    offsets = nil
  }

  package static let utc = Zone(utcNamed: "UTC")

  /// UTC by one of its usual names; nil for other names.
  package static func utc(named name: String) -> Zone? {
    switch name {
    case "UTC", "Etc/UTC", "GMT", "Etc/GMT": Zone(utcNamed: name)
    default: nil
    }
  }

  /// By name, since a database has only one zone of each.
  package static func == (one: Zone, other: Zone) -> Bool { one.name == other.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Seconds ahead of UTC; negative if behind.
  package func secondsFromGMT(at moment: Moment) -> Int {
    offsets?.period(at: moment).offset ?? 0
  }

  /// The local date, and seconds since midnight on the clock.
  package func local(_ moment: Moment) -> (date: CivilDate, secondsOfDay: Int) {
    let shown = Int(moment.seconds) + secondsFromGMT(at: moment)
    let (day, second) = shown.flooredDivision(by: 86_400)
    return (CivilDate(dayNumber: day), second)
  }

  /// The moment of a local time. Of a time that occurs twice, the first; of one that is skipped, the first
  /// moment after the gap (see FORMAT.md, "Durations").
  package func moment(of date: CivilDate, secondsOfDay: Int) -> Moment {
    let wanted = Int64(date.dayNumber * 86_400 + secondsOfDay)
    guard let offsets else { return Moment(seconds: wanted) }
    var start = Moment(seconds: wanted - Self.widestOffset)
    let last = Moment(seconds: wanted + Self.widestOffset)
    var afterGap: Moment?
    while true {
      let period = offsets.period(at: start)
      let found = Moment(seconds: wanted - Int64(period.offset))
      if found < start {
        afterGap = afterGap ?? start
      } else if period.end.map({ found < $0 }) ?? true {
        return found
      }
      guard let end = period.end, end <= last else { return afterGap ?? found }
      start = end
    }
  }

  /// More than a day: `Asia/Manila` was once 15:56 behind, and no offset has ever been larger.
  private static let widestOffset: Int64 = 26 * 3600
}

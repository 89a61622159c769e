/// A time zone of the IANA database.
package struct Zone: Sendable, Hashable {
  /// The name it was asked for by, such as `Asia/Shanghai`.
  package let name: String
  /// Nil where the clocks show UTC.
  private let offsets: (any ZoneOffsets)?

  package init(name: String, offsets: any ZoneOffsets) {
    self.name = name
    self.offsets = offsets
  }

  private init(utcNamed name: String) {
    self.name = name
    offsets = nil
  }

  /// Universal time.
  package static let utc = Zone(utcNamed: "UTC")

  /// Universal time by one of its usual names; nil for any other.
  package static func utc(named name: String) -> Zone? {
    switch name {
    case "UTC", "Etc/UTC", "GMT", "Etc/GMT": Zone(utcNamed: name)
    default: nil
    }
  }

  /// By name: a database has one zone of each.
  package static func == (one: Zone, other: Zone) -> Bool { one.name == other.name }

  /// By name, too.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// How far the clocks are ahead of UTC; negative where they are behind.
  package func secondsFromGMT(at moment: Moment) -> Int {
    offsets?.period(at: moment).offset ?? 0
  }

  /// What a calendar and a clock on the wall show.
  package func local(_ moment: Moment) -> (date: CivilDate, secondsOfDay: Int) {
    let shown = Int(moment.seconds) + secondsFromGMT(at: moment)
    let (day, second) = shown.flooredDivision(by: 86_400)
    return (CivilDate(dayNumber: day), second)
  }

  /// When clocks show a local time: of one that is shown twice the first moment, of one that a change
  /// of clocks skips the first moment after the gap (see FORMAT.md, "Durations").
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

  /// Over a day: `Asia/Manila` was once 15:56 behind, and no offset has ever been larger.
  private static let widestOffset: Int64 = 26 * 3600
}

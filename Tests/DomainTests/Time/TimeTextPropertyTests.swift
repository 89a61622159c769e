import Domain
import TestSupport
import Testing

/// What holds of times however they are written, in zones that change their clocks.
@Suite struct TimeTextPropertyTests {
  private static let zones = [
    "UTC", "Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Pacific/Apia",
  ]

  private func forEachMoment(_ body: (Zone, Moment) throws -> Void) throws {
    for name in Self.zones {
      let zone = try TimeFixtures.zone(name)
      var generator = SeededGenerator(seed: 11)
      for _ in 0..<400 {
        let (start, end) = (Int64(1_300_000_000), Int64(1_900_000_000))
        try body(zone, Moment(seconds: Int64.random(in: start...end, using: &generator)))
      }
      // Midnights, and the moments around them.
      for day in stride(from: 14_600, to: 21_000, by: 37) {
        let midnight = zone.moment(of: CivilDate(dayNumber: day), secondsOfDay: 0)
        for shift: Int64 in [-1, 0, 1, 59, 60] { try body(zone, midnight + shift) }
      }
    }
  }

  /// To the minute, and but for an hour that a change of clocks shows twice.
  @Test func whatIsShownOfADueTimeIsReadBack() throws {
    try forEachMoment { zone, moment in
      let shown = zone.formatDue(moment)
      let read = try TimeText(shown).moment(.ends, in: zone, now: moment)
      let lost = moment - read
      #expect(0..<60 ~= lost || zone.format(read) == zone.format(moment), "\(zone.name) \(shown)")
      #expect(!shown.hasSuffix(" 00:00"))
    }
  }

  @Test func aDateAloneEndsAt24() throws {
    try forEachMoment { zone, moment in
      let date = zone.local(moment).date
      let end = try TimeText("\(date)").moment(.ends, in: zone, now: moment)
      #expect(end > moment)
      // Where clocks skip midnight, or a whole day, it ends later.
      if zone.local(end) == (date + 1, 0) { #expect(zone.formatDue(end) == "\(date) 24:00") }
      #expect(try end == TimeText("\(date) 24:00").moment(.ends, in: zone, now: moment))
      #expect(try end == TimeText("\(date + 1)").moment(.begins, in: zone, now: moment))
      #expect(try TimeText("\(date)").moment(.begins, in: zone, now: moment) == moment)
      #expect(try TimeText("\(date)").moment(.happened, in: zone, now: moment) == moment)
    }
  }

  @Test func aTimeOfDayIsTheNearestOnItsSide() throws {
    try forEachMoment { zone, now in
      for text in ["0:00", "9:05", "18:00", "23:59"] {
        let time = try TimeText(text)
        let last = try time.moment(.happened, in: zone, now: now)
        let next = try time.moment(.ends, in: zone, now: now)
        #expect(last <= now && now < next, "\(zone.name) \(now.iso8601) \(text)")
        // Samoa left out a day.
        #expect(next - last <= 50 * 3600)
        #expect(try time.moment(.begins, in: zone, now: now) == next)
      }
    }
  }

  @Test func whatHappenedIsNeverTakenForNowWhereItsDayHasNotCome() throws {
    try forEachMoment { zone, now in
      let today = zone.local(now).date
      for days in [1, 2, 400] {
        let ahead = try TimeText("\(today + days)").moment(.happened, in: zone, now: now)
        let past = try TimeText("\(today + -days)").moment(.happened, in: zone, now: now)
        #expect(past <= now && now < ahead)
      }
    }
  }

  @Test func spreadsheetsAndPeopleWriteTheSameTime() throws {
    try forEachMoment { zone, moment in
      let (year, month, day) = zone.local(moment).date.parts
      let minutes = zone.local(moment).secondsOfDay / 60
      let clock = "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
      let padded = try TimeText(zone.format(moment))
      for text in [
        "\(year)/\(month)/\(day) \(clock)", "\(year)-\(month)-\(day) \(clock)",
        "\(year)年\(month)月\(day)日\(clock)",
      ] {
        #expect(try TimeText(text) == padded)
      }
    }
  }
}

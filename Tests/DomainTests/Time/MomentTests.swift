import Domain
import TestSupport
import Testing

@Suite struct MomentTests {
  @Test(arguments: [
    (Int64.min, "0001-01-01T00:00:00Z"), (-62_135_596_801, "0001-01-01T00:00:00Z"),
    (253_402_300_800, "9999-12-31T23:59:59Z"), (.max, "9999-12-31T23:59:59Z"),
  ])
  func endsWithTheYears1And9999(seconds: Int64, text: String) {
    #expect(Moment(seconds: seconds).iso8601 == text)
  }

  @Test(arguments: [Int64.min, -1, 0, 1, .max]) func addsWhateverItIsGiven(seconds: Int64) {
    for start in [Moment(seconds: .min), Moment(seconds: 0), Moment(seconds: .max)] {
      let sum = start + seconds
      #expect(Moment.possible ~= sum.seconds)
      #expect(sum.milliseconds / 1000 == sum.seconds)
      #expect((sum < start) == (seconds < 0 && start.seconds > Moment.possible.lowerBound))
    }
  }

  /// Near the ends there are changes of clocks that no moment reaches.
  @Test(arguments: ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
  func everyZoneHasLocalTimesAtTheEnds(name: String) throws {
    let zone = try #require(TestZones.directory.zone(named: name))
    for edge in [Moment.possible.lowerBound, Moment.possible.upperBound] {
      let local = zone.local(Moment(seconds: edge))
      for days in [-400, -1, 0, 1, 400] {
        let moment = zone.moment(of: local.date + days, secondsOfDay: local.secondsOfDay)
        #expect(abs(moment.seconds - edge) <= 401 * 86_400)
      }
    }
  }
}

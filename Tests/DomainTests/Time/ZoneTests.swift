import Domain
import TestSupport
import Testing

@Suite struct ZoneTests {
  /// Local times that are skipped, and where the gap ends; the last column is what clocks show then.
  @Test(arguments: [
    ("America/New_York", "2026-03-08 02:00", "2026-03-08T07:00:00Z", "2026-03-08 03:00"),
    ("America/New_York", "2026-03-08 02:59:59", "2026-03-08T07:00:00Z", "2026-03-08 03:00"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30:00Z", "2026-10-04 02:30"),
    ("Pacific/Chatham", "2026-09-27 03:00", "2026-09-26T14:00:00Z", "2026-09-27 03:45"),
    ("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:00:00Z", "2018-11-04 01:00"),
    ("Asia/Beirut", "2026-03-29 00:00", "2026-03-28T22:00:00Z", "2026-03-29 01:00"),
    ("Europe/Dublin", "2026-03-29 01:30", "2026-03-29T01:00:00Z", "2026-03-29 02:00"),
    ("Antarctica/Troll", "2026-03-29 02:00", "2026-03-29T01:00:00Z", "2026-03-29 03:00"),
    ("America/St_Johns", "2010-03-14 00:30", "2010-03-14T03:31:00Z", "2010-03-14 01:01"),
    ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30T10:00:00Z", "2011-12-31 00:00"),
    ("Pacific/Apia", "2011-12-30 23:59:59", "2011-12-30T10:00:00Z", "2011-12-31 00:00"),
    ("Pacific/Fakaofo", "2011-12-30 12:00", "2011-12-30T11:00:00Z", "2011-12-31 00:00"),
    ("Pacific/Kwajalein", "1993-08-21 12:00", "1993-08-21T12:00:00Z", "1993-08-22 00:00"),
    ("Asia/Pyongyang", "2018-05-04 23:45", "2018-05-04T15:00:00Z", "2018-05-05 00:00"),
    ("Africa/Monrovia", "1972-01-07 00:20", "1972-01-07T00:44:30Z", "1972-01-07 00:44"),
    ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T02:00:00Z", "2026-03-22 03:00"),
    ("Europe/Berlin", "2050-03-27 02:30", "2050-03-27T01:00:00Z", "2050-03-27 03:00"),
  ])
  func aSkippedTimeIsTheFirstAfterTheGap(name: String, local: String, utc: String, shown: String) throws {
    let zone = try TimeFixtures.zone(name)
    let moment = try TimeFixtures.moment(local, in: zone)
    #expect(moment.iso8601 == utc)
    #expect(zone.format(moment) == shown)
  }

  @Test(arguments: [
    ("America/New_York", "2026-11-01 01:00", "2026-11-01T05:00:00Z"),
    ("America/New_York", "2026-11-01 01:59:59", "2026-11-01T05:59:59Z"),
    ("America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z"),
    ("Australia/Lord_Howe", "2026-04-05 01:29:59", "2026-04-04T14:29:59Z"),
    ("Pacific/Chatham", "2026-04-05 03:00", "2026-04-04T13:15:00Z"),
    ("America/Sao_Paulo", "2018-02-17 23:30", "2018-02-18T01:30:00Z"),
    ("Europe/Dublin", "2026-10-25 01:30", "2026-10-25T00:30:00Z"),
    ("Antarctica/Troll", "2026-10-25 01:30", "2026-10-24T23:30:00Z"),
    ("Asia/Pyongyang", "2015-08-14 23:45", "2015-08-14T14:45:00Z"),
    ("Europe/Berlin", "2050-10-30 02:30", "2050-10-30T00:30:00Z"),
  ])
  func aTimeThatHappensTwiceIsTheFirst(name: String, local: String, utc: String) throws {
    #expect(try TimeFixtures.moment(local, in: TimeFixtures.zone(name)).iso8601 == utc)
  }

  @Test(arguments: [
    ("Asia/Shanghai", "2026-11-01T02:00:00Z", "2026-11-01 10:00", 28_800),
    ("Asia/Shanghai", "1988-07-01T00:00:00Z", "1988-07-01 09:00", 32_400),
    ("Asia/Kathmandu", "2026-12-31T18:15:00Z", "2027-01-01 00:00", 20_700),
    ("Asia/Kolkata", "2026-12-31T18:30:00Z", "2027-01-01 00:00", 19_800),
    ("Australia/Eucla", "2026-01-01T00:00:59Z", "2026-01-01 08:45", 31_500),
    ("Africa/Monrovia", "1971-06-01T00:44:30Z", "1971-06-01 00:00", -2_670),
    ("Etc/GMT+12", "2026-01-01T00:00:00Z", "2025-12-31 12:00", -43_200),
    ("Pacific/Kiritimati", "2026-01-01T10:00:00Z", "2026-01-02 00:00", 50_400),
    ("Europe/Dublin", "2026-01-01T00:00:00Z", "2026-01-01 00:00", 0),
    ("Europe/Dublin", "2039-07-01T00:00:00Z", "2039-07-01 01:00", 3_600),
    ("Africa/Windhoek", "2016-07-01T00:00:00Z", "2016-07-01 01:00", 3_600),
    ("Asia/Shanghai", "1969-12-31T23:59:59Z", "1970-01-01 07:59", 28_800),
  ])
  func whatClocksShow(name: String, utc: String, shown: String, offset: Int) throws {
    let zone = try TimeFixtures.zone(name)
    let moment = try TimeFixtures.moment(utc)
    #expect(zone.format(moment) == shown)
    #expect(zone.secondsFromGMT(at: moment) == offset)
  }

  @Test func whatAClockShowsLeadsBackOrToTheFirstTimeItShowedThat() throws {
    var generator = SeededGenerator(seed: 3)
    for name in ["Asia/Shanghai", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia", "Asia/Gaza"] {
      let zone = try TimeFixtures.zone(name)
      var repeated = 0
      for _ in 0..<4000 {
        let moment = Moment(seconds: .random(in: 0...2_500_000_000, using: &generator))
        let (date, second) = zone.local(moment)
        let first = zone.moment(of: date, secondsOfDay: second)
        let again = zone.local(first)
        #expect(again == (date, second))
        #expect(first <= moment)
        if first < moment {
          repeated += 1
          #expect(moment - first <= 86_400)
          #expect(zone.secondsFromGMT(at: first) > zone.secondsFromGMT(at: moment))
        }
      }
      #expect(repeated < 40, "\(name): times that happen twice are rare")
    }
  }
}

import Testing

@testable import Domain

@Suite struct ZoneRuleTests {
  private func zone(_ text: String) throws -> Zone {
    Zone(name: "Test/Rule", offsets: try #require(ZoneRule(text.utf8), "not a rule: \(text)"))
  }

  @Test(arguments: [
    ("CST-8", "2026-07-01T00:00:00Z", 28_800), ("<+0545>-5:45", "2026-07-01T00:00:00Z", 20_700),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18_000),
    // South of the equator the new year is in summer.
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-01-01T00:00:00Z", 39_600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-07-01T00:00:00Z", 36_000),
    // Dublin's "summer" is the winter's time.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-07-01T00:00:00Z", 3_600),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-12-01T00:00:00Z", 0),
    // Hours before midnight, and past the next.
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", -7_200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", -3_600),
    ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-24T23:59:59Z", 7_200),
    ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-25T00:00:00Z", 10_800),
    // A summer that never ends.
    ("XXX3EDT4,0/0,J365/23", "2050-01-01T04:00:00Z", -14_400),
    ("XXX3EDT4,0/0,J365/23", "2050-12-31T23:00:00Z", -14_400),
    // J60 is the 1st of March in every year, 60 in leap years alone.
    ("A0B,J60/0,J300/0", "2048-02-29T23:59:59Z", 0), ("A0B,J60/0,J300/0", "2048-03-01T00:00:00Z", 3_600),
    ("A0B,J60/0,J300/0", "2049-02-28T23:59:59Z", 0), ("A0B,J60/0,J300/0", "2049-03-01T00:00:00Z", 3_600),
    ("A0B,60/0,300/0", "2048-02-29T23:59:59Z", 0), ("A0B,60/0,300/0", "2048-03-01T00:00:00Z", 3_600),
    ("A0B,60/0,300/0", "2049-03-01T23:59:59Z", 0), ("A0B,60/0,300/0", "2049-03-02T00:00:00Z", 3_600),
  ])
  func offsets(rule: String, utc: String, offset: Int) throws {
    #expect(try zone(rule).secondsFromGMT(at: TimeFixtures.moment(utc)) == offset)
  }

  @Test func aPeriodEndsWithTheNextChange() throws {
    let rule = try #require(ZoneRule("EST5EDT,M3.2.0,M11.1.0".utf8))
    let changes = sequence(first: try TimeFixtures.moment("2040-01-01T00:00:00Z")) { rule.period(at: $0).end }
    #expect(
      changes.prefix(5).dropFirst().map(\.iso8601) == [
        "2040-03-11T07:00:00Z", "2040-11-04T06:00:00Z", "2041-03-10T07:00:00Z", "2041-11-03T06:00:00Z",
      ])
  }

  @Test(arguments: [
    "", "5", "EST", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
    "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x",
    "EST5EDT,J0,J5", "EST5EDT,366,J5", "EST168",
    "EST5:60", "<EST5", "<>5", "EST5EDT,M3.2.0/,M11.1.0", ":EST5",
  ])
  func refuses(text: String) {
    #expect(ZoneRule(text.utf8) == nil)
  }
}

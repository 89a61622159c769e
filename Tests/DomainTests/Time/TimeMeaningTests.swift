import Domain
import Testing

/// What a time as it was written means, for what is due and for what has happened.
@Suite struct TimeMeaningTests {
  @Test(arguments: [
    ("2026-11-20", "Asia/Shanghai", "2026-11-20T16:00:00Z"),
    ("2026-11-20", "UTC", "2026-11-21T00:00:00Z"),
    ("2026-12-31", "Asia/Kathmandu", "2026-12-31T18:15:00Z"),
    // In Brazil the 4th of November 2018 began at 1:00.
    ("2018-11-03", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    // Samoa had no 30th of December 2011.
    ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("2026-11-20 10:00", "Asia/Shanghai", "2026-11-20T02:00:00Z"),
    ("2026-11-20 10:00+01:00", "Asia/Shanghai", "2026-11-20T09:00:00Z"),
    ("2026-11-20 24:00", "Asia/Shanghai", "2026-11-20T16:00:00Z"),
    ("9990-12-30", "UTC", "9990-12-31T00:00:00Z"), ("9990-12-31 23:59", "UTC", "9990-12-31T23:59:00Z"),
    // Counted from 12:00 in Shanghai on the 20th of November 2026.
    ("18:00", "Asia/Shanghai", "2026-11-20T10:00:00Z"), ("11:59", "Asia/Shanghai", "2026-11-21T03:59:00Z"),
    ("12:00", "Asia/Shanghai", "2026-11-21T04:00:00Z"), ("24:00", "Asia/Shanghai", "2026-11-20T16:00:00Z"),
    ("tomorrow", "Asia/Shanghai", "2026-11-21T16:00:00Z"), ("+2d", "Asia/Shanghai", "2026-11-22T04:00:00Z"),
    ("tomorrow 9:00", "Asia/Shanghai", "2026-11-21T01:00:00Z"), ("+90m", "UTC", "2026-11-20T05:30:00Z"),
    // There it is still the evening of the 19th.
    ("today", "America/New_York", "2026-11-20T05:00:00Z"),
  ])
  func due(text: String, zone: String, expected: String) throws {
    let zone = try TimeFixtures.zone(zone)
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    #expect(try TimeText(text).moment(.ends, in: zone, now: now).iso8601 == expected)
  }

  @Test(arguments: [
    ("9990-12-31", "UTC"), ("9999-12-31", "Asia/Shanghai"), ("9990-12-31 24:00", "America/New_York"),
    ("9990-12-31 23:59", "America/New_York"),
  ])
  func noTimeLiesBeyondTheYear9990(text: String, zone: String) throws {
    let (zone, now) = (try TimeFixtures.zone(zone), try TimeFixtures.moment("2026-11-20T04:00:00Z"))
    #expect(throws: Refusal.yearOutOfRange) { try TimeText(text).moment(.ends, in: zone, now: now) }
  }

  @Test(arguments: [
    ("2026-11-19", "2026-11-19T16:00:00Z"), ("2026-11-20", "2026-11-20T04:00:00Z"),
    ("2026-11-20 11:59", "2026-11-20T03:59:00Z"), ("2026-11-20 12:01", "2026-11-20T04:01:00Z"),
    ("2026-11-20 12:01Z", "2026-11-20T12:01:00Z"),
    ("12:00", "2026-11-20T04:00:00Z"), ("12:01", "2026-11-19T04:01:00Z"), ("0:00", "2026-11-19T16:00:00Z"),
    ("24:00", "2026-11-19T16:00:00Z"), ("today", "2026-11-20T04:00:00Z"),
    ("yesterday", "2026-11-19T16:00:00Z"),
    ("昨天 18:00", "2026-11-19T10:00:00Z"), ("-2h", "2026-11-20T02:00:00Z"),
    // What hasn't come yet is later than now, so that it is refused.
    ("2026-11-21", "2026-11-20T16:00:00Z"), ("tomorrow", "2026-11-20T16:00:00Z"),
    ("9999-12-31", "9999-12-30T16:00:00Z"), ("+2d", "2026-11-22T04:00:00Z"),
  ])
  func happened(text: String, expected: String) throws {
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    let zone = try TimeFixtures.zone("Asia/Shanghai")
    #expect(try TimeText(text).moment(.happened, in: zone, now: now).iso8601 == expected)
  }

  @Test(arguments: [
    ("2026-11-20", "2026-11-20T04:00:00Z"), ("today", "2026-11-20T04:00:00Z"),
    ("2026-11-21", "2026-11-20T16:00:00Z"), ("tomorrow", "2026-11-20T16:00:00Z"),
    ("2026-11-19", "2026-11-18T16:00:00Z"), ("18:00", "2026-11-20T10:00:00Z"),
    ("9:00", "2026-11-21T01:00:00Z"),
    ("2026-11-21 24:00", "2026-11-21T16:00:00Z"),
  ])
  func begins(text: String, expected: String) throws {
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    let zone = try TimeFixtures.zone("Asia/Shanghai")
    #expect(try TimeText(text).moment(.begins, in: zone, now: now).iso8601 == expected)
  }

  /// A plan that was made on the 18th for that day, and recorded on the 20th.
  @Test func aDateBeginsNoLaterThanTheStepThatItBelongsTo() throws {
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    let zone = try TimeFixtures.zone("Asia/Shanghai")
    for step in ["2026-11-18", "2026-11-18 10:00"] {
      let at = try TimeText(step).moment(.happened, in: zone, now: now)
      #expect(try TimeText("2026-11-18").moment(.begins, in: zone, now: now, of: at) == at)
      #expect(
        try TimeText("2026-11-19").moment(.begins, in: zone, now: now, of: at).iso8601
          == "2026-11-18T16:00:00Z")
    }
  }

  @Test(arguments: [
    ("2026-11-19", "2026-11-19T16:00:00Z"), ("2026-11-20", "2026-11-20T04:00:00Z"),
    ("2026-11-22", "2026-11-22T16:00:00Z"), ("18:00", "2026-11-20T10:00:00Z"),
    ("9:00", "2026-11-20T01:00:00Z"),
  ])
  func shown(text: String, expected: String) throws {
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    let zone = try TimeFixtures.zone("Asia/Shanghai")
    #expect(try TimeText(text).moment(.shown, in: zone, now: now).iso8601 == expected)
  }

  @Test func aDateBeginsWhereTheOneBeforeEnds() throws {
    let zone = try TimeFixtures.zone("America/Sao_Paulo")
    let now = try TimeFixtures.moment("2018-10-01T00:00:00Z")
    #expect(
      try TimeText("2018-11-04").moment(.begins, in: zone, now: now)
        == TimeText("2018-11-03").moment(.ends, in: zone, now: now))
    #expect(
      try TimeText("2018-11-04 12:00").moment(.begins, in: zone, now: now).iso8601 == "2018-11-04T14:00:00Z")
  }

  @Test func aZoneIsAskedForOnlyWhereATimeDependsOnIt() throws {
    let now = try TimeFixtures.moment("2026-11-20T04:00:00Z")
    func zone() throws(Refusal) -> Zone { try TimeFixtures.zones.stored("Asia/Atlantis") }
    for role in [TimeRole.happened, .begins, .ends, .shown] {
      for text in ["2026-11-20T10:00+08:00", "+2h", "-90m", "now"] {
        #expect(throws: Never.self) { try TimeText(text).moment(role, in: zone(), now: now) }
      }
      for text in ["2026-11-20T10:00", "2026-11-20", "18:00", "today", "tomorrow 9:00", "+2d"] {
        #expect(throws: Refusal.timeZoneNoLongerKnown("Asia/Atlantis")) {
          try TimeText(text).moment(role, in: zone(), now: now)
        }
      }
    }
  }

  @Test(arguments: [
    (0, "under a minute", "不到 1 分钟"), (59, "under a minute", "不到 1 分钟"), (60, "1 min", "1 分钟"),
    (1259, "20 min", "20 分钟"), (3600, "1 h", "1 小时"), (3659, "1 h", "1 小时"),
    (7500, "2 h 5 min", "2 小时 5 分钟"), (86_399, "23 h 59 min", "23 小时 59 分钟"), (86_400, "1 d", "1 天"),
    (89_999, "1 d", "1 天"), (273_600, "3 d 4 h", "3 天 4 小时"), (34_560_000, "400 d", "400 天"),
    (-7500, "2 h 5 min", "2 小时 5 分钟"),
  ])
  func lengths(seconds: Int64, en: String, zh: String) {
    #expect(DurationText.length(seconds) == Wording(en: en, zh: zh))
  }

  @Test(arguments: [
    (-273_600, "in 3 d 4 h", "3 天 4 小时后"), (-1200, "in 20 min", "20 分钟后"),
    (-1, "in under a minute", "1 分钟内"), (0, "under a minute late", "逾期不到 1 分钟"),
    (7500, "2 h 5 min late", "逾期 2 小时 5 分钟"),
  ])
  func standing(late: Int64, en: String, zh: String) {
    let due = Moment(seconds: 1_793_498_400)
    #expect(DurationText.standing(due: due, now: due + late) == Wording(en: en, zh: zh))
  }

  @Test(arguments: [
    (CalendarDuration(count: 2, unit: .hours), "within 2 h", "2 小时内"),
    (CalendarDuration(count: 0, unit: .hours), "at once", "当时"),
    (
      CalendarDuration(count: 3, unit: .days, time: .init(hour: 18, minute: 0)), "after 3 days at 18:00",
      "3 天后 18:00"
    ),
    (
      CalendarDuration(count: 0, unit: .days, time: .init(hour: 18, minute: 5)), "the same day at 18:05",
      "当天 18:05"
    ),
    (
      CalendarDuration(count: 0, unit: .days, time: .init(hour: 9, minute: 0), before: true),
      "the same day at 09:00", "当天 09:00"
    ),
    (CalendarDuration(count: 1, unit: .days, before: true), "1 day before", "提前 1 天"),
  ])
  func dueTimesOfADefinition(deadline: CalendarDuration, en: String, zh: String) {
    #expect(DurationText.due(deadline) == Wording(en: en, zh: zh))
  }
}

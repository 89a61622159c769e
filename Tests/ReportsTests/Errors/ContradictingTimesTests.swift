import Domain
import TestSupport
import Testing

@testable import Reports

/// How refusals name the times that contradict each other.
@Suite struct ContradictingTimesTests {
  private static let shanghai = FixedZones.shanghai

  /// Six in the evening, and an hour before.
  @Test(
    arguments: [
      (
        .inTheFuture(.now, now: .now + -hour, in: shanghai),
        "2026-11-04 18:00 Asia/Shanghai is later than now (2026-11-04 17:00); what happened can't lie ahead",
        "2026-11-04 18:00 Asia/Shanghai 晚于当前时间（2026-11-04 17:00）；已发生的事不能在未来"
      ),
      (
        .beforeTheRun(.now + -hour, began: .now, run: 3, in: shanghai),
        "2026-11-04 17:00 Asia/Shanghai is before run 3 began (2026-11-04 18:00); give a later time",
        "2026-11-04 17:00 Asia/Shanghai 早于第 3 次执行的开始（2026-11-04 18:00）；请给更晚的时间"
      ),
      (
        .beforeTheLastStep("s-1", at: .now + -hour, last: .now, in: shanghai),
        """
        2026-11-04 17:00 Asia/Shanghai is before the last step that is recorded for 's-1' (2026-11-04 18:00); \
        give a later time
        """,
        "2026-11-04 17:00 Asia/Shanghai 早于店铺“s-1”已记录的上一步（2026-11-04 18:00）；请给更晚的时间"
      ),
      (
        .plannedInThePast(.now + -hour, at: .now, in: shanghai),
        """
        the planned time 2026-11-04 17:00 Asia/Shanghai is before the plan itself (2026-11-04 18:00); for a \
        plan of the past, give --at too
        """,
        """
        计划时间 2026-11-04 17:00 Asia/Shanghai 早于计划本身（2026-11-04 18:00）；如果是补记以前的计划，\
        请同时写 --at
        """
      ),
      (
        .endsBeforeUnbinding(.now + -hour, unbound: .now, in: shanghai),
        """
        --until 2026-11-04 17:00 Asia/Shanghai is before the unbinding (2026-11-04 18:00); look at the page \
        again
        """,
        "--until 2026-11-04 17:00 Asia/Shanghai 早于解绑时间（2026-11-04 18:00）；请再看一眼平台页面"
      ),
      (
        .finishBeforeItOpens(.now + -hour, opens: .now, in: shanghai),
        """
        --finish-by 2026-11-04 17:00 Asia/Shanghai is before rebinding opens (2026-11-04 18:00); look at the \
        page again
        """,
        "--finish-by 2026-11-04 17:00 Asia/Shanghai 早于可以重新绑定的时间（2026-11-04 18:00）；请再看一眼平台页面"
      ),
    ] as [(Refusal, String, String)])
  func theyAreWhatTheZonesClocksShow(refusal: Refusal, en: String, zh: String) {
    #expect(refusal.wording.en == en)
    #expect(refusal.wording.zh == zh)
  }

  private func begins(_ first: String, _ second: String, _ zone: String) throws -> String {
    let first = try #require(Moment(iso8601: first))
    let second = try #require(Moment(iso8601: second))
    let zone = try #require(TestZones.directory.zone(named: zone))
    let words = Refusal.contradiction(first, second, in: zone) { Wording(en: "\($0) < \($1)", zh: "") }
    return words.en
  }

  @Test func withinAMinuteTheSecondsAreNamed() throws {
    #expect(
      try begins("2026-11-04T10:00:04Z", "2026-11-04T10:00:30Z", "Asia/Shanghai")
        == "2026-11-04 18:00:04 Asia/Shanghai < 2026-11-04 18:00:30")
    #expect(
      try begins("2026-11-04T10:00:59Z", "2026-11-04T10:01:00Z", "Asia/Shanghai")
        == "2026-11-04 18:00 Asia/Shanghai < 2026-11-04 18:01")
  }

  /// In Berlin it is 02:00 to 03:00 twice in that night: from midnight and from one o'clock in UTC.
  @Test func whereClocksAreSetBackTheirOrderIsSeenInUTC() throws {
    #expect(
      try begins("2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z", "Europe/Berlin")
        == "2026-10-25 00:50 UTC < 2026-10-25 01:10")
    #expect(
      try begins("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "Europe/Berlin")
        == "2026-10-25 00:30 UTC < 2026-10-25 01:30")
    #expect(
      try begins("2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z", "Europe/Berlin")
        == "2026-10-25 00:59 UTC < 2026-10-25 01:00")
    #expect(
      try begins("2026-10-25T00:10:00Z", "2026-10-25T01:30:00Z", "Europe/Berlin")
        == "2026-10-25 02:10 Europe/Berlin < 2026-10-25 02:30")
  }
}

import Domain
import TestSupport
import Testing

@Suite struct MomentTextTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_793_498_400, "2026-11-01T02:00:00Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"),
  ])
  func writesAndReads(seconds: Int64, text: String) {
    #expect(Moment(seconds: seconds).iso8601 == text)
    #expect(Moment(iso8601: text) == Moment(seconds: seconds))
  }

  @Test func appendsToWhatIsThere() {
    var bytes = Array("at ".utf8)
    Moment(seconds: 0).appendISO8601(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "at 1970-01-01T00:00:00Z")
  }

  @Test(arguments: [
    "", "2026-11-01T02:00:00", "2026-11-01T02:00:00z", "2026-11-01t02:00:00Z", "2026-11-01 02:00:00Z",
    "2026-11-01T02:00Z", "2026-11-01T02:00:00.0Z", "2026-11-01T02:00:00+00:00", "2026-11-01T24:00:00Z",
    "2026-11-01T02:60:00Z", "2026-11-01T02:00:60Z", "2026-02-29T02:00:00Z", "2026-13-01T02:00:00Z",
    "2026-11-01T02:00:0/Z", "2026-11-01T02:00:0:Z", "+002026-11-01T02:00:00Z", "-000000-11-01T02:00:00Z",
    "*010000-01-01T00:00:00Z", " 2026-11-01T02:00:00", "2026-11-01T02:00:00Z ", "2026x11-01T02:00:00Z",
    "2026-11x01T02:00:00Z", "0000-12-31T23:59:59Z", "+010000-01-01T00:00:00Z", "2026-11-01T02x00:00Z",
    "2026-11-01T02:00x00Z",
  ])
  func refuses(text: String) {
    #expect(Moment(iso8601: text) == nil)
  }

  @Test func readsWhatItWrites() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let moment = Moment(seconds: .random(in: Moment.possible, using: &generator))
      let text = moment.iso8601
      guard Moment(iso8601: text) == moment else {
        Issue.record("\(moment.seconds) is written \(text)")
        return
      }
    }
  }
}

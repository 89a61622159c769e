import Domain
import Operations
import Testing

@testable import Reports

/// By which clocks a report shows its times.
@Suite struct ReportClocksTests {
  private static let tokyo = Zone(name: "Asia/Tokyo", offsets: FixedOffset(seconds: 9 * 3600))
  private let report = ProgressReport(
    generatedAt: .now, grouping: .shop, state: .all, totals: ReportFigures(), rows: [],
    holdingUp: [], matrix: nil, late: [],
    zones: [
      "s-1": ShopZone(own: "Asia/Shanghai", platform: nil, newestRun: nil),
      "s-2": ShopZone(own: nil, platform: nil, newestRun: nil),
    ])

  @Test func aShopsOwnIsNamedWhereItIsAnother() {
    let common = ReportClocks(FixedZones.shanghai, shops: .fixed)
    #expect(common.text(.now, of: "s-1", in: report) == "2026-11-04 18:00")
    #expect(common.text(.now, of: "s-2", in: report) == "2026-11-04 10:00 UTC")
    #expect(common.text(.now, of: "s-3", in: report) == "2026-11-04 18:00")
  }

  @Test func oneThatIsAskedForHoldsForAll() {
    let asked = ReportClocks(Self.tokyo)
    for shop in ["s-1", "s-2"] { #expect(asked.text(.now, of: shop, in: report) == "2026-11-04 19:00") }
  }

  @Test func whatEndsADayIsShownAsItsEnd() {
    let midnight = Moment.now + 6 * hour
    let clocks = ReportClocks(.utc, shops: .fixed)
    #expect(clocks.text(midnight, of: "s-1", in: report, isDue: true) == "2026-11-04 24:00 Asia/Shanghai")
    #expect(clocks.text(midnight, of: "s-1", in: report) == "2026-11-05 00:00 Asia/Shanghai")
    #expect(clocks.text(midnight, of: "s-2", in: report, isDue: true) == "2026-11-04 16:00")
  }
}

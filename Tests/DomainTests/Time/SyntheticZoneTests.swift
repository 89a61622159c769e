import Domain
import TestSupport
import Testing

/// Zones that change their clocks at random, against a search through every moment.
@Suite struct SyntheticZoneTests {
  /// All changes, offsets and times asked for are whole grains, so that a search needs to look at no
  /// other moment.
  private static let grain: Int64 = 900

  private struct RandomOffsets: ZoneOffsets {
    var changes: [Int64] = []
    var offsets: [Int] = []

    init(using generator: inout SeededGenerator) {
      let widest = Int.random(in: 0...100, using: &generator)
      let spacing = Int64.random(in: 1...200, using: &generator)
      var last: Int64 = -600 * grain
      offsets.append(Int.random(in: -widest...widest, using: &generator) * Int(grain))
      while last < 600 * grain {
        last += Int64.random(in: 1...spacing, using: &generator) * grain
        changes.append(last)
        offsets.append(Int.random(in: -widest...widest, using: &generator) * Int(grain))
      }
    }

    func period(at moment: Moment) -> OffsetPeriod {
      let index = changes.firstIndex { moment.seconds < $0 }
      return OffsetPeriod(
        offset: offsets[index ?? changes.count], end: index.map { Moment(seconds: changes[$0]) })
    }
  }

  @Test(arguments: 0..<40)
  func localTimesAreFoundAsASearchFindsThem(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let zone = Zone(name: "Test/Random", offsets: RandomOffsets(using: &generator))
    let shown = (-800...800).map { step in
      let moment = Moment(seconds: Int64(step) * Self.grain)
      return (moment: moment, local: moment.seconds + Int64(zone.secondsFromGMT(at: moment)))
    }
    for _ in 0..<150 {
      let wanted = Int64.random(in: -600...600, using: &generator) * Self.grain
      // Over a day from a local time, no clock has ever shown it.
      let near = shown.filter { abs($0.moment.seconds - wanted) <= 26 * 3600 }
      let expected = near.first { $0.local == wanted } ?? near.first { $0.local > wanted }
      let (day, second) = Int(wanted).flooredDivision(by: 86_400)
      let found = zone.moment(of: CivilDate(dayNumber: day), secondsOfDay: second)
      #expect(found == expected?.moment, "local \(wanted) of zone \(seed)")
    }
  }
}

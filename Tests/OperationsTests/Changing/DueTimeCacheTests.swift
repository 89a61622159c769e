import Domain
import Operations
import Synchronization
import TestSupport
import Testing

@Suite struct DueTimeCacheTests {
  /// Counts how often anybody asks it what its clocks show.
  private final class TimedRequest: ZoneOffsets {
    let count = Mutex(0)

    func period(at moment: Moment) -> OffsetPeriod {
      count.withLock { $0 += 1 }
      return OffsetPeriod(offset: 0, end: nil)
    }
  }

  private let asked = TimedRequest()
  private let definition = Definition.pinning(
    .named("after", [.named("one", due: .days(1)), .named("two"), .named("three", due: .hours(1))])
  ).definition

  private func count(_ body: () -> Void) -> Int {
    let before = asked.count.withLock { $0 }
    body()
    return asked.count.withLock { $0 } - before
  }

  @Test func itemsHaveTheirDueTimesInTheDefinitionsOrder() {
    let zone = Zone(name: "Here", offsets: asked)
    let computed = DueTimeCache().of(definition, from: .switched, in: zone, calendar: nil)
    #expect(computed.dueAt == [.hours(24), nil, .hours(1)])
    #expect(!computed.beyondCalendar)
  }

  @Test func whatWasComputedIsNotComputedAgain() {
    let zone = Zone(name: "Here", offsets: asked)
    let times = DueTimeCache()
    func of(_ definition: Definition, _ start: Moment, _ zone: Zone) -> Int {
      count { _ = times.of(definition, from: start, in: zone, calendar: nil) }
    }
    #expect(of(definition, .switched, zone) > 0)
    #expect(of(definition, .switched, zone) == 0)
    #expect(of(definition, .hours(1), zone) > 0)
    #expect(of(definition, .switched, Zone(name: "There", offsets: asked)) > 0)
    let other = Definition.pinning(.named("after", [.named("one", due: .days(1))])).definition
    #expect(of(other, .switched, zone) > 0)
    #expect(of(definition, .switched, zone) == 0)
  }

  @Test func anyNumberOfStartsIsRight() {
    let times = DueTimeCache()
    for second in 0..<2500 {
      let start = Moment.switched + Int64(second)
      let computed = times.of(definition, from: start, in: .utc, calendar: nil)
      #expect(computed.dueAt == [start + 86_400, nil, start + 3600])
    }
  }

  @Test func onlyWhereACalendarIsAskedForItCanEndTooEarly() {
    let workdays = Definition.pinning(.named("after", [.named("one", due: .workdays(1))])).definition
    let old = WorkCalendar(name: "cn", covers: 2020...2020, weekend: [6, 7], holidays: [], workdays: [])
    #expect(DueTimeCache().of(workdays, from: .switched, in: .utc, calendar: old).beyondCalendar)
    #expect(!DueTimeCache().of(definition, from: .switched, in: .utc, calendar: old).beyondCalendar)
    #expect(!DueTimeCache().of(workdays, from: .switched, in: .utc, calendar: nil).beyondCalendar)
  }
}

import Domain
import Operations
import Storage
import TestSupport
import Testing

/// Beginning and upgrading runs whose milestone has passed, and beginning them from a recorded rebinding.
@Suite struct ClosedStartTests {
  private let temporary: TemporaryStore
  private let store: SQLiteShopStore
  private var user: SwitchUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    store = try #require(temporary.store as? SQLiteShopStore)
    user = SwitchUser(store, [ClosingTests.before, ClosingTests.unbinding, ClosingTests.after])
    try user.user(at: 0).add("s-1")
    try user.take(.bind("old"), at: 0)
  }

  private static let imported = "s-1,old,new,2026-11-01T03:00Z,2026-11-01T04:00Z,,2026-11-01T05:00Z\n"
  private static let open = Checklist.named("before", begins: .planned, [.named("critical"), .named("done")])

  @Test func aChecklistWhoseMilestoneHasPassedIsRefused() throws {
    try user.plan("new", at: 1)
    try user.user(at: 2).start("s-1", "before", at: .hours(2), again: true)
    try user.unbind(at: 3)
    let passed = Refusal.closedByMilestone("before", "s-1", .unbound, at: .hours(3), in: .utc)
    for again in [false, true] {
      #expect(throws: passed) { try user.user(at: 4).start("s-1", "before", at: .hours(1), again: again) }
    }
    #expect(try user.user(at: 4).start("s-1", "before", quietly: true).started.isEmpty)
    try user.rebind(at: 5)
    #expect(throws: Refusal.closedByMilestone("unbinding", "s-1", .rebound, at: .hours(5), in: .utc)) {
      try user.user(at: 6).start("s-1", "unbinding", at: .hours(6), again: true)
    }
    try user.plan("third", at: 7)
    #expect(try user.user(at: 8).start("s-1", "before", at: .hours(8), again: true).started.count == 1)
  }

  @Test func afterACancelledOrImportedSwitchItMayBegin() throws {
    try user.record(Self.imported, at: 9)
    #expect(try user.user(at: 9).start("s-1", "before", at: .hours(9)).started.count == 1)
    try user.plan("third", at: 10)
    try user.unbind(at: 11)
    try user.rebind(to: "new", at: 12)
    #expect(try user.user(at: 13).start("s-1", "unbinding", at: .hours(13)).started.count == 1)
  }

  @Test func anUpgradeThatBringsItClosesAtOnceDatedThen() throws {
    var user = user
    user.checklists = [Self.open]
    try user.plan("new", at: 1)
    try user.user(at: 1).tick("s-1", "done")
    try user.unbind(at: 2)
    let upgrade = user.upgrade(to: ClosingTests.before, at: 9)
    let shown = try #require(try store.read { try upgrade.dryRun("s-1", run: nil, in: $0) }.first)
    let outcome = try #require(try store.write { try upgrade("s-1", run: nil, in: $0) }.first)
    #expect(shown.after == outcome.after)
    #expect(outcome.difference.closes?.after == .unbound)
    #expect(outcome.difference.missed == outcome.after.missedItems)
    #expect(outcome.after.missedItems == ["skipped", "critical", "waiting", "blocked", "asked", "stands"])
    #expect(outcome.after["critical"]?.changedAt == .hours(2))
    #expect(outcome.after["done"]?.state == .done)
    #expect(outcome.after.state == .finished)
    let last = try #require(try store.read { try ReadHistory()("s-1", run: 1, in: $0) }.last)
    #expect(last.event.at == .hours(2))
    #expect(last.event.recordedAt == .hours(9))
    #expect(try store.breaks() == [])
    #expect(try StoredRows.differences(in: store) == [])
  }

  @Test func anUpgradeOfAFinishedRunLeavesNothingOpenThatCannotBeDone() throws {
    var user = user
    user.checklists = [.named("before", begins: .planned, [.named("done")])]
    try user.plan("new", at: 1)
    try user.user(at: 1).tick("s-1", "done")
    try user.unbind(at: 2)
    let upgrade = user.upgrade(to: ClosingTests.before, at: 9)
    let outcome = try #require(try store.write { try upgrade("s-1", run: 1, in: $0) }.first)
    #expect(outcome.after.state == .finished)
  }

  @Test func beforeTheMilestoneAnUpgradeClosesNothing() throws {
    var user = user
    user.checklists = [Self.open]
    try user.plan("new", at: 1)
    let upgrade = user.upgrade(to: ClosingTests.before, at: 2)
    #expect(try store.write { try upgrade("s-1", run: nil, in: $0) }.first?.after.missedItems == [])
    #expect(try user.unbind(at: 3).effects.closed.count == 1)
  }

  @Test(arguments: [false, true]) func anUpgradeOfARunThatSomebodyStartedLooksAtWhatPassedSince(
    imported: Bool
  ) throws {
    var user = user
    user.checklists = [Self.open]
    try user.user(at: 0).start("s-1", "before")
    if imported {
      try user.record(Self.imported, at: 9)
    } else {
      user.checklists = [ClosingTests.after]
      try user.plan("new", at: 1)
      try user.unbind(at: 2)
      try user.rebind(at: 3)
    }
    let upgrade = user.upgrade(to: ClosingTests.before, at: 9)
    let outcome = try #require(try store.write { try upgrade("s-1", run: 1, in: $0) }.first)
    #expect(outcome.after.missedItems.isEmpty == imported)
    #expect(outcome.after["critical"]?.changedAt == (imported ? nil : .hours(2)))
  }

  @Test func dueTimesDoNotLieBeforeTheBeginning() throws {
    var user = user
    let early = Checklist.named(
      "before", begins: .planned,
      [
        .named("week", due: CalendarDuration(count: 7, unit: .days, before: true)),
        .named("hour", due: CalendarDuration(count: 1, unit: .hours, before: true)),
        .named("on", due: .hours(1)),
      ])
    user.checklists = [early]
    try user.plan("new", for: 10, at: 1)
    #expect(try user.run(1)?.items.map(\.dueAt) == [.hours(1), .hours(9), .hours(11)])
    try user.plan("new", for: 20 * 24, at: 2)
    #expect(try user.run(1)?.items.map(\.dueAt) == [.hours(13 * 24), .hours(479), .hours(481)])
    try user.plan("new", for: 3, at: 3)
    #expect(try user.run(1)?.items.map(\.dueAt) == [.hours(1), .hours(2), .hours(4)])
    let later = Checklist.named(
      "before", begins: .planned,
      early.items.map { .named($0.id, due: .init(count: 2, unit: .days, before: true)) })
    let upgrade = user.upgrade(to: later, at: 4)
    let outcome = try #require(try store.write { try upgrade("s-1", run: nil, in: $0) }.first)
    #expect(outcome.after.items.map(\.dueAt) == [.hours(1), .hours(1), .hours(1)])
    #expect(try store.breaks() == [])
  }

  @Test func aStartCountsFromNowAndNamesTheRecordedRebinding() throws {
    let recorded = try user.record(Self.imported, at: 9)
    #expect(recorded.withoutRuns == ["s-1"])
    let outcome = try user.user(at: 9).start("s-1", at: nil)
    #expect(outcome.rebinding == .hours(3))
    #expect(outcome.started.map(\.switchedAt) == [.hours(9)])
    let again = try store.write {
      try user.user(at: 10).startRuns("s-1", .init(from: .rebinding, again: true), in: $0)
    }
    #expect(again.started.map(\.switchedAt) == [.hours(3)])
    #expect(again.rebinding == nil)
    #expect(again.superseded.map(\.run.number) == [1])
    let kept = try store.write {
      try user.user(at: 10).startRuns("s-1", .init(from: .rebinding, again: true), in: $0)
    }
    #expect(kept.kept.count == 1)
    #expect(try user.record(Self.imported, at: 11).withoutRuns == [])
  }

  @Test func withoutARecordedRebindingNothingCountsFromIt() throws {
    try user.plan("new", at: 1)
    try user.unbind(at: 2)
    try user.rebind(to: "old", at: 3)
    #expect(throws: Refusal.noRebinding("s-1")) {
      try store.write { try user.user(at: 4).startRuns("s-1", .init(from: .rebinding), in: $0) }
    }
  }
}

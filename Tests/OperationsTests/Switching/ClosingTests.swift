import Domain
import Operations
import Storage
import TestSupport
import Testing

/// What a milestone closes, because it can't be done any more.
@Suite struct ClosingTests {
  private let temporary: TemporaryStore
  private let store: SQLiteShopStore
  private var user: SwitchUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    store = try #require(temporary.store as? SQLiteShopStore)
    user = SwitchUser(store, [Self.before, Self.unbinding, Self.after])
    try user.user(at: 0).add("s-1")
    try user.take(.bind("old"), at: 0)
  }

  static let before = Checklist.named(
    "before", begins: .planned, closes: .unbound,
    [
      .named("done"), .named("skipped"), .named("critical", due: .hours(1), critical: true),
      .named("waiting", needs: ["critical"]), .named("blocked"),
      .named("asked", proof: [.secondPerson]),
      ChecklistItem(
        id: "stands", title: LocalizedText("stands"), critical: true, needs: ["waiting"], standsFor: .unbound),
    ])
  static let unbinding = Checklist.named(
    "unbinding", begins: .planned, closes: .rebound, [.named("pack", due: .hours(1)), .named("wait")])
  static let after = Checklist.named(
    "after",
    [
      .named("sell", due: .hours(2)),
      ChecklistItem(id: "seen", title: LocalizedText("seen"), standsFor: .rebound),
    ])

  /// Plans, and leaves an item in every state.
  private func plan() throws {
    try user.plan("new", for: 10, at: 1)
    let people = user.user(at: 2)
    try people.tick("s-1", "done")
    try people.change("s-1", ["skipped"], .skip(reason: "we have none"))
    try people.change("s-1", ["blocked"], .block(reason: "no key"))
    try people.change("s-1", ["asked"], .tick(note: "see there", proof: nil))
  }

  private var kinds: [String] {
    get throws { try store.read { try ReadHistory()("s-1", run: nil, in: $0) }.map(\.event.change.kind) }
  }

  private func check() throws {
    #expect(try store.breaks() == [])
    #expect(try StoredRows.differences(in: store) == [])
    let copy = try TemporaryStore.sqlite()
    try copy.store.importing(store.exported())
    #expect(try copy.store.exported() == store.exported())
    #expect(try copy.store.breaks() == [])
  }

  @Test func whatIsOutstandingAtTheMilestoneIsSkippedAndMarked() throws {
    try plan()
    let outcome = try user.unbind(at: 10)
    let missed: [ItemID] = ["critical", "waiting", "blocked", "asked"]
    #expect(outcome.effects.closed.map(\.run) == [1])
    #expect(outcome.effects.closed.map(\.missed) == [missed])
    #expect(outcome.effects.ticked.map(\.item) == ["stands"])
    let run = try #require(try user.run(1))
    #expect(run.state == .finished)
    #expect(run.missedItems == missed)
    #expect(run.items.filter { $0.state == .skipped }.map(\.id) == ["skipped"] + missed)
    #expect(run.items.allSatisfy { $0.awaiting == nil && $0.blockedReason == nil })
    #expect(run["asked"]?.note == "see there")
    #expect(run["critical"]?.missed == .unbound)
    #expect(run["critical"]?.changedAt == .hours(10))
    #expect(try user.run(2)?.state == .active)
    try check()
  }

  @Test func whatStandsForItIsTickedThenRunsAreClosedThenOthersBegin() throws {
    var user = user
    user.checklists += [.named("waits", begins: .unbound, [.named("look")])]
    try user.plan("new", for: 10, at: 1)
    try user.unbind(at: 10)
    let missed = Array(repeating: "item-missed", count: 6)
    #expect(try Array(kinds.suffix(9)) == ["switch-unbound", "item-ticked"] + missed + ["run-started"])
  }

  @Test func allThatIsCountedAgrees() throws {
    try plan()
    try user.unbind(at: 10)
    try store.read { reading in
      let status = try ReadStatus(now: .hours(11))("s-1", run: 1, in: reading)
      let progress = try #require(status.runs.first?.progress)
      #expect(progress == Progress(total: 7, done: 2, skipped: 5, missed: 4))
      #expect(progress.percent == 100)
      var shop = progress
      shop.add(Progress(total: 2, pending: 2, overdue: 1))
      #expect(status.progress == shop)
      #expect(
        try reading.desk(DeskFilter(now: .hours(11)), after: nil, limit: 9).rows.map(\.progress) == [shop])
      let filter = ReportFilter(now: .hours(11))
      let report = ReadReport(filter, in: reading)
      #expect(try report.totals().figures.progress == shop)
      var byItem = 0
      try report.forEachRow(by: .item) { byItem += $0.figures.progress.missed }
      var byOwner = 0
      try report.forEachRow(by: .owner) { byOwner += $0.figures.progress.missed }
      #expect([byItem, byOwner] == [4, 4])
      #expect(try reading.matrix(filter).lines.map(\.missed) == [4])
      let overdue = try reading.overdueLines(OverdueFilter(now: .hours(12), until: .hours(12)))
      #expect(overdue == ["s-1 2 pack 3600 "])
      let trend = try reading.trend(teams: nil, days: 1, now: .hours(12))
      #expect(trend.points.last?.outstanding == 2)
    }
  }

  @Test func aRunThatSomebodyStartedIsClosedToo() throws {
    try user.user(at: 0).start("s-1", "unbinding")
    try user.plan("new", at: 1)
    try user.unbind(at: 2)
    try user.user(at: 3).start("s-1", "unbinding", at: .hours(3), again: true)
    let outcome = try user.rebind(at: 4)
    #expect(outcome.effects.closed.map(\.run) == [4])
    #expect(try user.run(4)?.missedItems == ["pack", "wait"])
    try check()
  }

  @Test func whatFollowsAnOlderContentIsLeftOpen() throws {
    var user = user
    user.checklists = [.named("before", begins: .planned, [.named("critical")])]
    try user.plan("new", at: 1)
    user.checklists = [Self.before]
    #expect(try user.unbind(at: 2).effects.closed.isEmpty)
    #expect(try user.run(1)?.state == .active)
  }

  @Test func aCancelledSwitchClosesNothing() throws {
    try user.plan("new", at: 1)
    try user.user(at: 1).start("s-1", "unbinding", again: true)
    try user.unbind(at: 2)
    let outcome = try user.rebind(to: "old", at: 3)
    #expect(outcome.effects.closed.isEmpty)
    #expect(try user.run(3)?.missedItems == [])
    #expect(try user.run(3)?.state == .active)
    try check()
  }

  @Test func anImportedSwitchClosesNothing() throws {
    try user.user(at: 0).start("s-1", "before")
    try user.user(at: 0).start("s-1", "unbinding")
    try user.record("s-1,old,new,2026-11-01T03:00Z,2026-11-01T04:00Z,,2026-11-01T05:00Z\n", at: 9)
    try user.record("s-1,new,third,2026-11-01T06:00Z,2026-11-01T07:00Z,,\n", at: 9)
    for run in try store.read({ try $0.runs(of: "s-1", where: { _, _ in true }) }) {
      #expect(run.missedItems == [])
    }
    // What is recorded from then on is no import any more.
    #expect(try user.rebind(at: 10).effects.closed.map(\.checklist) == ["unbinding"])
    try check()
  }

  @Test(
    arguments: [
      .tick(note: "n", proof: nil), .confirm, .untick(reason: "r"), .block(reason: "r"), .unblock,
      .assign(to: "Zhao"), .moveDue(to: .hours(99), reason: "r"), .note("n"),
    ] as [RequestedItemChange], [nil, 1] as [Int?])
  func whatWasMissedCannotChange(_ request: RequestedItemChange, run: Int?) throws {
    try plan()
    try user.unbind(at: 10)
    let export = try store.exported()
    for inFinished in [true, false] {
      #expect(throws: Refusal.isMissed("critical", .unbound, at: .hours(10), in: .utc)) {
        try user.user(at: 11).change("s-1", ["critical"], request, run: run, inFinished: inFinished)
      }
    }
    #expect(try store.exported() == export)
  }

  @Test func thatItIsSkippedHoldsAlready() throws {
    try plan()
    try user.unbind(at: 10)
    let outcome = try user.user(at: 11).change("s-1", ["critical"], .skip(reason: "r"), run: 1)
    #expect(outcome.items.map(\.changed) == [false])
  }

  /// The proof of something that was done may still be put right.
  @Test func whatWasDoneInAClosedRunCanBeOpenedAgain() throws {
    try plan()
    try user.unbind(at: 10)
    try user.user(at: 11).change("s-1", ["done"], .untick(reason: "the wrong file"))
    #expect(try user.run(1)?.state == .active)
    try user.user(at: 12).tick("s-1", "done")
    #expect(try user.run(1)?.state == .finished)
    #expect(try user.run(1)?.missedItems.count == 4)
    try check()
  }
}

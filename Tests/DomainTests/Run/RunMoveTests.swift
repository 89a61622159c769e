import Domain
import TestSupport
import Testing

/// A run whose milestone moves, and one that began ahead of it.
@Suite struct RunMoveTests {
  private static let definition = Definition(
    sha256: "d", checklist: .named("after", [.named("one"), .named("two"), .named("three")]))

  private static func start(began: Moment? = nil, accountSwitch: Int? = nil) -> RunStart {
    RunStart(
      run: 1, checklist: "after", definition: "d", switchedAt: .hours(10), began: began,
      accountSwitch: accountSwitch, timeZone: "UTC",
      items: (["one", "two", "three"] as [ItemID]).map { .init(id: $0, dueAt: .hours(12), owner: nil) })
  }

  private static func record(_ changes: [Event.Change]) throws -> ShopRecord {
    var record = ShopRecord()
    let began = start(began: .hours(1), accountSwitch: 4)
    for change in [.shopAdded(.init(id: "s-1")), .runStarted(began)] + changes {
      try record.apply(change, by: .li, at: .hours(2)) { _ in definition }
    }
    return record
  }

  private static let moved = Event.Change.runMoved(
    run: 1, switchedAt: .hours(30),
    items: [.init(id: "three", dueAt: .hours(33)), .init(id: "one", dueAt: nil)])

  @Test func itCountsFromAnotherMoment() throws {
    let run = try #require(try Self.record([Self.moved]).runs[1])
    #expect(run.switchedAt == .hours(30))
    #expect(run.items.map(\.dueAt) == [nil, .hours(12), .hours(33)])
    #expect(run.items.map(\.isDueMoved) == [false, false, false])
    #expect(run.began == .hours(1) && run.accountSwitch == 4)
  }

  @Test func whatHappenedStays() throws {
    let ticks = (["one", "two", "three"] as [ItemID]).map {
      Event.Change.item(run: 1, $0, .ticked(note: "n", proof: nil))
    }
    let before = try #require(try Self.record(ticks).runs[1])
    let after = try #require(try Self.record(ticks + [Self.moved]).runs[1])
    #expect(after.state == .finished)
    #expect(after.items.map(\.changedAt) == before.items.map(\.changedAt))
    #expect(after.items.map(\.note) == ["n", "n", "n"])
  }

  @Test func aDueTimeMovedByHandIsMarked() throws {
    let run = try #require(
      try Self.record([
        .item(run: 1, "two", .dueMoved(to: .hours(50), reason: "agreed")),
        .item(run: 1, "one", .assigned(to: "Wu")), Self.moved,
      ]).runs[1])
    #expect(run.items.map(\.isDueMoved) == [false, true, false])
    #expect(run.items.map(\.isAssigned) == [true, false, false])
    #expect(run["two"]?.dueAt == .hours(50))
  }

  @Test func theMilestoneAloneMayMove() throws {
    let run = try #require(
      try Self.record([.runMoved(run: 1, switchedAt: .hours(5), items: [])]).runs[1])
    #expect(run.switchedAt == .hours(5))
    #expect(run.items.map(\.dueAt) == [.hours(12), .hours(12), .hours(12)])
  }

  @Test(
    arguments: [
      (.runMoved(run: 2, switchedAt: .hours(30), items: []), "run 2 isn't there"),
      (
        .runMoved(
          run: 1, switchedAt: .hours(30),
          items: [.init(id: "one", dueAt: nil), .init(id: "four", dueAt: .hours(31))]),
        "run 1 doesn't hold 'four'"
      ),
    ] as [(Event.Change, String)])
  func whatCannotHaveHappenedIsNamed(change: Event.Change, problem: String) throws {
    var record = try Self.record([])
    let before = record
    #expect(throws: ShopRecord.Contradiction(problem: problem)) {
      try record.apply(change, by: .li, at: .hours(3)) { _ in Self.definition }
    }
    #expect(record == before)
  }

  /// What happens in it happens after it began, which may be long before its milestone.
  @Test func aRunMayBeginAheadOfItsMilestone() throws {
    for changes in [[], [Self.moved]] {
      let run = try #require(try Self.record(changes).runs[1])
      #expect(run.began == .hours(1))
      #expect(
        try run.decide(.tick(note: nil, proof: nil), on: ["one"], by: .li, at: .hours(1)).steps.count == 1)
      #expect(throws: Refusal.beforeTheRun(.hours(1) + -1, began: .hours(1), run: 1, in: .utc)) {
        try run.decide(.tick(note: nil, proof: nil), on: ["one"], by: .li, at: .hours(1) + -1)
      }
    }
  }

  @Test func aRunThatBeginsAtItsMilestoneDoesNotSaySo() throws {
    #expect(Self.start().began == nil && Self.start(began: .hours(10)).began == nil)
    #expect(Self.start(began: .hours(9)).began == .hours(9))
    let run = Run(Self.start(), definition: Self.definition)
    #expect(run.began == .hours(10) && run.accountSwitch == nil)
  }
}

import Domain
import TestSupport
import Testing

/// A shop's runs as its events make them: which follows which, and what can't have happened.
@Suite struct ShopRecordTests {
  private static let definition = Definition(
    sha256: String(repeating: "a", count: 64), checklist: .named("after", [.named("one"), .named("two")]))

  private static func start(
    _ run: Int, _ items: [ItemID] = ["one", "two"], of checklist: ChecklistID = "after",
    definition: String? = nil
  ) -> Event.Change {
    .runStarted(
      RunStart(
        run: run, checklist: checklist, definition: definition ?? Self.definition.sha256,
        switchedAt: .switched, timeZone: "UTC",
        items: items.map { .init(id: $0, dueAt: nil, owner: nil) }))
  }

  private static func record(_ changes: [Event.Change]) throws -> ShopRecord {
    var record = ShopRecord()
    for change in changes {
      try record.apply(change, by: .li, at: .hours(1)) { sha256 in
        sha256 == definition.sha256 ? definition : nil
      }
    }
    return record
  }

  private static let added = Event.Change.shopAdded(Shop(id: "s-1", name: "One"))
  private static let done: [Event.Change] = ["one", "two"].map { .item(run: 1, $0, .skipped(reason: "r")) }

  @Test func aNewerRunClosesTheOlder() throws {
    let record = try Self.record([Self.added, Self.start(1)] + Self.done + [Self.start(2)])
    #expect(record.runs[1]?.newer == 2)
    #expect(record.runs[1]?.state == .finished)
    #expect(record.runs[2]?.newer == nil)
    #expect(record.runs(of: "after").map(\.number) == [1, 2])
    #expect(record.runs(of: "other").isEmpty)
  }

  @Test func aStoppedRunDoesNotCountAsNewer() throws {
    let record = try Self.record(
      [Self.added, Self.start(1)] + Self.done + [Self.start(2), .runStopped(run: 2, reason: "mistake")])
    #expect(record.runs[1]?.newer == nil)
    #expect(throws: Never.self) { try record.runs[1]?.requireOpen() }
    #expect(record.runs[2]?.state == .stopped)
  }

  @Test func theNextRunThatCountsIsNamed() throws {
    let record = try Self.record(
      [Self.added, Self.start(1)] + Self.done
        + [Self.start(2), .runStopped(run: 2, reason: "mistake"), Self.start(3)])
    #expect((1...3).map { record.runs[$0]?.newer } == [3, 3, nil])
  }

  @Test func aSupersededRunNamesItsSuccessor() throws {
    let record = try Self.record(
      [Self.added, Self.start(1), Self.start(2), .runSuperseded(run: 1, by: 2)])
    #expect(record.runs[1]?.state == .superseded)
    #expect(record.runs[1]?.newer == 2)
    #expect(record.runs[2]?.state == .active)
  }

  @Test func anEditKeepsWhetherTheShopIsArchived() throws {
    let edit = Event.Change.shopEdited(Shop(id: "s-1", name: "Two"))
    #expect(
      try Self.record([Self.added, .shopArchived, edit]).shop
        == Shop(
          id: "s-1", name: "Two", archived: true))
    #expect(try Self.record([Self.added, .shopArchived, edit, .shopRestored]).shop?.archived == false)
  }

  static let contradictions: [([Event.Change], String)] = [
    ([added, added], "the shop is added twice"),
    ([.shopArchived], "the shop hasn't been added"),
    ([.shopEdited(Shop(id: "s-1"))], "the shop hasn't been added"),
    ([start(1)], "the shop hasn't been added"),
    (
      [added, start(1, of: "live")], "run 1 follows another checklist than its definition's"
    ),
    ([added, start(1), start(1)], "run 1 starts twice"),
    ([added, start(1, definition: "b")], "the definition b is missing"),
    ([added, start(1, ["one", "three"])], "run 1 holds items that its definition doesn't have"),
    ([added, start(1, ["one", "one"])], "run 1 holds items that its definition doesn't have"),
    ([added, .runStopped(run: 1, reason: "r")], "run 1 isn't there"),
    ([added, .runSuperseded(run: 1, by: 2)], "run 1 isn't there"),
    ([added, start(1), .item(run: 2, "one", .confirmed)], "run 2 doesn't hold 'one'"),
    ([added, start(1), .item(run: 1, "three", .confirmed)], "run 1 doesn't hold 'three'"),
  ]

  @Test(arguments: contradictions)
  func whatCannotHaveHappenedIsNamed(changes: [Event.Change], problem: String) {
    #expect(throws: ShopRecord.Contradiction(problem: problem)) { try Self.record(changes) }
  }

  @Test func runsAreReplayedInTurn() throws {
    var record = try Self.record([Self.added])
    func event(_ run: Int) -> Event {
      Event(number: 2, shop: "s-1", at: .switched, recordedAt: .now, by: .li, change: Self.start(run))
    }
    #expect(throws: ShopRecord.Contradiction(problem: "run 2 starts out of turn")) {
      try record.replay(event(2)) { _ in Self.definition }
    }
    for run in 1...2 { try record.replay(event(run)) { _ in Self.definition } }
    #expect(record.runs(of: "after").map(\.number) == [1, 2])
    #expect(throws: ShopRecord.Contradiction(problem: "run 2 starts out of turn")) {
      try record.replay(event(2)) { _ in Self.definition }
    }
  }
}

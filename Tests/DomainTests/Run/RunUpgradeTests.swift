import Domain
import TestSupport
import Testing

/// A run that follows another content of its checklist: what happened to an item stays by its id.
@Suite struct RunUpgradeTests {
  private static let old = Definition(
    sha256: "old",
    checklist: .named(
      "after",
      [
        .named("one"), .named("two", needs: ["one"]), .named("three", needs: ["one", "two"]),
        .named("left-out"), .named("gone"),
      ]))
  private static let new = Definition(
    sha256: "new",
    checklist: .named(
      "after",
      [
        .named("three", needs: ["four", "left-out", "one"]), .named("left-out"),
        .named("one", critical: true, proof: [.link]), .named("four"), .named("two"),
      ]))
  private static let other = Definition(sha256: "other", checklist: .named("other", [.named("one")]))
  private static let all: [Definition] = [old, new, other]

  private static func record(_ changes: [Event.Change]) throws -> ShopRecord {
    var record = ShopRecord()
    let start = RunStart(
      run: 1, checklist: "after", definition: "old", switchedAt: .switched, timeZone: "UTC",
      items: ["one", "two", "three", "gone"].map { .init(id: $0, dueAt: .hours(1), owner: "Zhao") })
    for change in [.shopAdded(.init(id: "s-1")), .runStarted(start)] + changes {
      try record.apply(change, by: .li, at: .hours(2)) { sha256 in all.first { $0.sha256 == sha256 } }
    }
    return record
  }

  private static func upgrade(
    run: Int = 1, to definition: String = "new", _ items: [ItemID] = ["three", "one", "four", "two"],
    removed: [ItemID] = ["gone"]
  ) -> Event.Change {
    .runUpgraded(
      RunUpgrade(
        run: run, definition: definition,
        items: items.map { .init(id: $0, dueAt: $0 == "one" ? nil : .hours(9), owner: "Sun") },
        removed: removed))
  }

  private static func run(_ changes: [Event.Change]) throws -> Run {
    try #require(try record(changes).runs[1])
  }

  @Test func whatHappenedToAnItemStays() throws {
    let changes: [(ItemID, ItemChange)] = [
      ("one", .ticked(note: "seen", proof: .link(url: "https://example.cn/1"))),
      ("two", .tickedToConfirm(note: "half", proof: nil)), ("three", .blocked(reason: "no answer")),
      ("three", .dueMoved(to: .hours(5), reason: "agreed")), ("three", .assigned(to: "Wu")),
    ]
    let events = changes.map { Event.Change.item(run: 1, $0, $1) }
    let before = try Self.run(events)
    let after = try Self.run(events + [Self.upgrade()])
    for id in ["one", "two", "three"] as [ItemID] {
      let (old, new) = (try #require(before[id]), try #require(after[id]))
      #expect(new.state == old.state && new.awaiting == old.awaiting && new.note == old.note)
      #expect(new.proof == old.proof && new.blockedReason == old.blockedReason)
      #expect(new.changedAt == old.changedAt && new.changedBy == old.changedBy)
      #expect(new.isDueMoved == old.isDueMoved && new.isAssigned == old.isAssigned)
    }
    #expect(after["three"]?.isDueMoved == true && after["three"]?.isAssigned == true)
    #expect(after["one"]?.state == .done && after["two"]?.awaiting != nil)
  }

  @Test func itFollowsTheNewContent() throws {
    let run = try Self.run([Self.upgrade()])
    #expect(run.definition == Self.new)
    #expect(run.items.map(\.id) == ["three", "one", "four", "two"])
    #expect(run.items.map(\.definition) == Self.new.checklist.items.filter { $0.id != "left-out" })
    // Needs that the run doesn't hold aren't among them.
    #expect(run["three"]?.needs == ["four", "one"])
    #expect(run["two"]?.needs == [])
    #expect(run["gone"] == nil)
    #expect(run.number == 1 && run.switchedAt == .switched && run.timeZone == "UTC")
  }

  @Test func dueTimesAndOwnersAreWhatTheEventSays() throws {
    let run = try Self.run([
      .item(run: 1, "three", .dueMoved(to: .hours(5), reason: "agreed")),
      .item(run: 1, "one", .assigned(to: "Wu")), Self.upgrade(),
    ])
    #expect(run.items.map(\.dueAt) == [.hours(9), nil, .hours(9), .hours(9)])
    #expect(run.items.map(\.owner) == ["Sun", "Sun", "Sun", "Sun"])
  }

  private static func ticks(_ ids: [ItemID]) -> [Event.Change] {
    ids.map { .item(run: 1, $0, .ticked(note: nil, proof: nil)) }
  }

  @Test func newItemsMakeAFinishedRunActive() throws {
    let done = Self.ticks(["one", "two", "three", "gone"])
    #expect(try Self.run(done).state == .finished)
    let run = try Self.run(done + [Self.upgrade()])
    #expect(run.state == .active)
    #expect(run["four"]?.state == .pending && run["four"]?.changedAt == nil)
  }

  @Test func aRunFinishesWhenWhatIsOutstandingGoes() throws {
    let done = Self.ticks(["one", "two", "three"])
    #expect(try Self.run(done).state == .active)
    let run = try Self.run(done + [Self.upgrade(["three", "one", "two"])])
    #expect(run.state == .finished)
  }

  @Test func aStoppedRunStaysStopped() throws {
    #expect(try Self.run([.runStopped(run: 1, reason: "r"), Self.upgrade()]).state == .stopped)
  }

  static let contradictions: [([Event.Change], String)] = [
    ([upgrade(run: 2)], "run 2 isn't there"), ([upgrade(to: "lost")], "the definition lost is missing"),
    ([upgrade(to: "other", ["one"])], "run 1 is upgraded to another checklist"),
    (
      [upgrade(["three", "one", "two", "five"])], "run 1 holds items that its definition doesn't have"
    ),
    (
      [upgrade(["three", "one", "two", "two"])], "run 1 holds items that its definition doesn't have"
    ),
    ([upgrade(removed: [])], "run 1 loses other items than it is said to"),
    ([upgrade(removed: ["gone", "left-out"])], "run 1 loses other items than it is said to"),
    ([upgrade(["three", "one", "four"])], "run 1 loses other items than it is said to"),
  ]

  @Test(arguments: contradictions)
  func whatCannotHaveHappenedIsNamed(changes: [Event.Change], problem: String) throws {
    var record = try Self.record([])
    let before = record
    #expect(throws: ShopRecord.Contradiction(problem: problem)) {
      for change in changes {
        try record.apply(change, by: .li, at: .hours(3)) { sha256 in
          Self.all.first { $0.sha256 == sha256 }
        }
      }
    }
    #expect(record == before)
  }
}

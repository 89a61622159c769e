import Domain
import TestSupport
import Testing

/// Which runs take changes, and when these may have happened.
@Suite struct OpenRunTests {
  static let requests: [RequestedItemChange] = [
    .tick(note: nil, proof: nil), .confirm, .untick(reason: "r"), .skip(reason: "r"), .block(reason: "r"),
    .unblock, .assign(to: "Zhao"), .moveDue(to: .now, reason: "r"), .note("n"),
  ]

  @Test(arguments: requests) func closedRunsTakeNone(_ request: RequestedItemChange) {
    var stopped = Run.of([.named("it")])
    stopped.stop()
    #expect(throws: Refusal.runIsClosed(run: 1, .stopped)) {
      try stopped.decide(request, on: ["it"], by: .lead)
    }
    var superseded = Run.of([.named("it")], number: 4)
    superseded.supersede(by: 7)
    #expect(superseded.newer == 7)
    #expect(throws: Refusal.runIsClosed(run: 4, .superseded)) {
      try superseded.decide(request, on: ["it"], by: .lead)
    }
    var older = Run.of([.named("it")])
    older.apply(.ticked(note: nil, proof: nil), to: "it", by: "Li", at: .hours(1))
    older.setNewer(2)
    #expect(throws: Refusal.runIsOlder(run: 1, newer: 2)) {
      try older.decide(request, on: ["it"], by: .lead)
    }
  }

  @Test func anOlderRunOpensWhenNothingFollowsAnyMore() throws {
    var run = Run.of([.named("it")])
    run.setNewer(2)
    run.setNewer(nil)
    #expect(throws: Never.self) { try run.requireOpen() }
  }

  @Test(arguments: requests) func nothingHappensLaterThanNow(_ request: RequestedItemChange) {
    let run = Run.of([.named("it")])
    #expect(throws: Refusal.inTheFuture(.now + 1, now: .now, in: .utc)) {
      try run.decide(request, on: ["it"], by: .lead, at: .now + 1)
    }
  }

  @Test(arguments: requests) func nothingHappensBeforeTheRun(_ request: RequestedItemChange) {
    let run = Run.of([.named("it")], number: 3)
    #expect(throws: Refusal.beforeTheRun(.switched + -1, began: .switched, run: 3, in: .utc)) {
      try run.decide(request, on: ["it"], by: .lead, at: .switched + -1)
    }
  }

  /// Finding it may mean reading a file.
  @Test func onlyARefusedTimeAsksForTheZone() throws {
    let run = Run.of([.named("it")])
    var asked = 0
    func tick(_ at: Moment) throws {
      func zone() -> Zone {
        asked += 1
        return TimeFixtures.zones.zone(named: "Asia/Shanghai") ?? .utc
      }
      _ = try run.decide(
        .tick(note: nil, proof: nil), on: ["it"], of: "s-1", by: .li, at: at, now: .now, in: zone())
    }
    try tick(.now)
    #expect(asked == 0)
    let shanghai = try TimeFixtures.zone("Asia/Shanghai")
    #expect(throws: Refusal.inTheFuture(.now + 1, now: .now, in: shanghai)) { try tick(.now + 1) }
    #expect(throws: Refusal.beforeTheRun(.switched + -1, began: .switched, run: 1, in: shanghai)) {
      try tick(.switched + -1)
    }
    #expect(asked == 2)
  }

  @Test func bothEndsAreAllowed() throws {
    let run = Run.of([.named("it")])
    for at in [Moment.switched, .now] {
      #expect(try run.decide(.tick(note: nil, proof: nil), on: ["it"], by: .li, at: at).steps.count == 1)
    }
  }

  @Test func aDueTimeMayBeAnyTime() throws {
    var run = Run.of([.named("it", due: .hours(3))])
    for due in [Moment.switched + -10, .now + 10] {
      try run.make(.moveDue(to: due, reason: "agreed"), on: ["it"], by: .li)
      #expect(run["it"]?.dueAt == due)
    }
  }

  @Test func aStartLeavesOutWhatTheDefinitionDoesNotHave() {
    let start = RunStart(
      run: 1, checklist: "after", definition: "", switchedAt: .switched, timeZone: "UTC",
      items: [.init(id: "gone", dueAt: nil, owner: nil), .init(id: "it", dueAt: .now, owner: "Zhao")])
    let run = Run(start, definition: Definition(sha256: "", checklist: .named("after", [.named("it")])))
    #expect(run.items.map(\.id) == ["it"])
    #expect(run["it"]?.dueAt == .now)
    #expect(run["it"]?.owner == "Zhao")
    #expect(run.checklist == "after")
  }

  @Test func aChangeOfAnItemThatIsNotThereChangesNothing() {
    var run = Run.of([.named("it")])
    let before = run
    run.apply(.confirmed, to: "other", by: "Li", at: .now)
    #expect(run == before)
  }
}

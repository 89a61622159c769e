import Domain
import Operations
import TestSupport
import Testing

/// Which run a change goes to, and what comes of it.
@Suite struct ChangeItemsTests {
  private let temporary: TemporaryStore
  private let user: StoreUser
  private let tick = RequestedItemChange.tick(note: nil, proof: nil)

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [
        .named("after", [.named("both"), .named("one"), .named("two", needs: ["one"])]),
        .named("live", when: Condition(tags: ["live"]), [.named("both"), .named("stream")]),
      ])
    try user.add("s-1", ShopDetails(tags: ["live"]))
  }

  @Test func anItemOfOneActiveRunIsFound() throws {
    try user.start("s-1")
    let outcome = try user.change("s-1", ["stream", "one", "stream"], tick)
    #expect(
      outcome.items.map { "\($0.run) \($0.item.id) \($0.item.state) \($0.changed)" } == [
        "2 stream done true", "1 one done true",
      ])
    #expect(outcome.runs.map(\.number) == [2, 1])
    #expect(outcome.finished.isEmpty && outcome.reopened.isEmpty)
  }

  @Test func whatSeveralHoldIsChosenByNumber() throws {
    try user.start("s-1")
    #expect(throws: Refusal.severalRuns("s-1", item: "both", runs: [1, 2])) {
      try user.change("s-1", ["both"], tick)
    }
    #expect(try user.change("s-1", ["both"], tick, run: 2).items.map(\.run) == [2])
    try user.change("s-1", ["stream"], tick)
    #expect(try user.change("s-1", ["both"], tick).items.map(\.run) == [1], "run 2 is finished")
  }

  @Test func oneRefusalInAnyRunUndoesAll() throws {
    try user.start("s-1")
    let before = try temporary.store.exported()
    #expect(throws: Refusal.waiting("two", for: ["one"])) { try user.change("s-1", ["stream", "two"], tick) }
    #expect(throws: Refusal.unknownItem("ones", "s-1", nearest: ["one"])) {
      try user.change("s-1", ["stream", "ones"], tick)
    }
    #expect(try temporary.store.exported() == before)
  }

  @Test func withoutAnActiveRunAFinishedOneIsTakenWhereThatIsAllowed() throws {
    try user.start("s-1", "live")
    #expect(try user.change("s-1", ["both", "stream"], tick).finished == [1])
    #expect(throws: Refusal.noActiveRun("s-1", item: "stream", inRun: 1, state: .finished)) {
      try user.change("s-1", ["stream"], .skip(reason: "r"), inFinished: false)
    }
    let again = try user.change("s-1", ["stream"], tick)
    #expect(again.items.map(\.changed) == [false])
    #expect(try user.change("s-1", ["stream"], .untick(reason: "r")).reopened == [1])
  }

  @Test func severalFinishedRunsAreNamed() throws {
    try user.start("s-1")
    try user.change("s-1", ["stream", "one", "two"], tick)
    for run in 1...2 { try user.change("s-1", ["both"], tick, run: run) }
    #expect(throws: Refusal.severalRuns("s-1", item: "both", runs: [1, 2])) {
      try user.change("s-1", ["both"], .untick(reason: "r"))
    }
    #expect(throws: Refusal.noActiveRun("s-1", item: "both", inRun: 2, state: .finished)) {
      try user.change("s-1", ["both"], .skip(reason: "r"), inFinished: false)
    }
    #expect(try user.change("s-1", ["both"], .untick(reason: "r"), run: 1).reopened == [1])
  }

  @Test func closedRunsAreNeverTaken() throws {
    try user.start("s-1", "live")
    try user.start("s-1", "live", at: .hours(1), again: true)
    #expect(throws: Refusal.runIsClosed(run: 1, .superseded)) {
      try user.change("s-1", ["stream"], tick, run: 1)
    }
    try user.stop("s-1")
    #expect(throws: Refusal.noActiveRun("s-1", item: "stream", inRun: 2, state: .stopped)) {
      try user.change("s-1", ["stream"], tick)
    }
  }

  @Test func olderRunsAreNeverTaken() throws {
    try user.start("s-1", "live")
    try user.change("s-1", ["both", "stream"], tick)
    try user.start("s-1", "live", at: .hours(1))
    #expect(throws: Refusal.runIsOlder(run: 1, newer: 2)) {
      try user.change("s-1", ["stream"], .untick(reason: "r"), run: 1)
    }
    #expect(try user.change("s-1", ["stream"], tick).items.map(\.run) == [2])
  }

  @Test func whatIsNotThereIsNamedWithTheNearest() throws {
    #expect(throws: Refusal.noRuns("s-1")) { try user.change("s-1", ["one"], tick) }
    #expect(throws: Refusal.noRuns("s-1")) { try user.change("s-1", ["one"], tick, run: 1) }
    #expect(throws: Refusal.unknownShop("s-2", nearest: ["s-1"])) { try user.change("s-2", ["one"], tick) }
    try user.start("s-1")
    #expect(throws: Refusal.unknownRun("s-1", run: 3, newest: 2)) {
      try user.change("s-1", ["one"], tick, run: 3)
    }
    #expect(throws: Refusal.unknownItem("streem", "s-1", nearest: ["stream"])) {
      try user.change("s-1", ["streem"], tick)
    }
    #expect(throws: Refusal.unknownItem("stream", "s-1", nearest: [])) {
      try user.change("s-1", ["stream"], tick, run: 1)
    }
  }

  /// Editing the shop leaves its runs the zone that they began with.
  @Test func aRefusedTimeIsNamedInTheRunsZone() throws {
    try user.add("s-2", ShopDetails(timeZone: "Asia/Tokyo"))
    try user.start("s-2", "after")
    try temporary.store.write { transaction in
      _ = try user.changeShop.edit("s-2", ShopDetails(timeZone: "Europe/Berlin"), in: transaction)
    }
    let tokyo = try #require(TestZones.directory.zone(named: "Asia/Tokyo"))
    #expect(throws: Refusal.inTheFuture(.now + 1, now: .now, in: tokyo)) {
      try user.change("s-2", ["one"], tick, at: .now + 1)
    }
    #expect(throws: Refusal.beforeTheRun(.switched + -1, began: .switched, run: 1, in: tokyo)) {
      try user.change("s-2", ["one"], tick, at: .switched + -1)
    }
  }

  @Test func nothingIsWrittenForWhatHoldsAlready() throws {
    try user.start("s-1", "live")
    try user.change("s-1", ["stream"], tick)
    let before = try temporary.store.exported()
    let outcome = try user.change("s-1", ["stream"], tick)
    #expect(outcome.items.map(\.changed) == [false])
    #expect(outcome.items.map(\.item.changedBy) == ["Li"])
    #expect(try temporary.store.exported() == before)
  }

  @Test func anEventKeepsWhenItHappenedAndWhenItWasWritten() throws {
    try user.start("s-1", "live")
    try user.change("s-1", ["stream"], tick, at: .hours(3))
    let entries = try temporary.store.read { try ReadHistory()("s-1", run: 1, in: $0) }
    #expect(entries.map(\.event.at) == [.switched, .hours(3)])
    #expect(entries.map(\.event.recordedAt) == [.now, .now])
  }
}

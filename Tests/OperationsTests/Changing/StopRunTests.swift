import Domain
import Operations
import TestSupport
import Testing

@Suite struct StopRunTests {
  private let temporary: TemporaryStore
  private let user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(temporary.store, [.named("after", [.named("one")]), .named("live", [.named("two")])])
    try user.add("s-1")
  }

  @Test func theOnlyActiveRunNeedsNoNumber() throws {
    try user.start("s-1", "after")
    let (run, changed) = try user.stop("s-1")
    #expect(run.number == 1 && run.state == .stopped && changed)
    #expect(try user.stop("s-1", run: 1).changed == false)
  }

  @Test func whatCannotBeStopped() throws {
    #expect(throws: Refusal.noRuns("s-1")) { try user.stop("s-1") }
    try user.start("s-1")
    #expect(throws: Refusal.severalActiveRuns("s-1", runs: [1, 2])) { try user.stop("s-1") }
    #expect(throws: Refusal.unknownRun("s-1", run: 0, newest: 2)) { try user.stop("s-1", run: 0) }
    #expect(throws: Refusal.unknownShop("x", nearest: [])) { try user.stop("x") }
    try user.start("s-1", "after", at: .hours(1), again: true)
    #expect(throws: Refusal.runIsClosed(run: 1, .superseded)) { try user.stop("s-1", run: 1) }
    try user.stop("s-1", run: 2)
    try user.stop("s-1", run: 3)
    #expect(throws: Refusal.noneActive("s-1")) { try user.stop("s-1") }
    let before = try temporary.store.exported()
    #expect(throws: Refusal.emptyText(.reason)) {
      try user.start("s-1", "live", at: .hours(2))
      _ = try temporary.store.write { try StopRun(by: .li, now: .now)("s-1", run: nil, reason: " ", in: $0) }
    }
    #expect(try temporary.store.exported() != before)
  }

  @Test func theRunBeforeItOpensAgain() throws {
    try user.start("s-1", "after")
    try user.tick("s-1", "one")
    try user.start("s-1", "after", at: .hours(1))
    #expect(throws: Refusal.runIsOlder(run: 1, newer: 2)) {
      try user.change("s-1", ["one"], .untick(reason: "r"), run: 1)
    }
    try user.stop("s-1")
    #expect(try user.change("s-1", ["one"], .untick(reason: "r")).reopened == [1])
    #expect(try temporary.store.breaks() == [])
  }
}

import Domain
import TestSupport
import Testing

/// Needs, waiting, and several items in one command.
@Suite struct TickTests {
  private let tick = RequestedItemChange.tick(note: nil, proof: nil)
  private let chain = Run.of([
    .named("first"), .named("second", needs: ["first"]), .named("third", needs: ["second", "first"]),
  ])

  private func steps(_ run: Run, _ ids: [ItemID]) throws -> [ItemID] {
    try run.decide(tick, on: ids, by: .li).steps.map(\.item)
  }

  @Test(
    arguments: [
      ["first", "second", "third"], ["third", "second", "first"], ["second", "third", "first"],
      ["third", "first", "second", "third"],
    ] as [[ItemID]])
  func severalAreTickedInAnyOrderOfNeeds(_ ids: [ItemID]) throws {
    #expect(try steps(chain, ids) == ["first", "second", "third"])
  }

  @Test func waitsForAllThatIsOutstanding() {
    #expect(throws: Refusal.waiting("third", for: ["second", "first"])) { try steps(chain, ["third"]) }
  }

  @Test func onlyWhatTheSameCommandDoesNotTickIsNamed() {
    #expect(throws: Refusal.waiting("third", for: ["second"])) { try steps(chain, ["third", "first"]) }
  }

  @Test func oneThatCannotBeTickedRefusesAll() throws {
    var run = chain
    try run.make(.skip(reason: "no need"), on: ["third"], by: .li)
    #expect(throws: Refusal.isSkipped("third", by: "Li", at: .hours(2))) {
      try steps(run, ["first", "third"])
    }
  }

  @Test func whatIsDoneIsUnchangedAndMeetsNeeds() throws {
    var run = chain
    try run.make(tick, on: ["first"], by: .li)
    let decision = try run.decide(tick, on: ["second", "first"], by: .wang)
    #expect(decision.steps.map(\.item) == ["second"])
    #expect(decision.unchanged == ["first"])
  }

  @Test func skippedNeedsAreMet() throws {
    var run = chain
    try run.make(.skip(reason: "no need"), on: ["first"], by: .li)
    #expect(try steps(run, ["second"]) == ["second"])
  }

  @Test func blockedNeedsAreNotMet() throws {
    var run = chain
    try run.make(.block(reason: "no answer"), on: ["first"], by: .li)
    #expect(throws: Refusal.waiting("second", for: ["first"])) { try steps(run, ["second"]) }
    #expect(try steps(run, ["second", "first"]) == ["first", "second"])
  }

  @Test func needsThatTheRunDoesNotHoldAreMet() throws {
    let items: [ChecklistItem] = [.named("first"), .named("second", needs: ["first"])]
    let start = RunStart(
      run: 1, checklist: "after", definition: "", switchedAt: .switched, timeZone: "UTC",
      items: [.init(id: "second", dueAt: nil, owner: nil)])
    let run = Run(start, definition: Definition(sha256: "", checklist: .named("after", items)))
    #expect(run["second"]?.needs == [])
    #expect(try steps(run, ["second"]) == ["second"])
  }

  @Test func whatNeededAnUntickedItemStaysAsItIs() throws {
    var run = chain
    try run.make(tick, on: ["first", "second"], by: .li)
    try run.make(.untick(reason: "wrong shop"), on: ["first"], by: .li)
    #expect(run["second"]?.state == .done)
    #expect(throws: Refusal.waiting("third", for: ["first"])) { try steps(run, ["third"]) }
  }

  @Test func waitingIsToldOfOutstandingItemsOnly() throws {
    var run = chain
    #expect(run.items.map { run.waitingFor($0) } == [[], ["first"], ["second", "first"]])
    try run.make(.skip(reason: "no need"), on: ["third"], by: .li)
    #expect(run.items.map { run.waitingFor($0) } == [[], ["first"], []])
  }

  @Test func aLongChainIsTickedFromItsEnd() throws {
    let items = (0..<500).map { index in
      ChecklistItem.named(
        ItemID(trusted: "i\(index)"), needs: index == 0 ? [] : [ItemID(trusted: "i\(index - 1)")])
    }
    let ids = items.map(\.id)
    #expect(try steps(.of(items), ids.reversed()) == ids)
  }

  @Test func theRunFinishesAndOpensAgain() throws {
    var run = chain
    try run.make(tick, on: ["first", "second"], by: .li)
    #expect(run.state == .active)
    try run.make(.skip(reason: "no need"), on: ["third"], by: .li)
    #expect(run.state == .finished)
    try run.make(.note("looks right"), on: ["third"], by: .li)
    #expect(run.state == .finished)
    try run.make(.untick(reason: "wrong shop"), on: ["second"], by: .li)
    #expect(run.state == .active)
  }

  @Test func overdueIsOutstandingInAnActiveRunFromItsDueTimeOn() throws {
    var run = Run.of([.named("first", due: .hours(3)), .named("never")])
    let late = try #require(run["first"])
    #expect(!run.isOverdue(late, at: .hours(3) + -1))
    #expect(run.isOverdue(late, at: .hours(3)))
    #expect(try !run.isOverdue(#require(run["never"]), at: .hours(100_000)))
    run.stop()
    #expect(!run.isOverdue(late, at: .hours(3)))
  }
}

import Domain
import TestSupport
import Testing

/// Every change of an item from everywhere it can stand.
@Suite struct RunTableTests {
  typealias Given = ItemStanding
  typealias Comes = TableRow.Outcome

  static let tick = RequestedItemChange.tick(note: nil, proof: nil)
  static let untick = RequestedItemChange.untick(reason: "wrong shop")
  static let skip = RequestedItemChange.skip(reason: "not sold here")
  static let block = RequestedItemChange.block(reason: "the platform is down")
  static let assign = RequestedItemChange.assign(to: "Zhao")
  static let due = RequestedItemChange.moveDue(to: .hours(90), reason: "agreed")
  static let note = RequestedItemChange.note("called them")

  static let rows: [TableRow] = [
    .init(tick, .pending, .becomes(.ticked(note: nil, proof: nil))),
    .init(tick, .blocked, .becomes(.ticked(note: nil, proof: nil))),
    .init(tick, .waiting, .refused(.waiting("it", for: ["need"]))),
    .init(tick, .waitingBlocked, .refused(.waiting("it", for: ["need"]))),
    .init(tick, .done, .unchanged),
    .init(tick, .skipped, .refused(.isSkipped("it", by: "Li", at: .hours(1)))),
    .init(tick, .awaiting, .unchanged),
    .init(tick, .toConfirm, .becomes(.tickedToConfirm(note: nil, proof: nil))),
    .init(tick, .toConfirmBlocked, .becomes(.tickedToConfirm(note: nil, proof: nil))),
    .init(tick, .lacking, .refused(.lacksProof("it", anyOf: [.file, .link]))),

    .init(.confirm, .awaiting, .becomes(.confirmed)),
    .init(.confirm, .done, .unchanged),
    .init(.confirm, .pending, .refused(.nothingToConfirm("it", .pending))),
    .init(.confirm, .toConfirm, .refused(.nothingToConfirm("it", .pending))),
    .init(.confirm, .waiting, .refused(.nothingToConfirm("it", .pending))),
    .init(.confirm, .blocked, .refused(.nothingToConfirm("it", .blocked))),
    .init(.confirm, .skipped, .refused(.nothingToConfirm("it", .skipped))),

    .init(untick, .done, .becomes(.unticked(reason: "wrong shop"))),
    .init(untick, .skipped, .becomes(.unticked(reason: "wrong shop"))),
    .init(untick, .awaiting, .becomes(.unticked(reason: "wrong shop"))),
    .init(untick, .pending, .unchanged),
    .init(untick, .waiting, .unchanged),
    .init(untick, .blocked, .refused(.isBlocked("it"))),

    .init(skip, .pending, .becomes(.skipped(reason: "not sold here"))),
    .init(skip, .waiting, .becomes(.skipped(reason: "not sold here"))),
    .init(skip, .blocked, .becomes(.skipped(reason: "not sold here"))),
    .init(skip, .awaiting, .becomes(.skipped(reason: "not sold here"))),
    .init(skip, .skipped, .unchanged),
    .init(skip, .done, .refused(.notOutstanding("it", .done))),

    .init(block, .pending, .becomes(.blocked(reason: "the platform is down"))),
    .init(block, .waiting, .becomes(.blocked(reason: "the platform is down"))),
    .init(block, .awaiting, .becomes(.blocked(reason: "the platform is down"))),
    .init(block, .blocked, .becomes(.blocked(reason: "the platform is down"))),
    .init(.block(reason: "no answer"), .blocked, .unchanged),
    .init(block, .done, .refused(.notOutstanding("it", .done))),
    .init(block, .skipped, .refused(.notOutstanding("it", .skipped))),

    .init(.unblock, .blocked, .becomes(.unblocked)),
    .init(.unblock, .waitingBlocked, .becomes(.unblocked)),
    .init(.unblock, .pending, .unchanged),
    .init(.unblock, .waiting, .unchanged),
    .init(.unblock, .awaiting, .unchanged),
    .init(.unblock, .done, .refused(.notBlocked("it", .done))),
    .init(.unblock, .skipped, .refused(.notBlocked("it", .skipped))),
  ]

  @Test(arguments: rows) func theTable(_ row: TableRow) throws {
    var run = row.standing.run
    switch row.outcome {
    case .becomes(let change):
      let decision = try run.decide(row.request, on: ["it"], by: .wang)
      #expect(decision == Decision(steps: [.init(item: "it", change: change)]))
      run.apply(change, to: "it", by: "Wang", at: .hours(2))
      let after = try #require(run["it"])
      #expect(after.state == row.stateAfter(change))
      #expect(after.changedBy == "Wang" && after.changedAt == .hours(2))
      #expect((after.blockedReason != nil) == (after.state == .blocked))
      #expect(after.awaiting == row.awaitingAfter(change))
    case .unchanged:
      #expect(try run.decide(row.request, on: ["it"], by: .wang) == Decision(unchanged: ["it"]))
    case .refused(let refusal):
      #expect(throws: refusal) { try run.decide(row.request, on: ["it"], by: .wang) }
    }
  }

  /// What people say about an item isn't bound to its state.
  @Test(arguments: [assign, due, note], ItemStanding.allCases)
  func whatIsSaidOfAnItemChangesInEveryState(request: RequestedItemChange, standing: ItemStanding) throws {
    var run = standing.run
    let before = try #require(run["it"])
    let decision = try run.decide(request, on: ["it"], by: .wang)
    let step = try #require(decision.steps.first)
    run.apply(step.change, to: step.item, by: "Wang", at: .hours(2))
    let after = try #require(run["it"])
    #expect(after != before)
    #expect(after.state == before.state && after.awaiting == before.awaiting)
    #expect(after.changedAt == before.changedAt && after.changedBy == before.changedBy)
    #expect(try run.decide(request, on: ["it"], by: .li) == Decision(unchanged: ["it"]))
  }

  @Test(arguments: [tick, .confirm, untick, skip, block, .unblock, assign, due, note])
  func anUnknownItemIsRefusedWithTheNearest(_ request: RequestedItemChange) {
    #expect(throws: Refusal.unknownItem("nead", "s-1", nearest: ["need"])) {
      try ItemStanding.pending.run.decide(request, on: ["nead"], by: .li)
    }
  }
}

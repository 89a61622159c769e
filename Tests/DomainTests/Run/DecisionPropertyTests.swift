import Domain
import TestSupport
import Testing

/// What holds for every decision, over random checklists and requests.
@Suite struct DecisionPropertyTests {
  private func request(_ random: inout SeededGenerator) -> RequestedItemChange {
    switch random.number(1...14) {
    case 1...5: .tick(note: random.maybe { $0.longText() }, proof: random.maybe { $0.proof() })
    case 6, 7: .confirm
    case 8: .untick(reason: random.longText())
    case 9: .skip(reason: random.longText())
    case 10: .block(reason: random.longText())
    case 11: .unblock
    case 12: .assign(to: random.line())
    case 13: .moveDue(to: random.moment(), reason: random.longText())
    default: .note(random.longText())
    }
  }

  @Test(arguments: Seeds.first(60)) func decisionsKeepTheirPromises(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var run = Run.of(random.items((0..<6).map { ItemID(trusted: "item-\($0)") }))
    var decided = 0
    for _ in 1...60 {
      let ids = random.some(of: run.items.map(\.id)).shuffled(using: &random).prefix(random.number(1...3))
      let asked = request(&random)
      let author = random.one(of: [Author.li, .wang, .lead])
      guard let decision = try? run.decide(asked, on: Array(ids), by: author, at: .now) else { continue }
      decided += 1
      #expect(Set(decision.steps.map(\.item)).union(decision.unchanged) == Set(ids))
      #expect(decision.steps.count + decision.unchanged.count == ids.count)
      for step in decision.steps {
        let item = try #require(run[step.item])
        if case .ticked = step.change {
          #expect(item.needs.allSatisfy { run[$0]?.state.isOutstanding == false })
        }
        run.apply(step.change, to: step.item, by: author.name, at: .now)
      }
      expectSound(run)
      // Asked again, everything is as it was asked for.
      let again = try run.decide(asked, on: Array(ids), by: author, at: .now)
      #expect(again.steps == [] && Set(again.unchanged) == Set(ids))
    }
    #expect(decided > 10)
  }

  private func expectSound(_ run: Run) {
    #expect((run.state == .finished) == run.items.allSatisfy { !$0.state.isOutstanding })
    for item in run.items {
      #expect((item.blockedReason != nil) == (item.state == .blocked))
      #expect(item.awaiting == nil || item.state == .pending)
      #expect((item.changedAt == nil) == (item.changedBy == nil))
      #expect(item.changedAt != nil || item.state == .pending)
      let waitsFor = item.needs.filter { run[$0]?.state.isOutstanding == true }
      #expect(run.waitingFor(item) == (item.state.isOutstanding ? waitsFor : []))
    }
  }
}

import Domain
import TestSupport
import Testing

@testable import Operations

/// Random steps and imports of earlier switches in a store, against the model that decisions are tried with.
@Suite struct RandomSwitchTests {
  /// Runs begin, move, stop, are ticked and closed by whatever is recorded.
  private static func checklists(_ random: inout SeededGenerator) -> [Checklist] {
    Milestone.allCases.map { begins in
      let later = [Milestone.unbound, .rebound].filter { $0 > begins }
      return Checklist.named(
        ChecklistID(trusted: "at-\(begins.rawValue)"), begins: begins,
        closes: later.isEmpty || random.once(in: 3) ? nil : random.one(of: later),
        [
          .named("first", due: .days(2), critical: true),
          ChecklistItem(
            id: "stands", title: LocalizedText("s"), needs: ["first"],
            standsFor: begins == .cooled ? .rebound : begins),
          ChecklistItem(
            id: "last", title: LocalizedText("l"), standsFor: random.maybe { $0.one(of: later + [.rebound]) }),
        ])
    }
  }

  private struct User {
    let store: any ShopStore
    let checklists: [Checklist]
    let rules: PlatformRules?
    let asked: ModelSwitches.Circumstances

    private var definitions: Definitions {
      Definitions(
        checklists: checklists, calendars: [:], platforms: rules.map { ["douyin": $0] } ?? [:])
    }
    private var by: Author { .named(asked.by) }
    private var now: Moment { Moment(seconds: asked.now) }

    func take(_ request: RequestedSwitchChange) throws -> ModelSwitches.Outcome {
      func time(_ moment: Moment?) -> TimeText? { moment.map { .absolute($0) } }
      let step: ChangeSwitch.Step =
        switch request {
        case .bind(let account): .bind(account)
        case .plan(let to, let plannedFor, let confirmed):
          .plan(to: to, plannedFor: time(plannedFor), confirmed: confirmed)
        case .unbind(let until, let finishBy): .unbind(until: time(until), finishBy: time(finishBy))
        case .rebind(let to): .rebind(to: to)
        case .abandon(let reason): .abandon(reason: reason)
        }
      do {
        let outcome = try store.write { transaction in
          try ChangeSwitch(definitions: definitions, zones: TestZones.directory, by: by, now: now)(
            step, of: "s-1", at: .absolute(Moment(seconds: asked.at)),
            override: asked.overrides ? "agreed" : nil, in: transaction)
        }
        return outcome.change == nil ? .unchanged : .done
      } catch let refusal as Refusal { return try refused([refusal]) }
    }

    func record(_ row: ModelSwitches.Earlier) throws -> ModelSwitches.Outcome {
      func time(_ seconds: Int64?) -> TimeText? { seconds.map { .absolute(Moment(seconds: $0)) } }
      let row = ImportSwitches.Row(
        line: 2, shop: "s-1", from: row.from, to: row.to, plannedAt: time(row.plannedAt),
        unboundAt: time(row.unboundAt), until: time(row.until), reboundAt: time(row.reboundAt))
      do {
        let outcome = try store.write { transaction in
          try ImportSwitches(definitions: definitions, zones: TestZones.directory, by: by, now: now)(
            [row], in: transaction
          ) { _ in }
        }
        return outcome.unchanged == 1 ? .unchanged : .done
      } catch let table as BadTable {
        return try refused(
          table.problems.compactMap { if case .refused(let refusal) = $0.problem { refusal } else { nil } })
      }
    }

    private func refused(_ refusals: [Refusal]) throws -> ModelSwitches.Outcome {
      .refused(Set(try refusals.map { try #require(ModelSwitches.Objection($0), "\($0)") }))
    }
  }

  @Test(arguments: Seeds.first(10)) func theStoreHoldsWhatTheModelDoes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = random.switchRules()
    var model = ModelSwitches()
    let checklists = Self.checklists(&random)
    let temporary = try TemporaryStore.sqlite()
    let store = temporary.store
    try StoreUser(store).add("s-1", ShopDetails(platform: "douyin"))
    var export = try store.exported()
    var now = Moment.switched

    for step in 1...50 {
      now = now + Int64(random.number(0...6)) * 21_600
      let asked = random.switchCircumstances(model, rules, now: now.seconds)
      let user = User(
        store: store, checklists: checklists, rules: asked.rules?.platform("douyin"), asked: asked)
      if random.once(in: 3) {
        // Somebody does something meanwhile, sensible or not.
        var somebody = StoreUser(store, checklists)
        somebody.now = now
        let request: RequestedItemChange = random.one(of: [
          .tick(note: nil, proof: nil), .block(reason: "r"), .untick(reason: "r"),
        ])
        _ = try? somebody.change(
          "s-1", [random.one(of: ["first", "stands", "last"])], request, run: random.number(1...9))
        export = try store.exported()
      }
      let before = try store.read(ModelClosing.init)
      var isImport = false
      let (expected, outcome): (ModelSwitches.Outcome, ModelSwitches.Outcome)
      var context = Comment("step \(step): \(asked)\n\(model.lines.joined(separator: "\n"))")
      if random.once(in: 4) {
        let row = random.earlierSwitch(model, now: now.seconds)
        context = Comment("\(row) \(context)")
        expected = model.record(row, rules: asked.rules, by: asked.by, now: asked.now)
        outcome = try user.record(row)
        isImport = true
      } else {
        let request = random.switchRequest(model, rules, now: now.seconds)
        context = Comment("\(request) \(context)")
        expected = model.take(request, asked)
        outcome = try user.take(request)
      }
      if case .refused(let objections) = outcome, case .refused(let all) = expected {
        try #require(objections.isSubset(of: all), "\(objections) instead of \(all): \(context)")
      } else {
        try #require(outcome == expected, context)
      }
      let after = try store.exported()
      if outcome != .done { try #require(after == export, context) }
      try #require(try store.read { try $0.history(of: "s-1") }.lines == model.lines, context)
      try #require(try store.read(Self.runsFollow), context)
      let milestone =
        outcome == .done && !isImport ? before.passed(in: try store.read { try $0.history(of: "s-1") }) : nil
      try #require(
        try store.read(ModelClosing.init).runs.starts(with: before.runs(after: milestone)), context)
      export = after
    }
    #expect(try store.breaks() == [])
    let copy = try TemporaryStore.sqlite()
    try copy.store.importing(export)
    #expect(try copy.store.exported() == export)
    #expect(try copy.store.read { try $0.history(of: "s-1") }.lines == model.lines)
  }

  /// Whether the runs of the latest switch are those that its state lets be.
  private static func runsFollow(_ reading: any StoreReading) throws -> Bool {
    guard let last = try reading.history(of: "s-1").switches.last else { return true }
    let isGivenUp = last.state == .abandoned || last.state == .cancelled
    for summary in try reading.runs(of: "s-1") where summary.state == .active && summary.newer == nil {
      guard let run = try reading.run(summary.number, of: "s-1"), run.accountSwitch == last.number else {
        continue
      }
      let begins = run.definition.checklist.begins
      if isGivenUp || begins == .rebound && last.state != .rebound { return false }
      if begins == .cooled, run.switchedAt != last.opensAt { return false }
      if begins == .planned, run.switchedAt != last.plannedFor { return false }
    }
    return true
  }
}

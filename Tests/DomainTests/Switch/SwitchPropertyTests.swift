import Domain
import TestSupport
import Testing

/// Random steps, against a model that is written from the contract's words.
@Suite struct SwitchPropertyTests {
  private struct Shop {
    var record = ShopRecord()
    var events: [[UInt8]] = []

    mutating func record(_ change: Event.Change, by name: String, at: Moment, now: Moment) throws {
      let event = Event(
        number: events.count + 1, shop: "s-1", at: at, recordedAt: now, by: .named(name), change: change)
      try record.replay(event) { _ in nil }
      events.append(event.canonical)
    }
  }

  @Test(arguments: Seeds.first(100)) func stepsComeOutAsTheContractSays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = random.switchRules()
    var model = ModelSwitches()
    var shop = Shop()
    var now = Moment.switched
    try shop.record(.shopAdded(.init(id: "s-1")), by: "Li", at: now, now: now)
    var done = 0

    for step in 1...60 {
      now = now + Int64(random.number(0...6)) * 21_600
      let request = random.switchRequest(model, rules, now: now.seconds)
      let asked = random.switchCircumstances(model, rules, now: now.seconds)
      let at = Moment(seconds: asked.at)
      let context = Comment("step \(step): \(request), \(asked)\n\(model.lines.joined(separator: "\n"))")

      let expected = model.take(request, asked)
      let circumstances = SwitchCircumstances(
        rules: asked.rules?.platform("douyin"), zone: .utc, override: asked.overrides ? "agreed" : nil,
        at: at,
        now: now)
      switch Self.decide(request, of: shop.record.history, circumstances) {
      case .success(let decision):
        try #require(expected == (decision.change == nil ? .unchanged : .done), context)
        guard let change = decision.change else { continue }
        done += 1
        try shop.record(.account(change), by: asked.by, at: at, now: now)
      case .failure(let refusal):
        let objection = try #require(ModelSwitches.Objection(refusal), context)
        guard case .refused(let objections) = expected, objections.contains(objection) else {
          Issue.record("\(refusal) instead of \(expected)\n\(context)")
          return
        }
      }
      try #require(shop.record.history.lines == model.lines, context)
      try expectSound(shop.record.history, context)
    }
    #expect(done > 5)
    #expect(try Self.replayed(shop.events) == shop.record)
  }

  private static func decide(
    _ request: RequestedSwitchChange, of history: BindingHistory, _ circumstances: SwitchCircumstances
  ) -> Result<SwitchDecision, Refusal> {
    do throws(Refusal) {
      return .success(try history.decide(request, of: "s-1", circumstances))
    } catch {
      return .failure(error)
    }
  }

  /// What holds for every history, whatever led to it.
  private func expectSound(_ history: BindingHistory, _ context: Comment) throws {
    let open = history.bindings.filter { $0.ended == nil }
    let isUnbound = history.underWay?.state == .unbound
    try #require(open.count == (history.bindings.isEmpty || isUnbound ? 0 : 1), context)
    try #require(history.current == open.first, context)
    try #require(history.switches.map(\.number) == Array(1...history.switches.count + 1).dropLast(), context)
    try #require(history.switches.dropLast().allSatisfy { !$0.state.isUnderWay }, context)

    let unbound = history.switches.filter { $0.unboundAt != nil }
    let ended = history.bindings.dropLast(isUnbound ? 0 : 1)
    try #require(ended.map(\.ended) == unbound.map(\.unboundAt), context)
    try #require(history.bindings.map(\.endedBy).compactMap { $0 } == unbound.map(\.number), context)
    let bound = unbound.filter { $0.endedAt != nil }
    try #require(history.bindings.dropFirst().map(\.since) == bound.map(\.endedAt), context)
    try #require(history.bindings.dropFirst().map(\.begunBy) == bound.map(\.number), context)
    for binding in history.bindings {
      if let since = binding.since, let ended = binding.ended { try #require(since <= ended, context) }
    }
  }

  private static func replayed(_ events: [[UInt8]]) throws -> ShopRecord {
    var record = ShopRecord()
    for bytes in events {
      let event = try Event(canonical: bytes)
      #expect(event.canonical == bytes)
      try record.replay(event) { _ in nil }
    }
    return record
  }
}

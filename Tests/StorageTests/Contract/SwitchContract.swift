import Domain
import Operations
import TestSupport
import Testing

/// Bindings and switches, on every engine.
@Suite struct SwitchContract {
  private func change(_ state: SwitchState, number: Int = 1, until: Int64? = nil) -> AccountSwitch {
    let isUnbound = state != .planned && state != .abandoned
    return AccountSwitch(
      number: number, from: "old", to: "new", state: state, plannedAt: .switched,
      plannedFor: .switched + 10,
      confirmed: [.init(requirement: "registered", by: "李", at: .switched)],
      unboundAt: isUnbound ? .switched + 20 : nil,
      coolDown: isUnbound
        ? .init(
          until: until.map { .switched + $0 }, isEstimate: until != nil, latest: .switched + 900,
          finishBy: .switched + 999) : nil,
      endedAt: state.isUnderWay ? nil : .switched + 100, reason: state == .abandoned ? "why \"not\"" : nil,
      overrides: [
        .init(step: .planned, rules: [.requires, .betweenSwitches], reason: "急\n", by: "Li", at: .switched)
      ])
  }

  private func history(_ change: AccountSwitch) -> BindingHistory {
    var first = Binding(account: "old", since: nil, begunBy: nil)
    guard let unbound = change.unboundAt else { return BindingHistory(bindings: [first], switches: [change]) }
    first = Binding(account: "old", since: nil, begunBy: nil, ended: unbound, endedBy: change.number)
    guard let ended = change.endedAt else { return BindingHistory(bindings: [first], switches: [change]) }
    let second = Binding(account: "new", since: ended, begunBy: change.number)
    return BindingHistory(bindings: [first, second], switches: [change])
  }

  @Test(arguments: StoreEngine.all, SwitchState.allCases)
  func aHistoryThatIsReadIsTheOneThatWasSaved(engine: StoreEngine, state: SwitchState) throws {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store)
    try user.add("s-1")
    #expect(try temporary.store.read { try $0.history(of: "s-1") } == BindingHistory())
    let history = history(change(state, until: 700))
    try temporary.store.write { try $0.save(history, replacing: BindingHistory(), of: "s-1") }
    #expect(try temporary.store.read { try $0.history(of: "s-1") } == history)
  }

  @Test(arguments: StoreEngine.all) func aStepWritesWhatDiffers(engine: StoreEngine) throws {
    let temporary = try engine.make()
    try StoreUser(temporary.store).add("s-1")
    var saved = BindingHistory()
    for state in [SwitchState.planned, .unbound, .rebound] {
      let next = history(change(state, until: state == .rebound ? nil : 700))
      try temporary.store.write { try $0.save(next, replacing: saved, of: "s-1") }
      #expect(try temporary.store.read { try $0.history(of: "s-1") } == next)
      saved = next
    }
  }

  @Test(arguments: StoreEngine.all)
  func thoseUnderWayAreListedByWhenTheyOpen(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(temporary.store)
    let shops: [(ShopID, SwitchState, Int64?)] = [
      ("a", .planned, nil), ("b", .unbound, 700), ("c", .unbound, 500), ("d", .unbound, nil),
      ("e", .rebound, nil), ("f", .abandoned, nil), ("g", .unbound, 600),
    ]
    for (shop, state, until) in shops {
      try user.add(shop, ShopDetails(team: shop == "b" ? "west" : "east"))
      let history = history(change(state, until: until))
      try temporary.store.write { try $0.save(history, replacing: BindingHistory(), of: shop) }
    }
    try user.setArchived("g", true)
    func list(_ filter: SwitchFilter) throws -> [String] {
      var found: [String] = []
      try temporary.store.read { try $0.forEachSwitch(filter) { found.append($0.shop.rawValue) } }
      return found
    }
    #expect(try list(SwitchFilter()) == ["d", "c", "b", "a"])
    #expect(try list(SwitchFilter(onlyCooling: true)) == ["d", "c", "b"])
    #expect(try list(SwitchFilter(team: "west")) == ["b"])
    #expect(try list(SwitchFilter(team: "nobody")) == [])
  }

  @Test(arguments: StoreEngine.all) func runsToUpgradeAreThoseOfAnotherContent(engine: StoreEngine) throws {
    let temporary = try engine.make()
    var user = StoreUser(temporary.store, [.named("after", [.named("one")])])
    for shop in ["a", "b", "c", "d"] as [ShopID] {
      try user.add(shop)
      try user.start(shop)
    }
    try user.change("b", ["one"], .tick(note: nil, proof: nil))
    try user.setArchived("c", true)
    let changed = Checklist.named("after", [.named("one"), .named("two")])
    user.checklists = [changed]
    try user.start("d", at: .now, again: true)
    let sha256 = Definition.pinning(changed).definition.sha256
    var found: [String] = []
    try temporary.store.read { reading in
      try reading.forEachRunToUpgrade(of: "after", to: sha256) { found.append("\($0) \($1)") }
      try reading.forEachRunToUpgrade(of: "other", to: sha256) { found.append("\($0) \($1)") }
    }
    #expect(found == ["a 1"])
  }
}

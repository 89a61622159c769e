import Domain
import Operations
import TestSupport
import Testing

/// Runs and the definitions they are pinned to, on every engine.
@Suite struct RunContract {
  private func pinned(_ checklist: Checklist, in transaction: any StoreWriting) throws -> Definition {
    let (definition, canonical) = Definition.pinning(checklist)
    try transaction.add(definition, canonical: canonical)
    return definition
  }

  @Test(arguments: StoreEngine.all, Seeds.first(6))
  func definitionsAreKeptOnce(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let checklists = [random.checklist("after"), random.checklist("after"), random.checklist("live")]
    let definitions = checklists.map { Definition.pinning($0) }
    for _ in 1...2 {
      try temporary.store.write { transaction in
        for checklist in checklists { _ = try pinned(checklist, in: transaction) }
      }
    }
    try temporary.store.read { reading throws in
      for (definition, _) in definitions {
        #expect(try reading.definition(definition.sha256) == definition)
      }
      #expect(try reading.definition(String(repeating: "0", count: 64)) == nil)
      var kept: [String: [UInt8]] = [:]
      var order: [String] = []
      try reading.forEachDefinition { sha256, canonical in
        kept[sha256] = canonical
        order.append(sha256)
      }
      #expect(order == Set(definitions.map(\.definition.sha256)).sorted())
      #expect(definitions.allSatisfy { kept[$0.definition.sha256] == $0.canonical })
    }
  }

  @Test(arguments: StoreEngine.all) func aDefinitionThatWasRolledBackIsUnknown(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let checklist = Checklist.named("after", [.named("one")])
    #expect(throws: Refusal.noRuns("s-1")) {
      try temporary.store.write { transaction in
        let definition = try pinned(checklist, in: transaction)
        #expect(try transaction.definition(definition.sha256) == definition)
        throw Refusal.noRuns("s-1")
      }
    }
    let sha256 = Definition.pinning(checklist).definition.sha256
    #expect(try temporary.store.read { try $0.definition(sha256) } == nil)
    // It is kept when it is pinned again, and a run of it can be read.
    let user = StoreUser(temporary.store, [checklist])
    try user.addAndStart()
    #expect(try temporary.store.read { try $0.run(1, of: "s-1")?.definition.sha256 } == sha256)
  }

  /// Whatever is applied to a run, the run that is read is the run that was saved.
  @Test(arguments: StoreEngine.all, Seeds.first(10))
  func runsAreKeptWhole(engine: StoreEngine, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try engine.make()
    let checklist = random.checklist("after", items: 2...8)
    let held = checklist.items.filter { _ in !random.once(in: 5) }
    var run = try temporary.store.write { transaction in
      try transaction.addShop(Shop(id: "s-1"))
      let definition = try pinned(checklist, in: transaction)
      let start = RunStart(
        run: 1, checklist: "after", definition: definition.sha256, switchedAt: .switched,
        timeZone: "Asia/Tokyo",
        items: held.map { item in
          RunStart.Item(id: item.id, dueAt: random.maybe { $0.moment() }, owner: random.maybe { $0.line() })
        })
      let run = Run(start, definition: definition)
      try transaction.insert(run, of: "s-1")
      return run
    }
    #expect(try temporary.store.read { try $0.run(1, of: "s-1") } == run)
    for _ in 1...20 {
      let old = run
      switch random.number(1...20) {
      case 1: run.setNewer(random.maybe { _ in 2 })
      case 2: run.supersede(by: 3)
      case 3: run.stop()
      default:
        guard let item = held.first else { break }
        run.apply(
          random.itemChange(), to: random.once(in: 4) ? item.id : random.one(of: held).id, by: random.line(),
          link: random.maybe { $0.number(1...9) }, at: random.moment())
      }
      try temporary.store.write { try $0.save(run, replacing: old, of: "s-1") }
      try temporary.store.read { reading throws in
        #expect(try reading.run(1, of: "s-1") == run)
        #expect(try reading.countersMatch(from: run, of: "s-1"))
      }
    }
  }

  @Test(arguments: StoreEngine.all) func runsAreSummedUpByNumber(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store, [.named("after", [.named("one")]), .named("live", [.named("two")])])
    try user.addAndStart()
    try user.start("s-1", "after", at: .hours(1), again: true)
    try user.tick("s-1", "two")
    try temporary.store.read { reading throws in
      #expect(
        try reading.runs(of: "s-1") == [
          RunSummary(number: 1, checklist: "after", state: .superseded, newer: 3, switchedAt: .switched),
          RunSummary(number: 2, checklist: "live", state: .finished, newer: nil, switchedAt: .switched),
          RunSummary(number: 3, checklist: "after", state: .active, newer: nil, switchedAt: .hours(1)),
        ])
      #expect(try reading.runs(of: "s-2") == [])
      #expect(try reading.run(4, of: "s-1") == nil)
      #expect(try reading.run(1, of: "s-2") == nil)
      #expect(try reading.shop("s-1")?.runs == 3)
    }
  }
}

import Domain
import Operations
import TestSupport
import Testing

/// Which checklists a start begins, and what becomes of the runs that are under way.
@Suite struct StartChoiceTests {
  private let temporary: TemporaryStore
  private var user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [
        .named("planned", begins: .planned, [.named("plan")]),
        .named("live", when: Condition(tags: ["live"]), [.named("stream")]),
        .named("after", [.named("one"), .named("two")]),
        .named("none", [.named("never", when: Condition(teams: ["nobody"]))]),
      ])
    try user.add("s-1", ShopDetails(tags: ["live"]))
    try user.add("s-2")
  }

  private func states(_ shop: ShopID) throws -> [String] {
    try temporary.store.read { try $0.runs(of: shop) }.map { "\($0.number) \($0.checklist) \($0.state)" }
  }

  private func many(_ shop: ShopID, _ checklist: String? = nil, again: Bool = false, quietly: Bool = true)
    throws
    -> StartRuns.Outcome
  {
    let request = StartRuns.Request(checklist: checklist, switchedAt: .absolute(.switched), again: again)
    return try temporary.store.write {
      try user.startRuns.amongMany(shop, request, quietly: quietly, in: $0)
    }
  }

  @Test func withoutANameAllThatMatchAndBeginAtRebound() throws {
    let outcome = try user.start("s-1")
    #expect(outcome.started.map(\.checklist) == ["after", "live"])
    #expect(outcome.leftOut == ["none"])
    #expect(try states("s-1") == ["1 after active", "2 live active"])
    #expect(try user.start("s-2").started.map(\.checklist) == ["after"])
  }

  @Test func whatBeginsElsewhereStartsByItsName() throws {
    #expect(try user.start("s-1", "planned").started.map(\.checklist) == ["planned"])
  }

  @Test func namesThatCannotBeStarted() throws {
    #expect(throws: Refusal.unknownChecklist("afer", nearest: ["after"])) { try user.start("s-1", "afer") }
    #expect(throws: Refusal.checklistNotForShop("live", "s-2")) { try user.start("s-2", "live") }
    #expect(throws: Refusal.allItemsLeftOut("none", "s-1")) { try user.start("s-1", "none") }
    #expect(throws: Refusal.unknownShop("s-3", nearest: [])) { try user.start("s-3") }
    #expect(throws: Refusal.inTheFuture(.now + 1, now: .now, in: .utc)) {
      try user.start("s-1", at: .now + 1)
    }
    try user.setArchived("s-1", true)
    #expect(throws: Refusal.shopArchived("s-1")) { try user.start("s-1") }
    #expect(try states("s-1") == [] && states("s-2") == [])
  }

  @Test func aZoneThatIsNotKnownAnyMore() throws {
    try temporary.store.write { transaction in
      var ledger = ShopLedger(new: "s-9", in: transaction, by: .li, now: .now)
      try ledger.record(.shopAdded(Shop(id: "s-9", timeZone: "Asia/Atlantis")))
      try ledger.save()
    }
    #expect(throws: Refusal.timeZoneNoLongerKnown("Asia/Atlantis")) { try user.start("s-9") }
  }

  @Test func whatIsUnderWayIsRefusedByNameAndPassedOverOtherwise() throws {
    try user.start("s-1", "after")
    #expect(throws: Refusal.alreadyActive("after", run: 1, "s-1")) { try user.start("s-1", "after") }
    let outcome = try user.start("s-1")
    #expect(outcome.skipped == ["after"])
    #expect(outcome.started.map(\.checklist) == ["live"])
  }

  @Test mutating func whenNothingIsLeftItIsRefused() throws {
    user.checklists.removeLast()
    try user.start("s-1")
    #expect(throws: Refusal.nothingToStart("s-1", alreadyActive: ["after", "live"])) { try user.start("s-1") }
    user.checklists = [.named("live", when: Condition(tags: ["live"]), [.named("stream")])]
    #expect(throws: Refusal.nothingToStart("s-2", alreadyActive: [])) { try user.start("s-2") }
    #expect(try user.start("s-2", quietly: true).started.isEmpty)
  }

  @Test func againSupersedesAndSaysWhatWasOutstanding() throws {
    try user.start("s-1", "after")
    try user.tick("s-1", "one")
    let outcome = try user.start("s-1", "after", at: .hours(1), again: true)
    #expect(outcome.superseded.map(\.run.number) == [1])
    #expect(outcome.superseded.map(\.outstanding) == [["two"]])
    #expect(try states("s-1") == ["1 after superseded", "2 after active"])
    #expect(try temporary.store.read { try $0.run(1, of: "s-1")?.newer } == 2)
  }

  @Test func againWithTheSameMomentKeepsTheRun() throws {
    try user.start("s-1", "after")
    let before = try temporary.store.exported()
    let outcome = try user.start("s-1", "after", again: true)
    #expect(outcome.kept.map(\.number) == [1])
    #expect(outcome.started.isEmpty)
    #expect(try temporary.store.exported() == before)
    let all = try user.start("s-1", again: true)
    #expect(all.kept.map(\.checklist) == ["after"])
    #expect(all.started.map(\.checklist) == ["live"])
  }

  @Test func aFinishedRunIsFollowedByTheNext() throws {
    try user.start("s-1", "after")
    try user.tick("s-1", "one", "two")
    #expect(try user.start("s-1", "after").superseded.isEmpty)
    #expect(try states("s-1") == ["1 after finished", "2 after active"])
    #expect(try temporary.store.read { try $0.run(1, of: "s-1")?.newer } == 2)
  }

  @Test func amongManyShopsThoseThatDoNotFitArePassedOver() throws {
    try user.add("s-3", ShopDetails(tags: ["live"]))
    try user.setArchived("s-3", true)
    #expect(try many("s-3").started.isEmpty)
    #expect(try many("s-2", "live").started.isEmpty)
    #expect(try many("s-1", "live").started.count == 1)
    #expect(try many("s-1", "live").started.isEmpty)
    #expect(try many("s-1", "live", again: true).kept.count == 1)
    #expect(try many("s-1", "none").leftOut == ["none"])
    #expect(throws: Refusal.shopArchived("s-3")) { try many("s-3", quietly: false) }
    #expect(throws: Refusal.alreadyActive("live", run: 1, "s-1")) { try many("s-1", "live", quietly: false) }
    #expect(throws: Refusal.unknownChecklist("afer", nearest: ["after"])) { try many("s-1", "afer") }
  }
}

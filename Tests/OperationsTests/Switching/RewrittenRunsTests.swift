import Domain
import Operations
import Storage
import TestSupport
import Testing

/// Runs that a switch or an upgrade touches, against a replay of the events.
@Suite struct RewrittenRunsTests {
  private let temporary: TemporaryStore
  private let store: SQLiteShopStore
  private var user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    store = try #require(temporary.store as? SQLiteShopStore)
    user = StoreUser(store, [Self.before, Self.rebinding, .named("after", [.named("sell")])])
    try user.add("s-1")
  }

  private static let before = Checklist.named("before", begins: .planned, [.named("look")])
  private static let rebinding = Checklist.named(
    "rebinding", begins: .cooled,
    [
      .named("gather"),
      ChecklistItem(id: "rebind", title: LocalizedText("rebind"), needs: ["gather"], standsFor: .rebound),
    ])

  @discardableResult
  private func take(_ step: ChangeSwitch.Step, at hours: Int64) throws -> ChangeSwitch.Outcome {
    let change = ChangeSwitch(
      definitions: Definitions(checklists: user.checklists, calendars: [:]), zones: TestZones.directory,
      by: .li, now: .hours(hours))
    return try store.write {
      try change(step, of: "s-1", at: .absolute(.hours(hours)), override: nil, in: $0)
    }
  }

  private func planned(_ account: String) -> ChangeSwitch.Step {
    .plan(to: account, plannedFor: nil, confirmed: [])
  }

  private func upgrade(to checklist: Checklist) throws -> [UpgradeRuns.Outcome] {
    let upgrade = UpgradeRuns(
      definitions: Definitions(checklists: [checklist], calendars: [:]), zones: TestZones.directory, by: .li,
      now: .now)
    return try store.write { try upgrade("s-1", run: nil, in: $0) }
  }

  /// Takes a switch through, with nothing of its first run left.
  private func completeOne() throws {
    try take(.bind("old"), at: 0)
    try take(planned("new"), at: 1)
    try user.tick("s-1", "look", at: .hours(1))
    try take(.unbind(until: nil, finishBy: nil), at: 2)
    try take(.rebind(to: nil), at: 3)
  }

  @Test func aRebindingTicksWhatStandsForIt() throws {
    try take(.bind("old"), at: 0)
    try take(planned("new"), at: 1)
    try take(.unbind(until: nil, finishBy: nil), at: 2)
    let outcome = try take(.rebind(to: nil), at: 3)
    #expect(outcome.effects.ticked.map(\.item) == ["rebind"])
    #expect(outcome.effects.started.map(\.checklist) == ["after"])
    let left = try store.read { try $0.run(1, of: "s-1") }
    #expect(left?.state == .active)
    #expect(try store.breaks() == [])
    #expect(try StoredRows.differences(in: store) == [])
  }

  @Test(arguments: [false, true]) func aSwitchThatIsGivenUpLeavesTheRunBeforeItAsTheLatest(
    unbound: Bool
  ) throws {
    try completeOne()
    try take(planned("other"), at: 4)
    #expect(try store.read { try $0.run(1, of: "s-1") }?.newer != nil)
    if unbound {
      try take(.unbind(until: nil, finishBy: nil), at: 5)
      try take(.rebind(to: "new"), at: 6)
    } else {
      try take(.abandon(reason: "it can stay"), at: 5)
    }
    #expect(try store.read { try $0.run(1, of: "s-1") }?.newer == nil)
    #expect(try store.breaks() == [])
    #expect(try StoredRows.differences(in: store) == [])
  }

  @Test(
    arguments: [
      ["one", "two", "three", "four"], ["one", "three", "four"], ["two", "one", "three"], ["new", "one"],
      ["one", "two", "three", "new", "newer"], ["three"], ["new"],
    ])
  func anUpgradeWritesTheItemsWhereTheyStand(_ ids: [String]) throws {
    let old: [ChecklistItem] = [
      .named("one", due: .hours(1)), .named("two", needs: ["one"], owner: "Zhao"), .named("three"),
    ]
    var user = user
    user.checklists = [.named("after", old)]
    try user.start("s-1")
    try user.tick("s-1", "one")
    try user.change("s-1", ["three"], .block(reason: "waits"))
    let items = ids.enumerated().map { index, id in
      ChecklistItem.named(
        ItemID(trusted: id), needs: index == 0 ? [] : [ItemID(trusted: ids[index - 1])], due: .hours(index),
        owner: id == "new" ? "Qian" : nil)
    }
    let outcome = try #require(try upgrade(to: .named("after", items)).first)
    #expect(outcome.after.items.map(\.id.rawValue) == ids)
    #expect(try store.read { try $0.run(1, of: "s-1") } == outcome.after)
    #expect(try upgrade(to: .named("after", items)).first?.isChanged != true)
    #expect(try store.breaks() == [])
    #expect(try StoredRows.differences(in: store) == [])
  }
}

import Domain
import Formats
import Operations
import TestSupport
import Testing

/// What `status` and `history` show.
@Suite struct ReadTests {
  private let temporary: TemporaryStore
  private let user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [
        .named("after", [.named("one", due: .hours(2), critical: true), .named("two", needs: ["one"])]),
        .named("live", [.named("stream")]),
      ])
    try user.add("s-1", ShopDetails(name: "One"))
  }

  private func status(run: Int? = nil, now: Moment = .now) throws -> ShopStatus {
    try temporary.store.read { try ReadStatus(now: now)("s-1", run: run, in: $0) }
  }

  private func history(run: Int? = nil) throws -> [HistoryEntry] {
    try temporary.store.read { try ReadHistory()("s-1", run: run, in: $0) }
  }

  @Test func theActiveRunsElseTheNewest() throws {
    #expect(try status().runs.isEmpty)
    try user.start("s-1")
    #expect(try status().runs.map(\.number) == [1, 2])
    try user.tick("s-1", "stream")
    #expect(try status().runs.map(\.number) == [1])
    #expect(try status(run: 2).runs.map(\.state) == [.finished])
    try user.stop("s-1")
    #expect(try status().runs.map(\.number) == [2])
  }

  @Test func whatIsNotThereIsRefused() throws {
    #expect(throws: Refusal.noRuns("s-1")) { try status(run: 1) }
    #expect(throws: Refusal.noRuns("s-1")) { try history(run: 1) }
    try user.start("s-1")
    for run in [0, 3, -1] {
      #expect(throws: Refusal.unknownRun("s-1", run: run, newest: 2)) { try status(run: run) }
      #expect(throws: Refusal.unknownRun("s-1", run: run, newest: 2)) { try history(run: run) }
    }
    #expect(throws: Refusal.unknownShop("s-2", nearest: ["s-1"])) {
      try temporary.store.read { try ReadStatus(now: .now)("s-2", run: nil, in: $0) }
    }
  }

  @Test func aRunIsShownAsItStands() throws {
    try user.start("s-1", "after")
    try user.change("s-1", ["one"], .block(reason: "no answer"), at: .hours(1))
    let run = try #require(try status(now: .hours(2)).runs.first)
    #expect(run.progress == Progress(total: 2, blocked: 1, pending: 1, overdue: 1))
    #expect(run.progress.percent == 0)
    let (one, two) = (run.items[0], run.items[1])
    #expect(one.state == .blocked && one.blockedReason == "no answer" && one.overdue)
    #expect(one.changedAt == .hours(1) && one.changedBy == "Li" && one.waitingFor == [])
    #expect(two.needs == ["one"] && two.waitingFor == ["one"] && !two.overdue && two.dueAt == nil)
    try user.tick("s-1", "one")
    let after = try #require(try status().runs.first)
    #expect(after.progress == Progress(total: 2, done: 1, pending: 1) && after.progress.percent == 50)
    #expect(after.items[1].waitingFor == [])
  }

  @Test(arguments: [(0, 0, 0, 0), (3, 1, 0, 33), (3, 1, 1, 66), (3, 2, 1, 100), (200, 199, 0, 99)])
  func percentIsCutOff(total: Int, done: Int, skipped: Int, percent: Int) {
    #expect(Progress(total: total, done: done, skipped: skipped).percent == percent)
  }

  @Test func historyTellsEveryEventWithItsSeal() throws {
    try user.start("s-1")
    try user.tick("s-1", "one")
    try user.edit("s-1", ShopDetails(name: "Two"))
    let all = try history()
    #expect(all.map(\.event.number) == [1, 2, 3, 4, 5])
    #expect(
      all.map(\.event.change.kind) == [
        "shop-added", "run-started", "run-started", "item-ticked", "shop-edited",
      ])
    #expect(all.allSatisfy { $0.stored == String(decoding: $0.event.canonical, as: UTF8.self) })
    #expect(
      try all.last?.hash == temporary.store.read { try $0.shop("s-1").map { HexText.of($0.head.hash) } })
    #expect(all.map(\.shopBefore?.name) == [nil, "One", "One", "One", "One"])
    #expect(try history(run: 1).map(\.event.number) == [2, 4])
  }

  /// The chain as another program computes it.
  @Test func sealsFollowFromTheBytes() throws {
    #expect(
      HexText.of(EventChain.hash(of: Array("{}".utf8), after: [UInt8](repeating: 0, count: 32)))
        == "fb1634c4e6cd4b1f1afe3ce2d6ef080f7ac5d1f357d723ad4dfca782733b62db")
    #expect(HexText.bytes(of: "00fF10") == [0, 255, 16])
    for text in ["0", "0g", "é0", " 00", "+1"] { #expect(HexText.bytes(of: text) == nil) }
    #expect(HexText.of([0, 1, 171, 255]) == "0001abff")
  }
}

/// What `status` shows of a shop's account and switch, and of what the files say by now.
@Suite struct ReadSwitchStatusTests {
  private let temporary: TemporaryStore
  private var user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(
      temporary.store,
      [.named("ahead", begins: .planned, [.named("one")]), .named("after", [.named("two")])])
    try user.add("s-1")
  }

  private func status(written: [Checklist]? = nil) throws -> ShopStatus {
    let definitions = written.map { Definitions(checklists: $0, calendars: [:]) }
    return try temporary.store.read { reading in
      try ReadStatus(now: .now)("s-1", run: nil, in: reading) { definitions }
    }
  }

  private func change(_ step: ChangeSwitch.Step) throws {
    let change = ChangeSwitch(
      definitions: Definitions(checklists: user.checklists, calendars: [:]), zones: TestZones.directory,
      by: .li, now: .now)
    _ = try temporary.store.write { try change(step, of: "s-1", at: nil, override: nil, in: $0) }
  }

  @Test func theAccountAndTheLatestSwitch() throws {
    #expect(try status().account == nil && status().latestSwitch == nil)
    try change(.bind("old"))
    #expect(try status().account == "old" && status().latestSwitch == nil)
    try change(.plan(to: "new", plannedFor: .absolute(.hours(48)), confirmed: []))
    let planned = try status()
    #expect(planned.account == "old" && planned.latestSwitch?.state == .planned)
    let run = try #require(planned.runs.first)
    #expect(run.accountSwitch == 1 && run.began == .now && run.switchedAt == .hours(48))
    try change(.unbind(until: nil, finishBy: nil))
    #expect(try status().account == nil && status().latestSwitch?.state == .unbound)
    try change(.rebind(to: nil))
    #expect(try status().account == "new" && status().latestSwitch?.state == .rebound)
  }

  @Test func whetherTheFilesSaySomethingElse() throws {
    try user.start("s-1", "after")
    #expect(try status().runs.map(\.hasNewerDefinition) == [nil])
    #expect(try status(written: []).runs.map(\.hasNewerDefinition) == [nil])
    #expect(try status(written: user.checklists).runs.map(\.hasNewerDefinition) == [false])
    let changed = [Checklist.named("after", [.named("two"), .named("three")])]
    #expect(try status(written: changed).runs.map(\.hasNewerDefinition) == [true])
    try user.tick("s-1", "two")
    #expect(try status(written: changed).runs.map(\.hasNewerDefinition) == [nil])
  }
}

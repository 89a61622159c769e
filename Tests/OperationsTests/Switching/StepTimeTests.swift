import Domain
import Operations
import TestSupport
import Testing

/// What the times of a switch's steps mean, by whichever way they come. It is 10:00 in Shanghai on the 2nd of
/// November 2026.
@Suite struct StepTimeTests {
  private let temporary: TemporaryStore
  private let user: StoreUser
  private let definitions = Definitions(
    checklists: [], calendars: [:],
    platforms: [
      "douyin": PlatformRules(
        platform: "douyin", timeZone: "Asia/Shanghai", checked: CivilDate(dayNumber: 20_000))
    ])

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(temporary.store)
    try user.add("s-1", ShopDetails(platform: "douyin"))
  }

  @discardableResult
  private func take(_ step: ChangeSwitch.Step, at text: String? = nil) throws -> ChangeSwitch.Outcome {
    let change = ChangeSwitch(
      definitions: definitions, zones: TestZones.directory, by: .li, now: .now)
    let at = try text.map { try TimeText($0) }
    return try temporary.store.write { try change(step, of: "s-1", at: at, override: nil, in: $0) }
  }

  private func plan(for text: String) throws -> ChangeSwitch.Step {
    .plan(to: "new", plannedFor: try TimeText(text), confirmed: [])
  }

  @Test(arguments: [
    ("2026-11-10", "2026-11-09T16:00:00Z"), ("2026-11-02", "2026-11-02T02:00:00Z"),
    ("tomorrow", "2026-11-02T16:00:00Z"), ("18:00", "2026-11-02T10:00:00Z"), ("9:00", "2026-11-03T01:00:00Z"),
    ("2026/11/10 9:05", "2026-11-10T01:05:00Z"), ("+2d", "2026-11-04T02:00:00Z"),
  ])
  func aPlanIsForTheBeginningOfADay(text: String, expected: String) throws {
    try take(.bind("old"), at: "2026-10-01")
    let outcome = try take(plan(for: text))
    #expect(outcome.zone.name == "Asia/Shanghai")
    #expect(outcome.history.underWay?.plannedFor.iso8601 == expected)
  }

  @Test func theWaitEndsAsADayBeginsAndTheTimeToFinishAsOneEnds() throws {
    try take(.bind("old"), at: "2026-10-01")
    try take(plan(for: "2026-11-02"))
    let outcome = try take(
      .unbind(until: try TimeText("2026-11-09"), finishBy: try TimeText("2026-11-20")))
    let coolDown = outcome.history.underWay?.coolDown
    #expect(coolDown?.until?.iso8601 == "2026-11-08T16:00:00Z")
    #expect(coolDown?.finishBy?.iso8601 == "2026-11-20T16:00:00Z")
  }

  /// An unbinding can't be taken back.
  @Test(arguments: ["2027-11-11", "2026-11-03", "tomorrow", "+1d", "2027/11/11", "2027-11-11T00:00"])
  func noStepHasHappenedThatIsStillToCome(text: String) throws {
    try take(.bind("old"), at: "2026-10-01")
    try take(plan(for: "2026-11-02"))
    let steps: [ChangeSwitch.Step] = [
      .unbind(until: nil, finishBy: nil), .abandon(reason: "no"),
      .plan(to: "other", plannedFor: nil, confirmed: []),
    ]
    for step in steps {
      let refusal = #expect(throws: Refusal.self) { try take(step, at: text) }
      guard case .inTheFuture? = refusal else {
        Issue.record("\(step) at \(text): \(String(describing: refusal))")
        continue
      }
    }
    let history = try temporary.store.read { try $0.history(of: "s-1") }
    #expect(history.underWay?.state == .planned && history.underWay?.to == "new")
  }

  @Test func aTableOfSwitchesIsReadAsASpreadsheetWritesIt() throws {
    let importing = ImportSwitches(
      definitions: definitions, zones: TestZones.directory, by: .li, now: .now)
    let table = """
      shop,from,to,planned_at,unbound_at,until,rebound_at
      s-1,old,new,2026-10-20,2026/10/22 9:05,2026/11/20,
      """
    let rows = try importing.read(Array(table.utf8))
    _ = try temporary.store.write { try importing(rows, in: $0, progress: { _ in }) }
    let change = try temporary.store.read { try $0.history(of: "s-1") }.underWay
    #expect(change?.plannedAt.iso8601 == "2026-10-20T16:00:00Z")
    #expect(change?.unboundAt?.iso8601 == "2026-10-22T01:05:00Z")
    #expect(change?.coolDown?.until?.iso8601 == "2026-11-19T16:00:00Z")
  }

  @Test(
    arguments: [
      ("11/3/2026", .yearNotFirst("11/3/2026")), ("45964", .dayNumber("45964")), ("18:00", .dateMissing),
      ("tomorrow", .dateMissing),
    ] as [(String, TimeTextError)])
  func aTableSaysWhatIsWrongWithATime(cell: String, error: TimeTextError) throws {
    let importing = ImportSwitches(
      definitions: definitions, zones: TestZones.directory, by: .li, now: .now)
    let table = "shop,from,to,unbound_at\ns-1,old,new,\(cell)\n"
    let bad = try #require(throws: BadTable.self) { try importing.read(Array(table.utf8)) }
    #expect(bad.problems.count == 1 && bad.problems.first?.line == 2)
    guard case .badTime("unbound_at", cell, error)? = bad.problems.first?.problem else {
      Issue.record("\(bad.problems)")
      return
    }
  }
}

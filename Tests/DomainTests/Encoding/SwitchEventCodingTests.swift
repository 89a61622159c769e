import Formats
import Foundation
import TestSupport
import Testing

@testable import Domain

/// The stored form of what happens to bindings, and to runs with them.
@Suite struct SwitchEventCodingTests {
  private static let overridden = Overridden(
    rules: [.requires, .coolDown, .betweenSwitches], reason: "hacked\n\"now\"")

  private static let changes: [AccountChange] = [
    .bound(account: "店铺号", since: .switched), .bound(account: "a", since: nil),
    .planned(
      SwitchPlan(
        number: 1, to: "b", plannedFor: .now, confirmed: ["registered", "real-name-verified"], overridden: nil
      )
    ),
    .planned(SwitchPlan(number: 2, to: "b", plannedFor: .now, confirmed: [], overridden: overridden)),
    .unbound(
      switch: 2, .init(until: .hours(90), isEstimate: true, latest: .hours(99), finishBy: .hours(95)),
      overridden: overridden),
    .unbound(switch: 2, .init(until: nil, isEstimate: false), overridden: nil),
    .coolDownCorrected(switch: 2, .init(until: .hours(90), isEstimate: false, finishBy: .hours(95))),
    .coolDownCorrected(switch: 2, .init(until: .hours(90), isEstimate: true)),
    .rebound(switch: 2, to: "b", overridden: nil), .rebound(switch: 2, to: "a", overridden: overridden),
    .abandoned(switch: 2, reason: "not now"),
  ]

  private static let items: [RunStart.Item] = [
    .init(id: "one", dueAt: .now, owner: "王"), .init(id: "two", dueAt: nil, owner: nil),
  ]

  private static let runs: [Event.Change] = [
    .runStarted(
      RunStart(
        run: 3, checklist: "after", definition: String(repeating: "a", count: 64), switchedAt: .hours(90),
        began: .switched, accountSwitch: 2, timeZone: "Asia/Shanghai", items: items)),
    .runMoved(
      run: 3, switchedAt: .hours(91),
      items: [.init(id: "one", dueAt: .hours(92)), .init(id: "two", dueAt: nil)]),
    .runMoved(run: 3, switchedAt: .hours(91), items: []),
    .runUpgraded(
      RunUpgrade(
        run: 3, definition: String(repeating: "b", count: 64), items: items, removed: ["three", "four"])),
    .runUpgraded(
      RunUpgrade(run: 3, definition: String(repeating: "b", count: 64), items: items, removed: [])),
  ]

  /// Hashes that people kept depend on these bytes.
  @Test func theFormIsStable() throws {
    let lines = (Self.changes.map { .account($0) } + Self.runs).enumerated().map { index, change in
      Event(number: index + 1, shop: "店铺一", at: .switched, recordedAt: .now, by: .li, change: change)
    }
    for event in lines { #expect(try Event(canonical: event.canonical) == event) }
    let text = lines.map { String(decoding: $0.canonical, as: UTF8.self) + "\n" }.joined()
    try expectSnapshot(text, "switch-events.jsonl")
  }

  @Test func onlyEventsOfRunsNameOne() {
    #expect(Self.changes.allSatisfy { Event.Change.account($0).run == nil })
    #expect(Self.runs.allSatisfy { $0.run == 3 })
  }

  @Test(arguments: Seeds.first(100)) func changesComeBackFromTheirBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 1...10 {
      let event = Event(
        number: number, shop: "s-1", at: .switched, recordedAt: .now, by: .li,
        change: .account(random.accountChange()))
      let again = try Event(canonical: event.canonical)
      #expect(again == event)
      #expect(again.canonical == event.canonical)
      #expect((try JSONSerialization.jsonObject(with: Data(event.canonical)) as? [String: Any]) != nil)
    }
  }

  /// What follows the kind's opening quote.
  @Test(arguments: [
    (#"account-bound""#, "'account' is missing"),
    (#"account-sold","account":"a""#, "unknown kind 'account-sold'"),
    (#"account-bound","acount":"a""#, "unknown key 'acount'"),
    (#"switch-planned","to":"b","planned_for":"2026-11-01T02:00:00Z""#, "'switch' is missing"),
    (#"switch-planned","switch":1,"planned_for":"2026-11-01T02:00:00Z""#, "'to' is missing"),
    (#"switch-planned","switch":1,"to":"b""#, "'planned_for' is missing"),
    (#"switch-unbound","until":"2026-11-01T02:00:00Z""#, "'switch' is missing"),
    (#"switch-corrected""#, "'switch' is missing"),
    (#"switch-rebound","to":"b""#, "'switch' is missing"),
    (#"switch-rebound","switch":1"#, "'to' is missing"),
    (#"switch-abandoned","reason":"r""#, "'switch' is missing"),
    (#"switch-abandoned","switch":1"#, "'reason' is missing"),
    (#"switch-rebound","overridden":{"rules":["cool-down"]}"#, "an override without a reason"),
    (#"switch-rebound","overridden":{"reason":"r"}"#, "an override of no rule"),
    (#"switch-rebound","overridden":{"rules":[],"reason":"r"}"#, "an override of no rule"),
    (#"switch-rebound","overridden":{"rules":["price"]}"#, "unknown rule 'price'"),
    (#"switch-rebound","overridden":{"by":"Li"}"#, "unknown key 'by'"),
    (#"run-moved","run":1"#, "'switched_at' is missing"),
    (#"run-moved","switched_at":"2026-11-01T02:00:00Z""#, "'run' is missing"),
    (#"run-moved","run":1,"items":[{"due_at":"2026-11-01T02:00:00Z"}]"#, "an item without id"),
    (#"run-moved","run":1,"items":[{"item":"a","to":1}]"#, "unknown key 'to' in an item"),
    (#"run-upgraded","definition":"d""#, "'run' is missing"),
    (#"run-upgraded","run":1"#, "'definition' is missing"),
  ])
  func whatAKindLacksIsNamed(kind: String, problem: String) {
    let text = EventCodingTests.whole.replacingOccurrences(of: #"shop-archived""#, with: kind)
    #expect(throws: MalformedEvent(problem: problem)) { try Event(canonical: text.utf8) }
  }

  @Test(arguments: [
    (#""since":1"#), (#""since":"yesterday""#), (#""switch":"1""#), (#""switch":1.5"#),
    (#""estimate":"yes""#),
    (#""confirmed":"registered""#), (#""until":null"#), (#""overridden":[]"#), (#""overridden":null"#),
    (#""removed":{}"#), (#""began":"2026-11-01""#),
  ])
  func aValueOfAnotherTypeIsRefused(field: String) {
    let text = EventCodingTests.whole.replacingOccurrences(
      of: #""shop-archived""#, with: #""account-bound","account":"a","# + field)
    #expect(throws: JSONCursor.Fault.self) { try Event(canonical: text.utf8) }
  }
}

import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite struct EventCodingTests {
  @Test(arguments: Seeds.first(100)) func eventsComeBackFromTheirBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let event = random.event()
      let again = try Event(canonical: event.canonical)
      #expect(again == event)
      #expect(again.canonical == event.canonical)
      #expect((try JSONSerialization.jsonObject(with: Data(event.canonical)) as? [String: Any]) != nil)
    }
  }

  /// Hashes that people kept depend on these bytes.
  @Test func theFormIsStable() throws {
    let shop = Shop(
      id: "店铺一", name: "One \"1\"", platform: "douyin", team: "east", owner: "王", timeZone: "Asia/Shanghai",
      tags: ["live", "new"])
    let start = RunStart(
      run: 2, checklist: "after", definition: String(repeating: "a", count: 64), switchedAt: .switched,
      timeZone: "Asia/Shanghai",
      items: [.init(id: "one", dueAt: .now, owner: "王"), .init(id: "two", dueAt: nil, owner: nil)])
    let file = Proof.Content.file(name: "a.csv", size: 12, sha256: String(repeating: "b", count: 64))
    let changes: [Event.Change] =
      [
        .shopAdded(shop), .shopEdited(Shop(id: "店铺一")), .shopArchived, .shopRestored, .runStarted(start),
        .runStopped(run: 2, reason: "mistake"), .runSuperseded(run: 2, by: 3),
      ]
      + ([
        .ticked(note: nil, proof: nil), .ticked(note: "seen\ntwice", proof: .note),
        .ticked(note: nil, proof: .link(url: "https://example.cn/1")), .ticked(note: nil, proof: file),
        .tickedToConfirm(note: "seen", proof: nil), .confirmed, .unticked(reason: "wrong"),
        .skipped(reason: "no need"), .blocked(reason: "no answer"), .unblocked, .assigned(to: "Zhao"),
        .dueMoved(to: .now, reason: "agreed"), .noted("called"),
        .missed(at: .unbound), .missed(at: .rebound),
      ] as [ItemChange]).map { .item(run: 2, "one", $0) }
      + [
        .linkCreated(number: 1, expiresAt: .now), .linkRevoked(number: 1),
        .fileDeleted(sha256: String(repeating: "c", count: 64)),
      ]
    var lines = ""
    for (index, change) in changes.enumerated() {
      let by = try Author(
        name: "Li", login: "li", channel: index == 0 ? .web : .commandLine, isLead: index == 1,
        clockWasSet: index == 2)
      let event = Event(
        number: index + 1, shop: "店铺一", at: .switched, recordedAt: .now, by: by, change: change)
      lines += String(decoding: event.canonical, as: UTF8.self) + "\n"
    }
    try expectSnapshot(lines, "events.jsonl")
  }

  static let whole = #"""
    {"number":1,"shop":"s-1","kind":"shop-archived","at":"2026-11-01T02:00:00Z",\#
    "recorded_at":"2026-11-01T02:00:00Z","by":"Li","login":"","channel":"cli"}
    """#

  @Test(arguments: [
    (#""number":1,"#, "", "'number' is missing"), (#""shop":"s-1","#, "", "'shop' is missing"),
    (#""at":"2026-11-01T02:00:00Z","#, "", "'at' is missing"),
    (#""recorded_at":"2026-11-01T02:00:00Z","#, "", "'recorded_at' is missing"),
    (#""by":"Li","#, "", "'by' is missing"), (#","channel":"cli""#, "", "'channel' is missing"),
    (#""cli""#, #""post""#, "'channel' is missing"),
    (#"shop-archived"#, "shop-sold", "unknown kind 'shop-sold'"),
    (#""shop-archived""#, #""item-confirmed""#, "'run' is missing"),
    (#""shop-archived""#, #""item-confirmed","run":1"#, "'item' is missing"),
    (#""by":"Li""#, #""by":" ""#, "'by' isn't a name"),
  ])
  func whatIsNoEventIsNamed(part: String, other: String, problem: String) {
    let text = Self.whole.replacingOccurrences(of: part, with: other)
    #expect(throws: MalformedEvent(problem: problem)) { try Event(canonical: text.utf8) }
  }

  /// What follows the kind's opening quote.
  @Test(arguments: [
    (#"shop-archived","price":1"#, "unknown key 'price'"),
    (#"item-confirmed""#, "'run' is missing"),
    (#"item-confirmed","run":1"#, "'item' is missing"),
    (#"item-noted","run":1,"item":"a""#, "'note' is missing"),
    (#"item-blocked","run":1,"item":"a""#, "'reason' is missing"),
    (#"item-due-moved","run":1,"item":"a","to":"soon","reason":"r""#, "'to' isn't a time"),
    (#"item-ticked","run":1,"item":"a","proof":{"kind":"oath"}"#, "a proof of an unknown kind"),
    (#"item-ticked","run":1,"item":"a","proof":{"kind":"link"}"#, "a proof of an unknown kind"),
    (#"item-ticked","run":1,"item":"a","proof":{"by":"Li"}"#, "unknown key 'by' in a proof"),
    (#"run-started","run":1,"items":[{"due":1}]"#, "unknown key 'due' in an item"),
    (#"run-started","run":1,"items":[{}]"#, "an item without id"),
    (#"run-started","run":1,"items":[]"#, "'checklist' is missing"),
    (#"link-created","link":1"#, "'expires_at' is missing"), (#"link-revoked""#, "'link' is missing"),
    (#"file-deleted""#, "'sha256' is missing"),
  ])
  func whatAKindLacksIsNamed(kind: String, problem: String) {
    let text = Self.whole.replacingOccurrences(of: #"shop-archived""#, with: kind)
    #expect(throws: MalformedEvent(problem: problem)) { try Event(canonical: text.utf8) }
  }
}

import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite struct ChecklistCodingTests {
  @Test(arguments: Seeds.first(60)) func checklistsComeBackFromTheirCanonicalForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let checklist = random.checklist("after")
    let again = try Checklist(canonical: checklist.canonical)
    #expect(again == checklist)
    #expect(again.canonical == checklist.canonical)
    #expect((try JSONSerialization.jsonObject(with: Data(checklist.canonical)) as? [String: Any]) != nil)
  }

  /// Runs are pinned to the SHA-256 of these bytes.
  @Test func theFormIsStable() throws {
    let both = LocalizedText(entries: [
      .init(language: "zh", text: "重新绑定\n店铺"), .init(language: "en", text: "Rebind \"the\" store"),
    ])
    let full = ChecklistItem(
      id: "rebind-store", title: try #require(both), details: LocalizedText("*why*"),
      steps: [LocalizedText("open"), try #require(both)], due: .hours(2), owner: "merchant", critical: true,
      needs: ["other"], when: Condition(platforms: ["douyin"], teams: ["east"], tags: ["live", "new"]),
      proof: [.file, .secondPerson], remind: [.days(1), .hours(2)],
      escalate: [
        CalendarDuration(count: 0, unit: .minutes),
        CalendarDuration(count: 1, unit: .weeks, time: .init(hour: 9, minute: 5)),
        CalendarDuration(count: 2, unit: .workdays, time: .init(hour: 18, minute: 0), before: true),
      ])
    let checklist = Checklist(
      id: "after", title: try #require(both), description: LocalizedText("what it is"), begins: .cooled,
      timeZone: "Asia/Shanghai", calendar: "cn", when: Condition(tags: []), items: [full, .named("other")])
    try expectSnapshot(String(decoding: checklist.canonical, as: UTF8.self) + "\n", "checklist.json")
    #expect(try Checklist(canonical: checklist.canonical) == checklist)
  }

  @Test(arguments: [
    (#"{"title":"t","items":[]}"#, "no id or title"),
    (#"{"checklist":"a","items":[]}"#, "no id or title"),
    (#"{"checklist":"a","title":{},"items":[]}"#, "a text in no language"),
    (#"{"checklist":"a","title":"t","price":1}"#, "unknown key 'price'"),
    (#"{"checklist":"A","title":"t","items":[]}"#, "'A' isn't an id"),
    (#"{"checklist":"a","title":"t","items":[{"id":"a b"}]}"#, "'a b' isn't an id"),
    (#"{"checklist":"a","title":"t","items":[{"needs":["-"]}]}"#, "'-' isn't an id"),
    (#"{"checklist":"a","title":"t","begins":"someday"}"#, "unknown milestone 'someday'"),
    (#"{"checklist":"a","title":"t","when":{"city":["x"]}}"#, "unknown condition 'city'"),
    (#"{"checklist":"a","title":"t","items":[{"title":"t"}]}"#, "an item without id or title"),
    (#"{"checklist":"a","title":"t","items":[{"id":"i"}]}"#, "an item without id or title"),
    (#"{"checklist":"a","title":"t","items":[{"neds":[]}]}"#, "unknown key 'neds' in an item"),
    (#"{"checklist":"a","title":"t","items":[{"proof":["oath"]}]}"#, "unknown proof 'oath'"),
    (#"{"checklist":"a","title":"t","items":[{"due":"soon"}]}"#, "'soon' isn't a duration"),
    (#"{"checklist":"a","title":"t","items":[{"remind":["2x"]}]}"#, "'2x' isn't a duration"),
  ])
  func whatIsNoDefinitionIsNamed(text: String, problem: String) {
    #expect(throws: MalformedDefinition(problem: problem)) { try Checklist(canonical: text.utf8) }
  }
}

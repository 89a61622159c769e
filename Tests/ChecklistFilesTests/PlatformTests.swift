import ChecklistFiles
import Domain
import Testing

@Suite("What a platform's file says")
struct PlatformTests {
  @Test("every key is read, and it is known where each rule stands")
  func everything() throws {
    let rules = try decode(
      """
      platform: douyin
      title: {zh: 抖音, en: Douyin}
      description: |
        Two *things*.

        More.
      time-zone: Asia/Shanghai
      cool-down:
        usual: 7d
        most: 4w
      between-switches: 720h
      requires: [registered, real-name-verified]
      texts:
        cool-down: {zh: 等, en: Wait}
        between-switches: Pause
        requires: Before
        real-name-verified: Identity
      checked: 2026-11-20
      """)
    let texts = [
      "cool-down": try #require(
        LocalizedText(entries: [.init(language: "zh", text: "等"), .init(language: "en", text: "Wait")])),
      "between-switches": LocalizedText("Pause"), "requires": LocalizedText("Before"),
      "real-name-verified": LocalizedText("Identity"),
    ]
    let file = "somewhere/platforms/douyin.yaml"
    let expected = PlatformRules(
      platform: "douyin",
      title: LocalizedText(entries: [
        .init(language: "zh", text: "抖音"), .init(language: "en", text: "Douyin"),
      ]),
      description: LocalizedText("Two *things*.\n\nMore."), timeZone: "Asia/Shanghai",
      coolDown: .init(
        usual: CalendarDuration(count: 7, unit: .days), most: CalendarDuration(count: 4, unit: .weeks)),
      betweenSwitches: CalendarDuration(count: 720, unit: .hours),
      requires: ["registered", "real-name-verified"],
      texts: texts, checked: try #require(CivilDate("2026-11-20")),
      places: [
        .coolDown: .init(file: file, line: 9, column: 3),
        .betweenSwitches: .init(file: file, line: 11, column: 19),
        .requires: .init(file: file, line: 12, column: 11),
      ])
    #expect(rules == expected)
  }

  @Test("without rules nothing is forbidden, and nothing has a place")
  func smallest() throws {
    let rules = try decode("platform: douyin\nchecked: 2026-11-20\n")
    #expect(rules.coolDown == nil && rules.betweenSwitches == nil && rules.timeZone == nil)
    #expect(rules.requires.isEmpty && rules.texts.isEmpty && rules.places.isEmpty)
  }

  @Test("the most a cool-down takes may be left out, or equal the usual")
  func coolDown() throws {
    let some = try decode("platform: douyin\nchecked: 2026-11-20\ncool-down: {usual: 0h}\n")
    #expect(some.coolDown == .init(usual: CalendarDuration(count: 0, unit: .hours)))
    _ = try decode("platform: douyin\nchecked: 2026-11-20\ncool-down: {usual: 7d, most: 168h}\n")
  }

  @Test("a requirement that stands twice is one")
  func repeated() {
    let text = "platform: douyin\nchecked: 2026-11-20\nrequires: [a, b, a]\n"
    let read = DefinitionText.platform(Array(text.utf8), file: "douyin.yaml", zones: FewZones())
    #expect(read.findings.map(\.severity) == [.warning])
    #expect(read.rules?.requires == ["a", "b"])
  }

  @Test("without a day to compare with, no check is too old", arguments: ["1999-01-01", "2999-01-01"])
  func withoutToday(checked: String) throws {
    #expect(try decode("platform: douyin\nchecked: \(checked)\n").checked == CivilDate(checked))
  }

  private func decode(_ text: String) throws -> PlatformRules {
    let read = DefinitionText.platform(
      Array(text.utf8), file: "somewhere/platforms/douyin.yaml", zones: FewZones())
    #expect(read.findings.map(\.message.en) == [])
    return try #require(read.rules)
  }
}

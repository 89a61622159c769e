import ChecklistFiles
import Domain
import Testing

@Suite("Findings")
struct FindingTests {
  @Test("each mistake in a checklist is named at its place", arguments: BrokenChecklists.cases)
  func checklists(broken: BrokenText) {
    broken.check(broken.checklistFindings)
  }

  @Test("each mistake in a calendar is named at its place", arguments: BrokenCalendars.cases)
  func calendars(broken: BrokenText) {
    broken.check(broken.calendarFindings)
  }

  @Test("each mistake in a platform's rules is named at its place", arguments: BrokenPlatforms.cases)
  func platforms(broken: BrokenText) {
    broken.check(broken.platformFindings)
  }

  @Test("each mistake in an extension is named at its place", arguments: BrokenExtensions.cases)
  func extensions(broken: BrokenText) {
    broken.check(broken.checklistFindings)
  }

  @Test("a file without mistakes has no findings")
  func none() {
    let text = "checklist: a\ntitle: b\nitems: [{id: a, title: b}]\n"
    #expect(BrokenText(text).checklistFindings.isEmpty)
  }

  @Test("each finding speaks both languages, and its code is short words joined by '-'")
  func languages() throws {
    let all =
      (BrokenChecklists.cases + BrokenExtensions.cases).flatMap(\.checklistFindings)
      + BrokenCalendars.cases.flatMap(\.calendarFindings)
      + BrokenPlatforms.cases.flatMap(\.platformFindings)
    #expect(all.count > 100)
    let code = /[a-z0-9]+(-[a-z0-9]+){0,3}/
    for finding in all {
      #expect(!finding.message.en.isEmpty)
      #expect(finding.message.zh.contains(/\p{Han}/), "\(finding.message.zh)")
      #expect(!finding.message.en.replacing("换绑", with: "").contains(/\p{Han}/), "\(finding.message.en)")
      #expect(finding.code.wholeMatch(of: code) != nil)
    }
  }

  @Test("all mistakes of a file are found at once, in the order of their places")
  func allAtOnce() {
    let broken = BrokenText(
      """
      checklist: ⟦A
      title: {zh: ⟦"", en: x}
      ⟦itms: 1
      time-zone: ⟦Shanghai
      items:
        - ⟦id: a
          ⟦neds: [b]
          due: ⟦2
        - ⟦title: b
          needs: [⟦c]
      """,
      "bad-id: 'A' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'a'?",
      "empty-text: 'title.zh' is empty; write a text, or leave the key out where it is optional",
      "unknown-key: unknown key 'itms'; did you mean 'items'?",
      "unknown-time-zone: unknown time zone 'Shanghai'; did you mean 'Asia/Shanghai'?",
      "missing-key: the key 'title' is missing; it is required here",
      "unknown-key: unknown key 'neds'; did you mean 'needs'?",
      "bad-duration: the number 2 has no unit; write m, h, d, w or workdays after it, such as 2h",
      "missing-key: the key 'id' is missing; it is required here",
      "unknown-need: unknown item 'c'; 'needs' names items of this file by their ids")
    broken.check(broken.checklistFindings)
  }

  @Test("what an alias repeats is reported once, where it stands")
  func aliased() {
    let broken = BrokenText(
      """
      checklist: a
      title: b
      items:
        - &base
          id: a
          title: a
          ⟦duee: 2h
        - {<<: *base, id: b}
        - {<<: *base, id: c}
      """, "unknown-key: unknown key 'duee'; did you mean 'due'?")
    broken.check(broken.checklistFindings)
  }

  @Test("an alias to a bad value is reported where the value is asked for, too")
  func badAlias() {
    let broken = BrokenText(
      """
      checklist: a
      title: b
      items:
        - {id: a, title: a, due: ⟦&d 2}
        - {id: b, title: b, due: ⟦*d}
      """,
      "bad-duration: the number 2 has no unit; write m, h, d, w or workdays after it, such as 2h",
      "bad-duration: the number 2 has no unit; write m, h, d, w or workdays after it, such as 2h")
    broken.check(broken.checklistFindings)
  }

  @Test("items over 500 are refused from the first that is too many")
  func tooManyItems() {
    let items = (0..<501).map { "  - {id: i\($0), title: x}\n" }.joined()
    let text = "checklist: a\ntitle: b\nitems:\n" + items
    let found = DefinitionText.checklist(Array(text.utf8), file: "a.yaml", calendars: [], zones: FewZones())
      .findings
    #expect(found.map(\.code) == ["too-many-items"])
    #expect(found.map { [$0.line, $0.column] } == [[504, 5]])
  }

  @Test("what a message repeats of a file is short, and can't command a terminal")
  func quoting() throws {
    let key = "\"\\e[31m\\u202E" + String(repeating: "x", count: 100) + "\": 1\n"
    let broken = BrokenText("checklist: a\ntitle: b\nitems: [{id: a, title: b}]\n⟦" + key)
    let message = try #require(broken.checklistFindings.first?.message.en)
    #expect(message.hasPrefix("unknown key '\\u{1B}[31m\\u{202E}xxxx"))
    #expect(message.utf8.count < 250)
  }
}

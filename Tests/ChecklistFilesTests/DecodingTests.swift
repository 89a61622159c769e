import ChecklistFiles
import Domain
import Testing

@Suite("What a checklist file says")
struct DecodingTests {
  @Test("every key is read")
  func everything() throws {
    let checklist = try decode(
      """
      checklist: after-switch
      title: {zh: 换绑后, en: After}
      description: |
        Two *things*.

        More.
      begins: cooled
      time-zone: Asia/Shanghai
      calendar: cn
      when: {platform: douyin, team: [east, west]}
      items:
        - id: first
          title: First
          details: Why
          steps: [Open it, {zh: 看, en: Look}]
          due: 2 workdays 12:00
          owner: merchant
          critical: true
          needs: [second]
          when: {tag: live}
          proof: [note, second-person]
          remind: [1d, 2h]
          escalate: [0h, 1d 09:00]
          stands-for: unbound
        - {id: second, title: Second}
      """)
    let first = ChecklistItem(
      id: ItemID(trusted: "first"), title: LocalizedText("First"), details: LocalizedText("Why"),
      steps: [LocalizedText("Open it"), try text(("zh", "看"), ("en", "Look"))],
      due: CalendarDuration(count: 2, unit: .workdays, time: .init(hour: 12, minute: 0)), owner: "merchant",
      critical: true, needs: [ItemID(trusted: "second")], when: Condition(tags: ["live"]),
      proof: [.note, .secondPerson],
      remind: [CalendarDuration(count: 1, unit: .days), CalendarDuration(count: 2, unit: .hours)],
      escalate: [
        CalendarDuration(count: 0, unit: .hours),
        CalendarDuration(count: 1, unit: .days, time: .init(hour: 9, minute: 0)),
      ],
      standsFor: .unbound)
    let expected = Checklist(
      id: ChecklistID(trusted: "after-switch"), title: try text(("zh", "换绑后"), ("en", "After")),
      description: LocalizedText("Two *things*.\n\nMore."), begins: .cooled, timeZone: "Asia/Shanghai",
      calendar: "cn", when: Condition(platforms: ["douyin"], teams: ["east", "west"]),
      items: [first, ChecklistItem(id: ItemID(trusted: "second"), title: LocalizedText("Second"))])
    #expect(checklist == expected)
  }

  @Test("what is left out has the format's defaults")
  func defaults() throws {
    let checklist = try decode("checklist: a\ntitle: b\nitems: [{id: a, title: b}]")
    #expect(checklist.begins == .rebound)
    #expect(checklist.when == .always)
    #expect(checklist.timeZone == nil && checklist.calendar == nil && checklist.description == nil)
    #expect(
      checklist.items == [ChecklistItem(id: ItemID(trusted: "a"), title: LocalizedText("b"))])
  }

  @Test(
    "a plain scalar is read by what its place asks for",
    arguments: ["no", "2026", "10:00", "null", "~", "1e3", "0x1F", "2026-11-01", "true", "=", "<<"])
  func plainScalars(text: String) throws {
    let checklist = try decode(
      "checklist: 2026\ntitle: \(text)\nitems: [{id: no, title: x, steps: [\(text)]}]")
    #expect(checklist.id.rawValue == "2026")
    #expect(checklist.title(.english) == text)
    #expect(checklist.items[0].id.rawValue == "no")
    #expect(checklist.items[0].steps[0](.chinese) == text)
  }

  @Test(
    "yes and no are words of YAML, too",
    arguments: [("true", true), ("yes", true), ("On", true), ("false", false), ("NO", false)])
  func booleans(text: String, value: Bool) throws {
    #expect(try item("critical: \(text)").critical == value)
  }

  @Test("'none' alone asks for no proof, beside others it makes them optional")
  func proofs() throws {
    #expect(try item("proof: none").proof == [])
    #expect(try item("proof: [none]").proof == [])
    #expect(try item("proof: link").proof == [.link])
    #expect(try item("proof: [file, none]").proof == [ProofKind.file, ProofKind.none])
  }

  @Test(
    "an item stands for a milestone that people record", arguments: [Milestone.planned, .unbound, .rebound])
  func standsFor(milestone: Milestone) throws {
    #expect(try item("stands-for: \(milestone)").standsFor == milestone)
    #expect(try item("critical: false").standsFor == nil)
  }

  @Test("lists of nothing are as if they weren't there", arguments: ["steps", "needs", "remind", "escalate"])
  func emptyLists(key: String) throws {
    #expect(try item("\(key): []") == item("critical: false"))
  }

  @Test("the break at the end of a block belongs to YAML, what stands inside is kept")
  func blocks() throws {
    #expect(try item("details: |\n      a\n\n        b\n").details?(.english) == "a\n\n  b")
    #expect(try item("owner: >\n      a\n      b\n").owner == "a b")
    #expect(try item("owner: \"a\\n\"").owner == "a")
  }

  @Test("right-to-left text, emoji and rare characters are kept as they are")
  func unusualText() throws {
    let title = "שלום 👩‍👩‍👧 \u{20BB7}野家 e\u{301}"
    #expect(try item("details: \"\(title)\"").details?(.chinese) == title)
  }

  @Test("needs that stand twice are one")
  func repeatedNeeds() throws {
    let text = "checklist: a\ntitle: b\nitems: [{id: a, title: b, needs: [c, c]}, {id: c, title: d}]"
    let read = DefinitionText.checklist(
      Array(text.utf8), file: "a.yaml", calendars: [], zones: FewZones())
    #expect(read.findings.map(\.severity) == [.warning])
    #expect(read.checklist?.items[0].needs == [ItemID(trusted: "c")])
  }

  private func item(_ line: String) throws -> ChecklistItem {
    try decode("checklist: a\ntitle: b\nitems:\n  - id: a\n    title: b\n    \(line)\n").items[0]
  }

  private func text(_ entries: (String, String)...) throws -> LocalizedText {
    try #require(LocalizedText(entries: entries.map { .init(language: $0.0, text: $0.1) }))
  }
}

func decode(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Checklist {
  let read = DefinitionText.checklist(
    Array(text.utf8), file: "test.yaml", calendars: ["cn"], zones: FewZones())
  #expect(read.findings.map(\.message.en) == [], sourceLocation: sourceLocation)
  return try #require(read.checklist, sourceLocation: sourceLocation)
}

import ChecklistFiles
import Domain
import Testing

/// What is wrong among several files, with the file, line and column of each finding.
@Suite("Checklists that can't extend others")
struct ExtensionFolderTests {
  @Test("a cycle is named in each file of it, from that file on; what extends one is kept from use, too")
  func cycle() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.extending("a", "c"), "b.yaml": Self.extending("b", "a"),
      "c.yaml": Self.extending("c", "b"), "d.yaml": Self.extending("d", "c"),
      "e.yaml": Self.extending("e", "e"), "good.yaml": FolderTests.checklist("good"),
    ])
    let text = "extends-cycle: these checklists extend each other, and none has items to begin with: "
    try check(
      folder,
      [
        "a.yaml:3:10: \(text)a → c → b → a", "b.yaml:3:10: \(text)b → a → c → b",
        "c.yaml:3:10: \(text)c → b → a → c",
        "d.yaml:3:10: broken-base: the checklist 'c' has errors itself, and can't be extended; run lint on c.yaml",
        "e.yaml:3:10: \(text)e → e",
      ], usable: ["good"])
  }

  @Test("a base with errors is named, and what its items are is left open")
  func brokenBase() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.extending("a", "bad", "remove: [x]\nitems: [{id: n, title: n, needs: [y]}]"),
      "b.yaml": FolderTests.checklist("bad", "neds: 1"), "c.yaml": Self.extending("c", "a"),
    ])
    let text = "has errors itself, and can't be extended; run lint on"
    try check(
      folder,
      [
        "a.yaml:3:10: broken-base: the checklist 'bad' \(text) b.yaml",
        "b.yaml:3:1: unknown-key: unknown key 'neds'; known here are checklist, title, description, begins, closes, time-zone, calendar, when, items, extends, remove",
        "c.yaml:3:10: broken-base: the checklist 'a' \(text) a.yaml",
      ], usable: [])
  }

  @Test("an item that needs a removed one is named with the file that it stands in, however far away")
  func removedNeed() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.extending("a", "b", "remove: [one, two]"),
      "b.yaml": Self.extending("b", "c", "items:\n  - {id: five, title: x, needs: [one]}"),
      "c.yaml": """
      checklist: c
      title: x
      items:
        - {id: one, title: x}
        - {id: two, title: x}
        - {<<: {id: three, title: x}, needs: [two]}
      """,
    ])
    try check(
      folder,
      [
        "a.yaml:4:10: removed-need: 'one' is still needed by 'five' (b.yaml:5:10); remove or replace what needs it, or keep it",
        "a.yaml:4:15: removed-need: 'two' is still needed by 'three' (c.yaml:6:15); remove or replace what needs it, or keep it",
      ], usable: ["b", "c"])
  }

  @Test("workdays and the broken calendar that counts them may come together only in the extension")
  func brokenCalendar() throws {
    let workdays = "items: [{id: n, title: n, due: 2 workdays}]"
    let folder = try TemporaryFolder([
      "calendars/cn.yaml": "calendar: cn\n", "a.yaml": FolderTests.checklist("plain", "calendar: cn"),
      "b.yaml": "checklist: counting\ntitle: x\n" + workdays,
      "c.yaml": Self.extending("c", "plain", workdays),
      "d.yaml": Self.extending("d", "counting", "calendar: cn"),
      "e.yaml": Self.extending("e", "plain", "calendar: cn\n" + workdays),
      "f.yaml": Self.extending("f", "plain"),
      "g.yaml": Self.extending("g", "counting", "calendar: cn\nremove: [n]\nitems: [{id: o, title: x}]"),
    ])
    let text =
      "broken-calendar: the calendar 'cn' has errors itself, and workdays can't be counted without it; run lint on calendars/cn.yaml"
    try check(
      folder,
      [
        "c.yaml:3:10: \(text)",
        "calendars/cn.yaml:1:1: missing-key: the key 'covers' is missing; it is required here",
        "d.yaml:4:11: \(text)", "e.yaml:4:11: \(text)",
      ], usable: ["plain", "counting", "f", "g"])
  }

  @Test("of two that have the id, the first is extended; the other is refused as ever")
  func repeatedID() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.extending("a", "same"), "b.yaml": FolderTests.checklist("same"),
      "c.yaml": "checklist: same\ntitle: x\nitems: [{id: z, title: z}]\n",
      "d.yaml": Self.extending("same", "same"),
    ])
    try check(
      folder,
      [
        "c.yaml:1:12: repeated-checklist: the checklist id 'same' is used twice in this folder; it stands first at b.yaml:1:12",
        "d.yaml:1:12: repeated-checklist: the checklist id 'same' is used twice in this folder; it stands first at b.yaml:1:12",
        "d.yaml:3:10: extends-cycle: these checklists extend each other, and none has items to begin with: same → same",
      ], usable: ["a", "same"])
  }

  private func check(
    _ folder: TemporaryFolder, _ findings: [String], usable: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    let said = loaded.findings.map { finding in
      "\(finding.file):\(finding.line):\(finding.column): \(finding.code): \(finding.message.en)"
        .replacing(folder.path + "/", with: "")
    }
    #expect(said == findings, sourceLocation: sourceLocation)
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == usable, sourceLocation: sourceLocation)
  }

  private static func extending(_ id: String, _ base: String, _ lines: String = "") -> String {
    "checklist: \(id)\ntitle: x\nextends: \(base)\n\(lines)\n"
  }
}

import ChecklistFiles
import Domain
import Testing

@Suite("Checklists that extend others")
struct ExtensionTests {
  @Test("items are taken over, replaced in their place, removed, and added at the end")
  func items() throws {
    let checklist = try load(
      "derived",
      [
        "a.yaml": """
        checklist: derived
        title: Derived
        extends: base
        remove: [three]
        items:
          - {id: new, title: New, needs: [four]}
          - {id: two, title: Another two, due: 1h}
        """,
        "b.yaml": Self.base,
      ])
    #expect(checklist.items.map(\.id.rawValue) == ["one", "two", "four", "new"])
    #expect(checklist.items.map { $0.title(.english) } == ["One", "Another two", "Four", "New"])
    #expect(checklist.items[1].due == CalendarDuration(count: 1, unit: .hours))
    #expect(checklist.items[1].needs.isEmpty, "a replaced item keeps nothing of the old one")
    #expect(checklist.items[2].needs == [ItemID(trusted: "one")])
  }

  @Test("what a file doesn't say itself it takes over from its base")
  func properties() throws {
    let files = [
      "b.yaml": Self.base, "calendars/cn.yaml": "calendar: cn\ncovers: 2026\n",
      "calendars/us.yaml": "calendar: us\ncovers: 2026\n",
      "a.yaml": "checklist: same\ntitle: Same\nextends: base\n",
      "c.yaml": """
      checklist: other
      title: Other
      extends: base
      description: Mine
      begins: rebound
      time-zone: UTC
      calendar: us
      when: {tag: live}
      """,
    ]
    let same = try load("same", files)
    #expect(same.title(.english) == "Same")
    #expect(same.description?(.english) == "Theirs")
    #expect(same.begins == .planned && same.timeZone == "Asia/Shanghai" && same.calendar == "cn")
    #expect(same.when == Condition(platforms: ["douyin"]))
    #expect(try same.items == load("base", files).items)
    let other = try load("other", files)
    #expect(other.description?(.english) == "Mine")
    #expect(other.begins == .rebound && other.timeZone == "UTC" && other.calendar == "us")
    #expect(other.when == Condition(tags: ["live"]))
  }

  @Test(
    "where runs are closed is taken over too, and has to come after where they begin",
    arguments: [
      ("", nil), ("begins: unbound\n", nil), ("closes: unbound\n", nil),
      ("begins: rebound\n", "4:9: its runs are closed at 'rebound'"),
      ("begins: unbound\ncloses: unbound\n", "5:9: its runs are closed at 'unbound'"),
    ])
  func closing(keys: String, finding: String?) throws {
    let folder = try TemporaryFolder([
      "a.yaml": "checklist: far\ntitle: x\nextends: base\n\(keys)",
      "b.yaml": "checklist: base\ntitle: x\nbegins: planned\ncloses: rebound\nitems: [{id: a, title: x}]\n",
    ])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    let found = loaded.findings.map { "\($0.line):\($0.column): \($0.message.en)" }
    #expect(found.count == (finding == nil ? 0 : 1))
    #expect(found.first?.hasPrefix(finding ?? "") ?? true)
    let far = loaded.checklists.first { $0.checklist.id.rawValue == "far" }?.checklist
    #expect((far == nil) == (finding != nil))
    #expect(far?.closes == (finding != nil ? nil : keys.contains("closes") ? .unbound : .rebound))
  }

  @Test("a chain goes on to its end, in any order of the files")
  func chain() throws {
    let files = [
      "a.yaml": "checklist: far\ntitle: x\nextends: middle\nremove: [four]\n",
      "b.yaml": "checklist: nearest\ntitle: x\nextends: base\nitems: [{id: five, title: Five}]\n",
      "c.yaml": "checklist: middle\ntitle: x\nextends: nearest\nremove: [three]\nbegins: unbound\n",
      "d.yaml": Self.base, "calendars/cn.yaml": "calendar: cn\ncovers: 2026\n",
    ]
    let far = try load("far", files)
    #expect(far.items.map(\.id.rawValue) == ["one", "two", "five"])
    #expect(far.begins == .unbound && far.timeZone == "Asia/Shanghai")
    let folder = try TemporaryFolder(files)
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["far", "nearest", "middle", "base"])
    #expect(loaded.checklists.map(\.file) == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"].map { folder / $0 })
  }

  @Test("three hundred that extend each other, one after the other")
  func longChain() throws {
    var files = ["0.yaml": "checklist: c0\ntitle: x\nitems: [{id: a, title: x}]\n"]
    for number in 1...300 {
      files["\(number).yaml"] = "checklist: c\(number)\ntitle: x\nextends: c\(number - 1)\n"
    }
    #expect(try load("c300", files).items.map(\.id.rawValue) == ["a"])
  }

  private static let base = """
    checklist: base
    title: Base
    description: Theirs
    begins: planned
    time-zone: Asia/Shanghai
    calendar: cn
    when: {platform: douyin}
    items:
      - {id: one, title: One, due: 2 workdays}
      - {id: two, title: Two, needs: [one]}
      - {id: three, title: Three, needs: [two]}
      - {id: four, title: Four, needs: [one]}
    """

  private func load(_ id: String, _ files: [String: String]) throws -> Checklist {
    var files = files
    files["calendars/cn.yaml"] = "calendar: cn\ncovers: 2026\n"
    let folder = try TemporaryFolder(files)
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.findings.map(\.message.en) == [])
    return try #require(loaded.checklists.first { $0.checklist.id.rawValue == id }).checklist
  }
}

import ChecklistFiles
import Domain
import Foundation
import Testing

@Suite("A folder of definitions")
struct FolderTests {
  @Test("checklists in the order of their files' names, calendars by name")
  func load() throws {
    let folder = try TemporaryFolder([
      "b.yaml": Self.checklist("second", "calendar: cn"), "a.yaml": Self.checklist("first"),
      "calendars/cn.yaml": "calendar: cn\ncovers: 2026\n",
      "platforms/douyin.yaml": "platform: douyin\nchecked: 2026-11-20\n", "notes.txt": "[",
      ".hidden.yaml": "[", "deeper/c.yaml": "[",
    ])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["first", "second"])
    #expect(loaded.checklists.map(\.file) == [folder / "a.yaml", folder / "b.yaml"])
    #expect(loaded.calendars.keys.sorted() == ["cn"])
    #expect(loaded.platforms.keys.sorted() == ["douyin"])
    #expect(loaded.findings.isEmpty)
    #expect(loaded.failures.isEmpty)
  }

  @Test("a broken file keeps no other from being used, and warnings keep none")
  func brokenFile() throws {
    let folder = try TemporaryFolder([
      "a.yaml": "[", "b.yaml": Self.checklist("good"), "c.yaml": Self.checklist("bad", "neds: 1"),
      "d.yaml": "checklist: warned\ntitle: x\nitems: [{id: a, title: a, needs: [b, b]}, {id: b, title: b}]\n",
    ])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["good", "warned"])
    #expect(loaded.findings.map(\.code) == ["yaml", "unknown-key", "repeated-need"])
  }

  @Test("an id that two files have is refused in the later one, and both places are named")
  func repeatedID() throws {
    let folder = try TemporaryFolder(["a.yaml": Self.checklist("same"), "b.yaml": Self.checklist("same")])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.file) == [folder / "a.yaml"])
    let finding = try #require(loaded.findings.first)
    #expect(finding.file == folder / "b.yaml" && finding.line == 1 && finding.column == 12)
    #expect(finding.code == "repeated-checklist")
    #expect(
      finding.message.en
        == "the checklist id 'same' is used twice in this folder; it stands first at \(folder / "a.yaml"):1:12"
    )
  }

  @Test("a broken calendar is in the way of those alone that count workdays by it")
  func brokenCalendar() throws {
    let folder = try TemporaryFolder([
      "calendars/cn.yaml": "calendar: cn\n", "a.yaml": Self.checklist("a", "calendar: cn"),
      "b.yaml": "checklist: b\ntitle: x\ncalendar: cn\nitems: [{id: a, title: a, due: 2 workdays}]\n",
    ])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["a"])
    #expect(loaded.findings.map(\.code) == ["broken-calendar", "missing-key"])
  }

  @Test("a platform's broken rules keep no others, nor a checklist, from being used")
  func brokenPlatform() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.checklist("a"), "platforms/douyin.yaml": "platform: douyin\n",
      "platforms/taobao.yaml": "platform: taobao\nchecked: 2020-01-01\n",
    ])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.count == 1)
    #expect(loaded.platforms.keys.sorted() == ["taobao"])
    #expect(loaded.findings.map(\.code) == ["missing-key"])
    #expect(loaded.findings.map(\.file) == [folder / "platforms/douyin.yaml"])
  }

  @Test("files ending in .yml are warned of, here and in the folders beside")
  func ending() throws {
    let folder = try TemporaryFolder(["a.yml": "[", "calendars/b.yml": "[", "platforms/c.yml": "["])
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.findings.map(\.code) == ["wrong-ending", "wrong-ending", "wrong-ending"])
    #expect(loaded.findings.allSatisfy { $0.severity == .warning })
    #expect(loaded.findings[0].message.en.hasSuffix("rename it to a.yaml"))
  }

  @Test("so are other spellings, and the ending that a system hides")
  func otherEndings() throws {
    let names = ["A.YAML", "b.yaml.txt", "c.Yml", "d.yml.TXT", "e.yaml"]
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: names.map { ($0, "[") }))
    for name in ["f.yaml~", "g.txt", "h.yaml.bak", "yaml"] { try folder.write("[", to: name) }
    let warnings = try ChecklistFolder.load(at: folder.path, zones: FewZones()).findings.filter {
      $0.severity == .warning
    }
    #expect(warnings.map(\.code) == Array(repeating: "wrong-ending", count: 4))
    let meant = warnings.compactMap { $0.message.en.split(separator: "; rename it to ").last }
    #expect(meant == ["A.yaml", "b.yaml", "c.yaml", "d.yaml"])
    #expect(warnings.first?.message.en.contains("ends in .YAML;") == true)
  }

  @Test("what can't be read as a file is a failure, at once, and keeps the others")
  func failures() throws {
    let folder = try TemporaryFolder(["good.yaml": Self.checklist("good"), "folder.yaml/x": ""])
    try #require(mkfifo(folder / "pipe.yaml", 0o600) == 0)
    try #require(symlink("nowhere", folder / "link.yaml") == 0)
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.count == 1)
    #expect(loaded.findings.isEmpty)
    #expect(
      loaded.failures.map(\.message.en) == [
        "\(folder / "folder.yaml"): this is a folder, not a file",
        "\(folder / "link.yaml"): there is no such file or folder",
        "\(folder / "pipe.yaml"): this is a pipe or a device, not a file; name a regular file",
      ])
    #expect(loaded.failures.allSatisfy { $0.message.zh.contains(/\p{Han}/) })
  }

  @Test("a folder that isn't there, or is none, is thrown")
  func missingFolder() throws {
    let folder = try TemporaryFolder(["file": ""])
    for name in ["nowhere", "file"] {
      #expect(throws: FileFailure.self) { try ChecklistFolder.load(at: folder / name, zones: FewZones()) }
    }
  }

  @Test("of a huge file no more is read than tells that it is too large")
  func hugeFile() throws {
    let folder = try TemporaryFolder(["huge.yaml": ""])
    try #require(truncate(folder / "huge.yaml", 1 << 40) == 0)
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.findings.map(\.code) == ["too-large"])
  }

  static func checklist(_ id: String, _ line: String = "") -> String {
    "checklist: \(id)\ntitle: x\n\(line)\nitems: [{id: a, title: a}]\n"
  }
}

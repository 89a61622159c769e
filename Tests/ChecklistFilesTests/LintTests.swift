import ChecklistFiles
import Domain
import Testing

@Suite("Lint")
struct LintTests {
  private let today = CivilDate(dayNumber: 20_454)  // 2026-01-01

  @Test("a named file alone is reported on, but finds the calendars beside it")
  func namedFile() throws {
    let folder = try TemporaryFolder([
      "a.yaml": FolderTests.checklist("same", "calendar: cn"), "b.yaml": FolderTests.checklist("same"),
      "c.yaml": "[", "calendars/cn.yaml": "calendar: cn\ncovers: 2026\n", "calendars/bad.yaml": "[",
    ])
    #expect(lint(folder / "a.yaml").findings.isEmpty)
    #expect(lint(folder / "b.yaml").findings.isEmpty)
    #expect(lint(folder / "b.yaml", folder / "a.yaml").findings.map(\.code) == ["repeated-checklist"])
    #expect(lint(folder / "c.yaml").findings.map(\.file) == [folder / "c.yaml"])
  }

  @Test("a folder is checked with its calendars, sorted by file and place")
  func folder() throws {
    let folder = try TemporaryFolder([
      "b.yaml": "{}", "a.yaml": "[", "calendars/cn.yaml": "{}", "platforms/x.yaml": "[",
    ])
    let report = lint(folder.path)
    #expect(report.hasErrors)
    #expect(
      report.findings.map { String($0.file.dropFirst(folder.path.count + 1)) } == [
        "a.yaml", "b.yaml", "b.yaml", "b.yaml", "calendars/cn.yaml", "calendars/cn.yaml",
        "platforms/x.yaml",
      ])
  }

  @Test("calendars are known by their folder or by what they hold")
  func calendars() throws {
    let folder = try TemporaryFolder([
      "calendars/cn.yaml": "calendar: cn\ncovers: 2025..2025\n", "us.yaml": "calendar: us\ncovers: 2025\n",
    ])
    #expect(lint(folder / "calendars/cn.yaml").findings.map(\.code) == ["calendar-ended"])
    #expect(lint(folder / "calendars").findings.map(\.code) == ["calendar-ended"])
    #expect(lint(folder / "us.yaml").findings.map(\.code) == ["calendar-ended"])
    #expect(
      !lint(folder.path).findings.filter { $0.file.hasSuffix("cn.yaml") }.contains { $0.severity == .error })
  }

  @Test("platforms are known by their folder or by what they hold")
  func platforms() throws {
    let folder = try TemporaryFolder([
      "platforms/douyin.yaml": "platform: douyin\nchecked: 2025-01-01\n",
      "taobao.yaml": "platform: taobao\nchecked: 2025-01-01\n",
    ])
    for path in ["", "platforms", "platforms/douyin.yaml"] {
      let found = lint(folder / path).findings.filter { $0.file.hasSuffix("douyin.yaml") }
      #expect(found.map(\.code) == ["old-check"] && found.map(\.line) == [2], "\(path)")
    }
    #expect(lint(folder / "taobao.yaml").findings.map(\.code) == ["old-check"])
  }

  @Test("a named file finds what it extends beside it, whose mistakes are its own")
  func extensions() throws {
    let folder = try TemporaryFolder([
      "a.yaml": "checklist: far\ntitle: x\nextends: near\n",
      "b.yaml": FolderTests.checklist("near", "extends: base"), "c.yaml": FolderTests.checklist("base"),
      "d.yaml": FolderTests.checklist("bad", "neds: 1"),
      "e.yaml": "checklist: e\ntitle: x\nextends: bad\n", "f.yaml": "[", "pipe.yaml/x": "",
    ])
    #expect(lint(folder / "a.yaml").findings.isEmpty)
    #expect(lint(folder / "a.yaml").failures.isEmpty)
    let found = lint(folder / "e.yaml").findings
    #expect(found.map(\.code) == ["broken-base"])
    #expect(found.first?.message.en.hasSuffix("run lint on \(folder / "d.yaml")") == true)
    #expect(lint(folder / "b.yaml", folder / "e.yaml").findings == found)
  }

  @Test("what is named twice is reported once")
  func twice() throws {
    let folder = try TemporaryFolder(["a.yaml": "{}"])
    let once = lint(folder.path).findings
    #expect(lint(folder.path, folder / "a.yaml", folder / "a.yaml").findings == once)
  }

  @Test("files that aren't there are failures")
  func missingFile() throws {
    let folder = try TemporaryFolder()
    let report = lint(folder / "a.yaml", folder / "calendars/b.yaml")
    #expect(report.findings.isEmpty)
    #expect(report.failures.map(\.path) == [folder / "a.yaml", folder / "calendars/b.yaml"])
  }

  private func lint(_ paths: String...) -> LintReport {
    Lint.check(paths, today: today, zones: FewZones())
  }
}

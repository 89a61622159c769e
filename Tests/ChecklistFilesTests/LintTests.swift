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

  @Test("platform files aren't checked yet")
  func platforms() throws {
    let folder = try TemporaryFolder(["platforms/douyin.yaml": "["])
    #expect(lint(folder / "platforms", folder / "platforms/douyin.yaml").findings.isEmpty)
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

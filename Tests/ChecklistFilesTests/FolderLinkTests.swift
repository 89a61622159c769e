import ChecklistFiles
import Domain
import Foundation
import Testing

@Suite("Links in a folder of definitions")
struct FolderLinkTests {
  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test("a link to a file outside isn't read, says so, and quotes nothing of it")
  func outside() throws {
    let other = try TemporaryFolder([
      "secret.txt": "password: hunter2\n", "calendars/cn.yaml": "calendar: cn\ncovers: 2026\n",
    ])
    let folder = try TemporaryFolder(["a.yaml": FolderTests.checklist("own")])
    try link(folder / "b.yaml", to: other / "secret.txt")
    try link(folder / "c.yaml", to: "../\((other.path as NSString).lastPathComponent)/secret.txt")
    try link(folder / "calendars", to: other / "calendars")
    try link(folder / "d.yaml", to: "/proc/self/environ")
    let loaded = try ChecklistFolder.load(at: folder.path, zones: FewZones())
    #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["own"])
    #expect(loaded.calendars.isEmpty)
    #expect(loaded.findings.map(\.code) == Array(repeating: "link-outside", count: 4))
    #expect(loaded.findings.allSatisfy { $0.excerpt == nil && $0.line == 1 })
    let report = Lint.check([folder.path], today: CivilDate(dayNumber: 20_000), zones: FewZones())
    #expect(report.findings.map(\.code) == loaded.findings.map(\.code))
    let text = Lint.check(
      Array(FolderTests.checklist("x", "extends: y").utf8), as: folder / "x.yaml",
      today: CivilDate(dayNumber: 20_000), zones: FewZones())
    #expect(!text.findings.contains { $0.message.en.contains("hunter2") })
  }

  @Test("links within the folder are followed, and so is the folder's own")
  func inside() throws {
    let folder = try TemporaryFolder([
      "..data/a.yaml": FolderTests.checklist("first"), "..data/cn.yaml": "calendar: cn\ncovers: 2026\n",
      "b.yaml": FolderTests.checklist("second"),
    ])
    try link(folder / "a.yaml", to: "..data/a.yaml")
    try FileManager.default.createDirectory(atPath: folder / "calendars", withIntermediateDirectories: false)
    try link(folder / "calendars/cn.yaml", to: "../..data/cn.yaml")
    let around = try TemporaryFolder()
    try link(around / "checklists", to: folder.path)
    for path in [folder.path, around / "checklists", around / "checklists/"] {
      let loaded = try ChecklistFolder.load(at: path, zones: FewZones())
      #expect(loaded.checklists.map(\.checklist.id.rawValue) == ["first", "second"])
      #expect(loaded.calendars.keys.sorted() == ["cn"])
      #expect(loaded.findings.isEmpty)
    }
  }

  @Test("a folder whose name begins like another's isn't in it")
  func neighbour() throws {
    let around = try TemporaryFolder([
      "lists/a.yaml": FolderTests.checklist("own"), "lists-old/b.yaml": FolderTests.checklist("old"),
    ])
    try link(around / "lists/b.yaml", to: "../lists-old/b.yaml")
    let loaded = try ChecklistFolder.load(at: around / "lists", zones: FewZones())
    #expect(loaded.findings.map(\.code) == ["link-outside"])
  }

  @Test("a file that somebody names is read wherever it leads")
  func named() throws {
    let other = try TemporaryFolder(["a.yaml": FolderTests.checklist("own")])
    let folder = try TemporaryFolder()
    try link(folder / "a.yaml", to: other / "a.yaml")
    let report = Lint.check([folder / "a.yaml"], today: CivilDate(dayNumber: 20_000), zones: FewZones())
    #expect(report.findings.isEmpty && report.failures.isEmpty)
  }
}

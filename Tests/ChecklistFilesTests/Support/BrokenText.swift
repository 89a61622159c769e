import ChecklistFiles
import Domain
import Testing

/// A broken file and all that is to be said of it, in the order of its markers.
struct BrokenText: CustomTestStringConvertible {
  let marked: MarkedText
  let findings: [String]

  init(_ marked: String, _ findings: String...) {
    self.marked = MarkedText(marked)
    self.findings = findings
  }

  /// A checklist of two items, the first with these lines more.
  static func item(_ lines: String, _ findings: String...) -> BrokenText {
    let body = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
    return BrokenText(
      head + "items:\n  - id: one\n    title: One\n\(body)  - id: two\n    title: Two\n", findings)
  }

  /// A checklist with these lines before its only item.
  static func top(_ lines: String, _ findings: String...) -> BrokenText {
    BrokenText(head + lines + "\nitems: [{id: one, title: One}]\n", findings)
  }

  private static let head = "checklist: test\ntitle: Test\n"

  init(_ marked: String, _ findings: [String]) {
    self.marked = MarkedText(marked)
    self.findings = findings
  }

  var testDescription: String { findings.joined(separator: " | ") }

  var checklistFindings: [Finding] {
    DefinitionText.checklist(
      Array(marked.text.utf8), file: "test.yaml", calendars: ["cn"], zones: FewZones(),
      bases: BrokenExtensions.bases
    ).findings
  }

  /// As of 2026-11-24.
  var platformFindings: [Finding] {
    DefinitionText.platform(
      Array(marked.text.utf8), file: "platforms/douyin.yaml", today: CivilDate(dayNumber: 20_781),
      zones: FewZones()
    ).findings
  }

  var calendarFindings: [Finding] {
    DefinitionText.calendar(Array(marked.text.utf8), file: "calendars/cn.yaml").findings
  }

  /// `code: message`; a warning begins with `~`.
  func check(_ found: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    let said = found.map { ($0.severity == .warning ? "~" : "") + "\($0.code): \($0.message.en)" }
    #expect(said == findings, sourceLocation: sourceLocation)
    #expect(found.map { [$0.line, $0.column] } == marked.places, sourceLocation: sourceLocation)
  }
}

import ChecklistFiles
import Domain
import Foundation
import Testing

@Suite("Findings as they are printed")
struct FindingTextTests {
  @Test("place, severity and message, the line, and a caret below the place")
  func text() {
    let findings = findings(
      "checklist: a\ntitle: b\nneds: 1\nitems: [{id: a, title: b, needs: [b, b]}, {id: b, title: b}]\n")
    #expect(
      FindingReport.text(findings, in: .english) == """
        test.yaml:3:1: error: unknown key 'neds'; known here are checklist, title, description, begins, closes, time-zone, calendar, when, items, extends, remove
        neds: 1
        ^
        test.yaml:4:38: warning: 'b' is repeated in 'needs'; once is enough
        items: [{id: a, title: b, needs: [b, b]}, {id: b, title: b}]
                                             ^

        """)
  }

  @Test("the message speaks the chosen language, the severity doesn't")
  func language() {
    let text = FindingReport.text(findings("checklist: a\ntitle: b\nitems: []\n"), in: .chinese)
    #expect(text == "test.yaml:3:8: error: “items”是空的；任务清单至少要有一项\nitems: []\n       ^\n")
  }

  @Test(
    "the caret stands under the place, whatever stands before it",
    arguments: [
      ("{换绑: 1}", "{换绑: 1}", 1), ("{换绑: {a: 1, a: 2}}", "{换绑: {a: 1, a: 2}}", 14),
      ("{e\u{301}: {a: 1, a: 2}}", "{e\u{301}: {a: 1, a: 2}}", 11),
      ("{😀: {a: 1, a: 2}}", "{😀: {a: 1, a: 2}}", 12), ("{ａ: {a: 1, a: 2}}", "{ａ: {a: 1, a: 2}}", 12),
      ("{a:\t{a: 1, a: 2}}", "{a: {a: 1, a: 2}}", 11),
      ("{\"\u{202E}b\": {a: 1, a: 2}}", "{\"\u{FFFD}b\": {a: 1, a: 2}}", 14),
    ])
  func caret(line: String, shown: String, cells: Int) throws {
    let finding = try #require(findings(line).last)
    #expect(finding.excerpt?.text == shown)
    #expect(finding.excerpt?.cellsBefore == cells)
  }

  @Test("a long line is cut around the place")
  func longLine() throws {
    let line =
      "{b: " + String(repeating: "长", count: 5_000) + ", c: {a: 1, a: 2}, d: "
      + String(repeating: "x", count: 5_000) + "}"
    let excerpt = try #require(findings(line).last { $0.code == "repeated-key" }?.excerpt)
    #expect(excerpt.text.hasPrefix("…长"))
    #expect(excerpt.text.hasSuffix("x…"))
    #expect(excerpt.text.unicodeScalars.count == 142)
    let wide = excerpt.text.count { $0 == "长" }
    #expect(excerpt.cellsBefore == 1 + 2 * wide + ", c: {a: 1, ".count)
  }

  @Test("control characters of a broken line never reach the terminal")
  func controlCharacters() {
    let text = FindingReport.text(findings("title: a\u{1B}[31m\u{7}b\n"), in: .english)
    #expect(text.hasSuffix("\ntitle: a\u{FFFD}[31m\u{FFFD}b\n        ^\n"))
  }

  @Test("what has no line is said without one")
  func withoutLine() {
    #expect(
      FindingReport.text(findings(""), in: .english)
        == "test.yaml:1:1: error: the file is empty; it must hold one document\n")
  }

  @Test("bytes that aren't UTF-8 are shown as such")
  func brokenBytes() {
    let found = DefinitionText.checklist(
      Array("title: 换".utf8) + [0xFF], file: "test.yaml", calendars: [], zones: FewZones()
    ).findings
    #expect(
      FindingReport.text(found, in: .english)
        == "test.yaml:1:9: error: from here on the file isn't UTF-8; save it as UTF-8\ntitle: 换\u{FFFD}\n         ^\n"
    )
  }

  @Test("colour marks place, severity and caret, and nothing else changes")
  func colour() {
    let found = findings("[]")
    let coloured = FindingReport.text(found, in: .english, colour: true)
    #expect(coloured.hasPrefix("\u{1B}[1mtest.yaml:1:1:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m a checklist"))
    #expect(
      coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == FindingReport.text(found, in: .english))
  }

  @Test("a file's name is printed safely, too")
  func fileName() {
    let found = DefinitionText.checklist(
      Array("[]".utf8), file: "a\u{1B}[31m\nb.yaml", calendars: [], zones: FewZones()
    ).findings
    #expect(FindingReport.text(found, in: .english).hasPrefix("a\\u{1B}[31m\\u{A}b.yaml:1:1: error: "))
  }

  @Test("as JSON, with counts")
  func json() throws {
    let found = findings("checklist: a\ntitle: \"\\e\"\nneds: \"x\"\nitems: [{id: a, title: b}]\n")
    let data = Data(FindingReport.json(found, in: .chinese).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["errors"] as? Int == 2)
    #expect(object["warnings"] as? Int == 0)
    let rows = try #require(object["findings"] as? [[String: Any]])
    #expect(rows.count == 2)
    #expect(Set(rows[0].keys) == ["file", "line", "column", "severity", "code", "message"])
    #expect(rows[0]["file"] as? String == "test.yaml")
    #expect(rows[0]["line"] as? Int == 2 && rows[0]["column"] as? Int == 8)
    #expect(rows[0]["severity"] as? String == "error")
    #expect(rows[0]["code"] as? String == "control-character")
    #expect(rows[0]["message"] as? String == "“title”里有控制字符 U+001B；请删掉它")
  }

  @Test("without findings: nothing as text, empty lists as JSON")
  func nothing() {
    #expect(FindingReport.text([], in: .english) == "")
    #expect(FindingReport.json([], in: .english) == "{\"errors\": 0, \"warnings\": 0, \"findings\": []}\n")
  }

  @Test("a summary counts")
  func summary() {
    #expect(FindingReport.summary(findings("[]")).en == "1 error, 0 warnings")
    #expect(FindingReport.summary([]).zh == "0 个错误，0 个警告")
  }

  private func findings(_ text: String) -> [Finding] {
    DefinitionText.checklist(
      Array(text.utf8), file: "test.yaml", calendars: [], zones: FewZones()
    ).findings
  }
}

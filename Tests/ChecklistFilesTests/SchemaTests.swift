import ChecklistFiles
import Domain
import Foundation
import Testing

@Suite("The JSON Schema")
struct SchemaTests {
  @Test("is JSON in both languages, and differs in its descriptions alone", arguments: Language.allCases)
  func text(language: Language) throws {
    let schema = try #require(try object(ChecklistSchema.text(in: language)))
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["required"] as? [String] == ["checklist", "title"])
    #expect(schema["else"] as? [String: [String]] == ["required": ["items"]])
    let title = try #require(schema["title"] as? String)
    #expect(title.contains(/\p{Han}/) == (language == .chinese))
  }

  @Test("knows the keys that lint knows")
  func keys() throws {
    let schema = try #require(try object(ChecklistSchema.text(in: .english)))
    let top = try #require(schema["properties"] as? [String: Any])
    #expect(
      Set(top.keys) == known(BrokenText("checklist: a\ntitle: b\nxyzzy: 1\nitems: [{id: a, title: b}]")))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let item = try #require(definitions["item"]?["properties"] as? [String: Any])
    #expect(Set(item.keys) == known(.item("xyzzy: 1")))
  }

  @Test("refuses the same durations as the reader")
  func durations() throws {
    let schema = try #require(try object(ChecklistSchema.text(in: .english)))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let pattern = try Regex(#require(definitions["duration"]?["pattern"] as? String))
    let limits = [("m", 2_629_440), ("h", 43_824), ("d", 1826), ("w", 260), (" workdays", 1305)]
    for (unit, most) in limits {
      for count in [0, 1, 9, 10, 99, 100, most - 1, most, most + 1, most + 9, most + 10, most * 2, most * 10]
      {
        for end in ["", " before", " 18:00", " before 09:30", " 24:00", " 18:00 before"] {
          let text = "\(count)\(unit)\(end)"
          let isRead = (try? CalendarDuration(parsing: text)) != nil
          #expect((text.wholeMatch(of: pattern) != nil) == isRead, "\(text)")
        }
      }
    }
  }

  private func known(_ broken: BrokenText) -> Set<String> {
    let message = broken.checklistFindings.first { $0.code == "unknown-key" }?.message.en ?? ""
    let names = message.split(separator: "known here are ").last.map(String.init) ?? ""
    return Set(names.split(separator: ", ").map(String.init))
  }

  private func object(_ text: String) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }
}

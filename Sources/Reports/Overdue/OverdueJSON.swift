import Domain
import Formats
import Operations

/// `overdue --format json`, in pieces: `header`, each `row`, then `end`.
package struct OverdueJSON: Sendable {
  private let language: Language
  private var hasRows = false

  /// The language for texts that exist in several.
  package init(language: Language) { self.language = language }

  /// The moment, the number of items, and the beginning of their list.
  package func header(generatedAt: Moment, count: Int, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.open(UInt8(ascii: "{"))
      json.field("generated_at", generatedAt)
      json.field("count", count)
      json.key("items")
      json.open(UInt8(ascii: "["))
    }
  }

  /// One item, on a line of its own.
  package mutating func row(_ item: OverdueItem, to output: inout [UInt8]) {
    JSONWriter.append(to: &output, after: hasRows) { json in
      json.newLine()
      json.open(UInt8(ascii: "{"))
      json.field("shop", item.shop)
      json.field("name", item.name)
      json.field("team", item.team)
      json.field("run", item.run)
      json.field("checklist", item.checklist)
      json.field("item", item.item)
      json.field("title", item.title(language))
      json.field("owner", item.owner)
      json.field("critical", item.critical)
      json.field("state", item.state.rawValue)
      json.array("waiting_for") { list in
        for id in item.waitingFor.split(separator: " ") { list.value(String(id)) }
      }
      json.field("due_at", item.dueAt)
      json.field("overdue_seconds", item.overdueSeconds)
      json.close(UInt8(ascii: "}"))
    }
    hasRows = true
  }

  /// The end of a page, with the next one's cursor; null after the last.
  package func end(next: String?, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      json.field("next", next)
      json.close(UInt8(ascii: "}"))
      json.endDocument()
    }
  }

  /// The end of the document.
  package func end(to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      json.close(UInt8(ascii: "}"))
      json.endDocument()
    }
  }
}

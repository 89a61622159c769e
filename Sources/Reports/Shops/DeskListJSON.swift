import Domain
import Formats
import Operations

/// The list of shops as `{"generated_at", "shops": [{…}]}`, with each shop as in the API.
package struct DeskListJSON: DeskListFormat {
  private let generatedAt: Moment

  package let mediaType = "application/json"

  package init(generatedAt: Moment) { self.generatedAt = generatedAt }

  package func head() -> [UInt8] { Array("{\"generated_at\":\"\(generatedAt.iso8601)\",\"shops\":[\n".utf8) }

  package func append(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
    if !isFirst { output += Array(",\n".utf8) }
    JSONWriter.append(to: &output) { json in json.object { Self.write(row, to: &$0) } }
  }

  package func foot() -> [UInt8] { Array("\n]}\n".utf8) }

  /// A page of the list in the API: `{"shops": [{…, "progress", "due_at", "waiting", "switch"}], "next"}`
  package static func page(_ rows: [DeskRow], next: String?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("shops") { json in
        for row in rows {
          json.newLine()
          json.object { json in write(row, to: &json) }
        }
      }
      json.field("next", next)
    }
    return json.document()
  }

  private static func write(_ row: DeskRow, to json: inout JSONWriter) {
    ShopJSON.write(row.shop, to: &json)
    json.object("progress") { json in
      json.field("total", row.progress.total)
      json.field("done", row.progress.done)
      json.field("skipped", row.progress.skipped)
      json.field("blocked", row.progress.blocked)
      json.field("pending", row.progress.pending)
      json.field("overdue", row.progress.overdue)
      json.field("percent", row.progress.percent)
      json.field("missed", row.progress.missed)
    }
    json.field("due_at", row.dueAt)
    json.field("waiting", row.isWaiting)
    guard let standing = row.standing else { return json.null("switch") }
    json.object("switch") { json in
      json.field("state", standing.state.rawValue)
      json.field("can_rebind_at", standing.opensAt)
      json.field("estimated", standing.isEstimate)
      json.field("finish_by", standing.finishBy)
    }
  }
}

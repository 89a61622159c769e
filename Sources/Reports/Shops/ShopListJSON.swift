import Domain
import Operations

/// A page of shops as lists show them.
package enum DeskJSON {
  /// `{"shops": [{…, "progress", "due_at", "waiting", "switch"}], "next"}`
  package static func render(_ rows: [DeskRow], next: String?) -> [UInt8] {
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
    ShopText.write(row.shop, to: &json)
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

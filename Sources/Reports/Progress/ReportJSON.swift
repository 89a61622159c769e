import Domain
import Operations

/// `report --format json`, piece by piece: `header`, each `row`, then `end`.
package struct ReportJSON: Sendable {
  private let language: Language
  private var hasRows = false

  /// Texts that exist in several languages stand in this one.
  package init(language: Language) { self.language = language }

  /// The moment, the totals, and the beginning of the rows.
  package func header(generatedAt: Moment, totals: ReportFigures, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.open(UInt8(ascii: "{"))
      json.field("generated_at", generatedAt)
      json.object("totals") { Self.write(totals, withTimes: false, to: &$0) }
      json.key("rows")
      json.open(UInt8(ascii: "["))
    }
  }

  /// One row, on a line of its own.
  package mutating func row(_ row: ReportRow, to output: inout [UInt8]) {
    JSONWriter.append(to: &output, after: hasRows) { json in
      json.newLine()
      json.open(UInt8(ascii: "{"))
      json.field("key", row.key)
      json.field("name", row.name?(language))
      json.field("team", row.team)
      Self.write(row.figures, withTimes: true, to: &json)
      json.close(UInt8(ascii: "}"))
    }
    hasRows = true
  }

  /// What holds others up, the matrix if there is one, and the end of the document.
  package func end(holdingUp: [HoldingUp], matrix: ReportMatrix?, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      json.array("holding_up") { list in
        for item in holdingUp {
          list.newLine()
          list.object { fields in
            fields.field("item", item.item)
            fields.field("shops", item.shops)
          }
        }
      }
      if let matrix { json.object("matrix") { Self.write(matrix, to: &$0) } }
      json.close(UInt8(ascii: "}"))
      json.endDocument()
    }
  }

  private static func write(_ figures: ReportFigures, withTimes: Bool, to json: inout JSONWriter) {
    let progress = figures.progress
    json.field("shops", figures.shops)
    json.field("runs", figures.runs)
    json.field("total", progress.total)
    json.field("done", progress.done)
    json.field("skipped", progress.skipped)
    json.field("blocked", progress.blocked)
    json.field("pending", progress.pending)
    json.field("overdue", progress.overdue)
    json.field("percent", progress.percent)
    json.field("done_last_7_days", figures.doneLast7Days)
    json.field("overdue_since_7_days", figures.overdueSince7Days)
    guard withTimes else { return }
    json.field("next_due_at", figures.nextDueAt)
    json.field("oldest_overdue_at", figures.oldestOverdueAt)
  }

  private static func write(_ matrix: ReportMatrix, to json: inout JSONWriter) {
    json.field("items", matrix.columns.map(\.item))
    json.array("rows") { rows in
      for line in matrix.lines {
        rows.newLine()
        rows.object { fields in
          fields.field("shop", line.shop.rawValue)
          fields.array("states") { states in
            for cell in line.cells { states.value(cell?.state.rawValue) }
          }
        }
      }
    }
  }
}

import Domain
import Formats
import Operations

/// `report --format json`, in pieces: `header`, each `row`, `holdingUp`, each `switching`, `beginOverrides`,
/// each `override`, then `end`.
package struct ReportJSON: Sendable {
  private let language: Language
  /// Whether the current list has elements.
  private var hasElements = false

  /// The language for texts that exist in several.
  package init(language: Language) { self.language = language }

  /// The moment, the totals, and the beginning of the rows.
  package func header(generatedAt: Moment, totals: ReportFigures, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.open(UInt8(ascii: "{"))
      json.field("generated_at", generatedAt)
      json.object("totals") { json in
        Self.write(totals, withTimes: false, to: &json)
        json.field("missed", totals.progress.missed)
      }
      json.key("rows")
      json.open(UInt8(ascii: "["))
    }
  }

  /// One row, on a line of its own.
  package mutating func row(_ row: ReportRow, to output: inout [UInt8]) {
    JSONWriter.append(to: &output, after: hasElements) { json in
      json.newLine()
      json.open(UInt8(ascii: "{"))
      json.field("key", row.key)
      json.field("name", row.name?(language))
      json.field("team", row.team)
      Self.write(row.figures, withTimes: true, to: &json)
      json.field("switch", row.standing?.state.rawValue)
      json.field("can_rebind_at", row.standing?.opensAt)
      json.optional("overridden", row.overridden)
      json.field("account", row.account)
      json.field("missed", row.figures.progress.missed)
      json.close(UInt8(ascii: "}"))
    }
    hasElements = true
  }

  /// The end of the rows, the items that hold others up, and the beginning of the switches.
  package mutating func holdingUp(_ holdingUp: [HoldingUp], to output: inout [UInt8]) {
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
      json.key("switching")
      json.open(UInt8(ascii: "["))
    }
    hasElements = false
  }

  /// One switch in progress.
  package mutating func switching(_ entry: SwitchEntry, to output: inout [UInt8]) {
    element(to: &output) { json in
      let change = entry.change
      json.field("shop", entry.shop.rawValue)
      json.field("name", entry.name)
      json.field("team", entry.team)
      json.field("state", change.state.rawValue)
      json.field("to", change.to)
      json.field("planned_for", change.plannedFor)
      json.field("can_rebind_at", change.canRebindAt)
      json.optional("estimated", change.isEstimate)
      json.field("finish_by", change.coolDown?.finishBy)
    }
  }

  /// The end of the switches, and the beginning of the overridden rules.
  package mutating func beginOverrides(to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      json.key("overrides")
      json.open(UInt8(ascii: "["))
    }
    hasElements = false
  }

  /// One step's overridden rules.
  package mutating func override(_ overridden: ShopOverride, to output: inout [UInt8]) {
    element(to: &output) { json in
      json.field("shop", overridden.shop)
      json.fields(of: overridden.override)
    }
  }

  private mutating func element(to output: inout [UInt8], _ fields: (inout JSONWriter) -> Void) {
    JSONWriter.append(to: &output, after: hasElements) { json in
      json.newLine()
      json.object(fields)
    }
    hasElements = true
  }

  /// The end of the overridden rules, the matrix if there is one, and the end of the document.
  package func end(matrix: ReportMatrix?, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      if let matrix { json.object("matrix") { MatrixJSON.write(matrix, to: &$0) } }
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
}

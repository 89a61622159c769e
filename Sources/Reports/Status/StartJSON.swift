import Domain
import Formats
import Operations

/// The results of starting and stopping runs, as JSON.
package enum StartJSON {
  /// `{"shop", "started": [{"run", "checklist", "title", "switched_at", "items"}], "kept": [{"run",
  /// "checklist"}], "superseded": [{"run", "checklist", "outstanding"}], "skipped", "left_out",
  /// "beyond_calendar", "rebinding"}`
  package static func render(_ outcome: StartRuns.Outcome, _ language: Language) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("shop", outcome.shop.id.rawValue)
      json.array("started") { json in
        for run in outcome.started {
          json.object { json in
            json.field("run", run.number)
            json.field("checklist", run.checklist.rawValue)
            json.field("title", run.definition.checklist.title(language))
            json.field("switched_at", run.switchedAt)
            json.field("items", run.items.count)
          }
        }
      }
      json.array("kept") { json in
        for run in outcome.kept { json.object { json in write(run, to: &json) } }
      }
      json.array("superseded") { json in
        for (run, outstanding) in outcome.superseded {
          json.object { json in
            write(run, to: &json)
            json.field("outstanding", outstanding.map(\.rawValue))
          }
        }
      }
      json.field("skipped", outcome.skipped.map(\.rawValue))
      json.field("left_out", outcome.leftOut.map(\.rawValue))
      json.field("beyond_calendar", outcome.beyondCalendar.map(\.checklist.rawValue))
      json.field("rebinding", outcome.rebinding)
    }
    return json.document()
  }

  private static func write(_ run: RunSummary, to json: inout JSONWriter) {
    json.field("run", run.number)
    json.field("checklist", run.checklist.rawValue)
  }

  /// `{"shop", "run", "checklist", "state", "changed"}`
  package static func stopped(_ run: Run, of shop: ShopID, changed: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("shop", shop.rawValue)
      json.field("run", run.number)
      json.field("checklist", run.checklist.rawValue)
      json.field("state", run.state.rawValue)
      json.field("changed", changed)
    }
    return json.document()
  }
}

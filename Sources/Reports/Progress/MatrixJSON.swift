import Domain
import Formats
import Operations

/// Shops as rows, items as columns.
package enum MatrixJSON {
  /// One page: `{"generated_at", "items", "rows": [{"shop", "name", "states", "missed"}], "next"}`
  package static func render(_ matrix: ReportMatrix, now: Moment, next: String?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("generated_at", now)
      write(matrix, withNames: true, to: &json)
      json.field("next", next)
    }
    return json.document()
  }

  /// `"items": […], "rows": [{"shop", "states", "missed"}]`. `missed` is how many of the skipped items were
  /// missed.
  static func write(_ matrix: ReportMatrix, withNames: Bool = false, to json: inout JSONWriter) {
    json.field("items", matrix.columns.map(\.item))
    json.array("rows") { rows in
      for line in matrix.lines {
        rows.newLine()
        rows.object { fields in
          fields.field("shop", line.shop.rawValue)
          if withNames { fields.field("name", line.name) }
          fields.array("states") { states in
            for cell in line.cells { states.value(cell?.state.rawValue) }
          }
          fields.field("missed", line.missed)
        }
      }
    }
  }
}

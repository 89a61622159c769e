import Domain
import Operations

/// The forms of a report that are written as they are read, so that no number of shops fills the memory.
extension ReadReport {
  /// - Parameter flush: hands over what has been written, and empties it.
  package func writeCSV(
    by grouping: ReportGrouping, language: Language, byteOrderMark: Bool = true,
    flush: (inout [UInt8]) throws -> Void
  ) throws {
    var output: [UInt8] = []
    let csv = ReportCSV(language: language)
    csv.header(byteOrderMark: byteOrderMark, to: &output)
    try forEachRow(by: grouping) { row in
      csv.row(row, to: &output)
      try Self.flushIfLarge(&output, flush)
    }
    try flush(&output)
  }

  /// - Parameter flush: hands over what has been written, and empties it.
  package func writeJSON(
    by grouping: ReportGrouping, matrix: ReportMatrix? = nil, language: Language,
    flush: (inout [UInt8]) throws -> Void
  ) throws {
    var output: [UInt8] = []
    var json = ReportJSON(language: language)
    var overrides = 0
    let (totals, holdingUp) = try totals { overrides += $0.standing?.overrides.count ?? 0 }
    json.header(generatedAt: filter.now, totals: totals, to: &output)
    try forEachRow(by: grouping) { row in
      json.row(row, to: &output)
      try Self.flushIfLarge(&output, flush)
    }
    json.holdingUp(holdingUp, to: &output)
    try forEachSwitch(onlyUnbound: false) { entry in
      json.switching(entry, to: &output)
      try Self.flushIfLarge(&output, flush)
    }
    json.beginOverrides(to: &output)
    if overrides > 0 {
      try forEachOverride { override in
        json.override(override, to: &output)
        try Self.flushIfLarge(&output, flush)
      }
    }
    json.end(matrix: matrix, to: &output)
    try flush(&output)
  }

  private static func flushIfLarge(
    _ output: inout [UInt8], _ flush: (inout [UInt8]) throws -> Void
  ) throws {
    if output.count > 64 << 10 { try flush(&output) }
  }
}

import Domain

/// A complete report, for formats that are laid out as a page.
package struct ProgressReport: Sendable {
  /// The moment that the report shows.
  package let generatedAt: Moment
  package let grouping: ReportGrouping
  package let state: RunStateFilter
  /// What the report was filtered by.
  package let names: FilterNames
  /// Over all rows; `shops` counts each shop once.
  package let totals: ReportFigures
  /// Most overdue items first, then the oldest, then by key.
  package let rows: [ReportRow]
  /// Most shops first.
  package let holdingUp: [HoldingUp]
  /// Nil unless asked for.
  package let matrix: ReportMatrix?
  /// The items overdue longest, at most `lateLimit`, for formats that list what is late and why.
  package let late: [OverdueItem]
  /// Which shops can rebind when, and which rules were overridden.
  package let switches: ReportSwitches
  /// What decides the zones of the shops whose times the report shows, by shop id.
  package let zones: [String: ShopZone]

  package init(
    generatedAt: Moment, grouping: ReportGrouping, state: RunStateFilter, names: FilterNames = FilterNames(),
    totals: ReportFigures, rows: [ReportRow], holdingUp: [HoldingUp], matrix: ReportMatrix?,
    late: [OverdueItem], switches: ReportSwitches = ReportSwitches(), zones: [String: ShopZone] = [:]
  ) {
    self.generatedAt = generatedAt
    self.grouping = grouping
    self.state = state
    self.names = names
    self.totals = totals
    self.rows = rows
    self.holdingUp = holdingUp
    self.matrix = matrix
    self.late = late
    self.switches = switches
    self.zones = zones
  }
}

import Domain

/// A whole report, for the formats that are laid out as a page.
package struct ProgressReport: Sendable {
  /// The moment that it shows.
  package let generatedAt: Moment
  /// What the rows stand for.
  package let grouping: ReportGrouping
  /// Which runs are counted.
  package let state: RunStateFilter
  /// What it was narrowed to.
  package let names: FilterNames
  /// Over all rows; `shops` counts each shop once.
  package let totals: ReportFigures
  /// The late ones first: most overdue items, then the oldest, then by key.
  package let rows: [ReportRow]
  /// Most shops first.
  package let holdingUp: [HoldingUp]
  /// Nil unless asked for.
  package let matrix: ReportMatrix?
  /// The items overdue longest, for the formats that say what is late and why; at most `lateLimit`.
  package let late: [OverdueItem]
  /// Who can rebind when, and which rules were overridden.
  package let switches: ReportSwitches
  /// What decides the zones of the shops that it names times of, by their ids.
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

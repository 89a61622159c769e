import Domain

/// A whole report, for the formats that are laid out as a page.
public struct ProgressReport: Sendable {
  /// The moment that it shows.
  public let generatedAt: Moment
  /// What the rows stand for.
  public let grouping: ReportGrouping
  /// Which runs are counted.
  public let state: ReportState
  /// What it was narrowed to.
  public let names: FilterNames
  /// Over all rows; `shops` counts each shop once.
  public let totals: ReportFigures
  /// The late ones first: most overdue items, then the oldest, then by key.
  public let rows: [ReportRow]
  /// Most shops first.
  public let holdingUp: [HoldingUp]
  /// Nil unless asked for.
  public let matrix: ReportMatrix?
  /// The items overdue longest, for the formats that say what is late and why; at most `lateLimit`.
  public let late: [OverdueItem]
  /// Who can rebind when, and which rules were overridden.
  public let switches: ReportSwitches
  /// What decides the zones of the shops that it names times of, by their ids.
  public let zones: [String: ShopZone]

  package init(
    generatedAt: Moment, grouping: ReportGrouping, state: ReportState, names: FilterNames = FilterNames(),
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

import Domain

/// Where a page of overdue items ended.
package struct OverduePosition: Sendable, Hashable {
  /// When its last item was due.
  package let dueAt: Moment
  /// Whose item it was.
  package let shop: String
  package let run: Int
  /// Its place in the run's definition.
  package let position: Int

  package init(dueAt: Moment, shop: String, run: Int, position: Int) {
    self.dueAt = dueAt
    self.shop = shop
    self.run = run
    self.position = position
  }
}

/// Which items `overdue` lists.
package struct OverdueFilter {
  /// Only these shops.
  package var reach = ShopScope.all
  /// Only these items.
  package var items = ItemFilter.all
  /// Only what comes after this.
  package var after: OverduePosition?
  /// The moment that lateness is counted from.
  package var now: Moment
  /// Items due later than this aren't listed.
  package var until: Moment
  /// The last due time listed of runs in a zone, where that depends on it; `until` is never before it.
  package var untilInZone: ((String) -> Moment)?

  package init(now: Moment, until: Moment, untilInZone: ((String) -> Moment)? = nil) {
    self.now = now
    self.until = until
    self.untilInZone = untilInZone
  }

  /// Narrows it to what was found.
  package mutating func narrow(to found: ResolvedFilter) {
    reach = found.shops
    items = found.items
  }
}

/// Finds what is late. Its cost follows what it finds, not the store.
package protocol OverdueQuery {
  /// The longest overdue first, then by shop, run and the definition's order. Archived shops and runs that
  /// aren't active are left out.
  func forEachOverdue(_ filter: OverdueFilter, _ body: (OverdueItem) throws -> Void) throws
}

/// Which runs a report counts: each shop's latest run of each checklist, never stopped ones, never archived
/// shops.
package struct ReportFilter: Sendable, Hashable {
  /// Only these shops.
  package var reach = ShopScope.all
  /// Only these items; shops and runs without one are left out.
  package var items = ItemFilter.all
  /// What it was narrowed to, for a report's head.
  package private(set) var names = FilterNames()
  /// Only runs in this state.
  package var state: RunStateFilter
  /// The moment that is shown.
  package var now: Moment

  package init(state: RunStateFilter = .all, now: Moment) {
    self.state = state
    self.now = now
  }

  /// Narrows it to what was found.
  package mutating func narrow(to found: ResolvedFilter) {
    reach = found.shops
    items = found.items
    names = found.names
  }
}

/// A shop's line in the stream that reports are made of: one for each run that counts, or a single one
/// without a run.
package struct CountedRun {
  /// The shop's id.
  package let shop: String
  /// The shop's name.
  package let name: String?
  /// The shop's team.
  package let team: String?
  /// What counts; nil for a shop without a run.
  package let run: Counted?
  /// Where its latest switch stands; nil without one.
  package let standing: SwitchStanding?
  /// What it is bound to; nil while it is unbound, and before the first binding is recorded.
  package let account: String?

  /// A run as its row counts it.
  package struct Counted {
    /// Which checklist it follows.
    package let checklist: String
    /// Its numbers, `shops` and `runs` being 1.
    package let figures: ReportFigures
    /// The ids of outstanding items that others wait for, separated by spaces.
    package let holdingUp: String

    package init(checklist: String, figures: ReportFigures, holdingUp: String) {
      self.checklist = checklist
      self.figures = figures
      self.holdingUp = holdingUp
    }
  }

  package init(
    shop: String, name: String?, team: String?, run: Counted?, standing: SwitchStanding? = nil,
    account: String? = nil
  ) {
    self.shop = shop
    self.name = name
    self.team = team
    self.run = run
    self.standing = standing
    self.account = account
  }
}

/// Counts for reports, streamed.
package protocol ProgressQuery {
  /// By shop, then by run.
  func forEachCountedRun(_ filter: ReportFilter, _ body: (CountedRun) throws -> Void) throws
  /// A row for each item of each checklist, by checklist and the definition's order.
  func forEachItemRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws
  /// A row for each owner, by name, items without one last.
  func forEachOwnerRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws
  /// Shops down, items across: the `limit` shops after one, all without them. All pages have the same columns.
  func matrix(_ filter: ReportFilter, after shop: ShopID?, limit: Int?) throws -> ReportMatrix
  /// What decides the zones of the shops that a report is about, whatever their runs' state; each combination once.
  func forEachZone(_ filter: ReportFilter, _ body: (ShopZone) throws -> Void) throws
  /// The title of `CHECKLIST/ITEM` in the newest definition that a run was pinned to.
  func title(ofItem item: String, in checklist: String) throws -> LocalizedText?
}

extension ProgressQuery {
  /// All shops down, items across.
  package func matrix(_ filter: ReportFilter) throws -> ReportMatrix {
    try matrix(filter, after: nil, limit: nil)
  }
}

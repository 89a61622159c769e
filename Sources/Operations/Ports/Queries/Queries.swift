import Domain

/// Where a page of overdue items ended.
package struct OverduePosition: Sendable, Hashable {
  /// The last item's due time.
  package let dueAt: Moment
  /// The last item's shop.
  package let shop: String
  package let run: Int
  /// The last item's index in the run's definition.
  package let position: Int

  package init(dueAt: Moment, shop: String, run: Int, position: Int) {
    self.dueAt = dueAt
    self.shop = shop
    self.run = run
    self.position = position
  }
}

/// Which overdue items to list.
package struct OverdueFilter {
  package var reach = ShopScope.all
  package var items = ItemFilter.all
  /// Only items after this position.
  package var after: OverduePosition?
  /// The moment at which lateness is judged.
  package var now: Moment
  /// Items due after this aren't listed.
  package var until: Moment
  /// Given a zone's name, the latest due time to list for runs in it, if that depends on the zone; never
  /// after `until`.
  package var untilInZone: ((String) -> Moment)?

  package init(now: Moment, until: Moment, untilInZone: ((String) -> Moment)? = nil) {
    self.now = now
    self.until = until
    self.untilInZone = untilInZone
  }

  package mutating func narrow(to found: ResolvedFilter) {
    reach = found.shops
    items = found.items
  }
}

/// Finds overdue items. The cost depends on how many are found, not on the size of the store.
package protocol OverdueQuery {
  /// Longest overdue first, then by shop, run and the definition's order. Leaves out archived shops and runs
  /// that aren't active.
  func forEachOverdue(_ filter: OverdueFilter, _ body: (OverdueItem) throws -> Void) throws
}

/// Which runs a report counts: each shop's newest run of each checklist, except stopped ones. Archived shops
/// are left out.
package struct ReportFilter: Sendable, Hashable {
  package var reach = ShopScope.all
  /// Shops and runs without any such item are left out.
  package var items = ItemFilter.all
  /// The names filtered by, for a report's heading.
  package private(set) var names = FilterNames()
  package var state: RunStateFilter
  /// The moment of the report.
  package var now: Moment

  package init(state: RunStateFilter = .all, now: Moment) {
    self.state = state
    self.now = now
  }

  package mutating func narrow(to found: ResolvedFilter) {
    reach = found.shops
    items = found.items
    names = found.names
  }
}

/// A record in the stream that reports are computed from: one per run that counts, or a single one for a shop
/// without runs.
package struct CountedRun {
  package let shop: String
  package let name: String?
  package let team: String?
  /// Nil for a shop without runs.
  package let run: Counted?
  /// The state of the latest switch; nil without one.
  package let standing: SwitchStanding?
  /// The account bound; nil while unbound, and before the first binding is recorded.
  package let account: String?

  /// A run's figures, from its row.
  package struct Counted {
    package let checklist: String
    /// The run's figures; `shops` and `runs` are 1.
    package let figures: ReportFigures
    /// The ids of outstanding items that others wait for, separated by spaces.
    package let idsHoldingUp: String

    package init(checklist: String, figures: ReportFigures, idsHoldingUp: String) {
      self.checklist = checklist
      self.figures = figures
      self.idsHoldingUp = idsHoldingUp
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

/// Streams the counts that reports are computed from.
package protocol ProgressQuery {
  /// By shop, then by run.
  func forEachCountedRun(_ filter: ReportFilter, _ body: (CountedRun) throws -> Void) throws
  /// One row per item of each checklist, by checklist and the definition's order.
  func forEachItemRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws
  /// One row per owner, by name; items without an owner come last.
  func forEachOwnerRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws
  /// Shops as rows, items as columns: `limit` shops after `shop`, or all if both are nil. All pages have the
  /// same columns.
  func matrix(_ filter: ReportFilter, after shop: ShopID?, limit: Int?) throws -> ReportMatrix
  /// What decides the zones of the report's shops, regardless of their runs' state; each combination once.
  func forEachZone(_ filter: ReportFilter, _ body: (ShopZone) throws -> Void) throws
  /// The title of `CHECKLIST/ITEM` in the newest definition that a run was pinned to.
  func title(ofItem item: String, in checklist: String) throws -> LocalizedText?
}

extension ProgressQuery {
  /// All shops.
  package func matrix(_ filter: ReportFilter) throws -> ReportMatrix {
    try matrix(filter, after: nil, limit: nil)
  }
}

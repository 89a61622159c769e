import Domain

/// What a report's rows stand for.
package enum ReportGrouping: String, Sendable, CaseIterable {
  case shop
  case team
  case item
  case owner
}

/// Which runs a report counts.
package enum RunStateFilter: String, Sendable, CaseIterable {
  case active
  case finished
  case all
}

/// The numbers of a report's row, or of the whole report.
package struct ReportFigures: Sendable, Hashable {
  /// Shops counted.
  package var shops = 0
  /// Runs counted.
  package var runs = 0
  /// Items by state.
  package var progress = Progress()
  /// Items done in the 7 days before the report.
  package var doneLast7Days = 0
  /// Items that have been overdue for 7 days or longer.
  package var overdueSince7Days = 0
  /// The nearest due time still to come of an outstanding item.
  package var nextDueAt: Moment?
  /// The due time of what is overdue longest.
  package var oldestOverdueAt: Moment?

  package init() {}
}

package struct ReportRow: Sendable {
  /// The shop's id, the team, `CHECKLIST/ITEM` or the owner; nil for what has no team or owner.
  package let key: String?
  /// The shop's name or the item's title; nil otherwise.
  package let name: LocalizedText?
  /// The shop's team; nil when the rows aren't shops.
  package let team: String?
  /// Its numbers.
  package let figures: ReportFigures
  /// Where the shop's latest switch stands; nil without one, and when the rows aren't shops.
  package let standing: SwitchStanding?
  /// How often rules were overridden in that switch; nil when the rows aren't shops.
  package let overridden: Int?
  /// What the shop is bound to; nil while it is unbound, and when the rows aren't shops.
  package let account: String?

  /// A row that isn't a shop.
  package init(key: String?, name: LocalizedText?, team: String?, figures: ReportFigures) {
    self.key = key
    self.name = name
    self.team = team
    self.figures = figures
    standing = nil
    overridden = nil
    account = nil
  }

  /// A shop's row.
  package init(
    shop: String, name: String?, team: String?, figures: ReportFigures, standing: SwitchStanding?,
    account: String? = nil
  ) {
    key = shop
    self.name = name.map { LocalizedText($0) }
    self.team = team
    self.figures = figures
    self.standing = standing
    overridden = standing?.overrides.count ?? 0
    self.account = account
  }
}

/// An outstanding item that others wait for, and in how many shops.
package struct HoldingUp: Sendable, Hashable {
  /// `CHECKLIST/ITEM`.
  package let item: String
  /// The item's title.
  package let title: LocalizedText
  /// In how many shops it is waited for.
  package let shops: Int

  package init(item: String, title: LocalizedText, shops: Int) {
    self.item = item
    self.title = title
    self.shops = shops
  }
}

/// Shops down, items across.
package struct ReportMatrix: Sendable {
  package struct Column: Sendable {
    /// `CHECKLIST/ITEM`.
    package let item: String
    /// The item's title.
    package let title: LocalizedText

    package init(item: String, title: LocalizedText) {
      self.item = item
      self.title = title
    }
  }

  /// What a shop's cell says.
  package struct Cell: Sendable {
    /// Where the item stands.
    package let state: ItemState
    package let overdue: Bool
    /// Whether a milestone came while it was outstanding.
    package let missed: Bool

    package init(state: ItemState, overdue: Bool, missed: Bool = false) {
      self.state = state
      self.overdue = overdue
      self.missed = missed
    }
  }

  /// A shop's line; a cell is nil where the shop's runs don't hold the item.
  package struct Line: Sendable {
    /// The shop's id.
    package let shop: ShopID
    /// The shop's name.
    package let name: String?
    /// One for each column.
    package let cells: [Cell?]

    /// How many of them are skipped because a milestone came first.
    package var missed: Int { cells.count { $0?.missed ?? false } }

    package init(shop: ShopID, name: String?, cells: [Cell?]) {
      self.shop = shop
      self.name = name
      self.cells = cells
    }
  }

  /// By checklist, then in the definition's order.
  package let columns: [Column]
  /// In the order of the shops' ids.
  package let lines: [Line]

  package init(columns: [Column], lines: [Line]) {
    self.columns = columns
    self.lines = lines
  }
}

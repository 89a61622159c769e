import Domain

/// What a report's rows represent.
package enum ReportGrouping: String, Sendable, CaseIterable {
  case shop
  case team
  case item
  case owner
}

package enum RunStateFilter: String, Sendable, CaseIterable {
  case active
  case finished
  case all
}

/// The figures of a row or of a whole report.
package struct ReportFigures: Sendable, Hashable {
  package var shops = 0
  package var runs = 0
  package var progress = Progress()
  /// Items done in the 7 days before the report.
  package var doneLast7Days = 0
  /// Items overdue for 7 days or longer.
  package var overdueSince7Days = 0
  /// The earliest due time of an outstanding item that is still to come.
  package var nextDueAt: Moment?
  /// The due time of the item overdue longest.
  package var oldestOverdueAt: Moment?

  package init() {}
}

package struct ReportRow: Sendable {
  /// The shop's id, the team, `CHECKLIST/ITEM` or the owner; nil for items without a team or owner.
  package let key: String?
  /// The shop's name or the item's title; otherwise nil.
  package let name: LocalizedText?
  /// The shop's team; nil if rows aren't shops.
  package let team: String?
  package let figures: ReportFigures
  /// The state of the shop's latest switch; nil without one, and if rows aren't shops.
  package let standing: SwitchStanding?
  /// How many rules were overridden in that switch; nil if rows aren't shops.
  package let overridden: Int?
  /// The account bound; nil while unbound, and if rows aren't shops.
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

/// An outstanding item that other items wait for, and in how many shops.
package struct HoldingUp: Sendable, Hashable {
  /// `CHECKLIST/ITEM`.
  package let item: String
  package let title: LocalizedText
  /// In how many shops other items wait for it.
  package let shops: Int

  package init(item: String, title: LocalizedText, shops: Int) {
    self.item = item
    self.title = title
    self.shops = shops
  }
}

/// Shops as rows, items as columns.
package struct ReportMatrix: Sendable {
  package struct Column: Sendable {
    /// `CHECKLIST/ITEM`.
    package let item: String
    package let title: LocalizedText

    package init(item: String, title: LocalizedText) {
      self.item = item
      self.title = title
    }
  }

  package struct Cell: Sendable {
    package let state: ItemState
    package let overdue: Bool
    /// Whether a milestone closed it while it was outstanding.
    package let missed: Bool

    package init(state: ItemState, overdue: Bool, missed: Bool = false) {
      self.state = state
      self.overdue = overdue
      self.missed = missed
    }
  }

  /// A shop's row. A cell is nil if the shop's runs don't hold the item.
  package struct Line: Sendable {
    package let shop: ShopID
    package let name: String?
    /// One for each column.
    package let cells: [Cell?]

    /// The number of items that a milestone closed.
    package var missed: Int { cells.count { $0?.missed ?? false } }

    package init(shop: ShopID, name: String?, cells: [Cell?]) {
      self.shop = shop
      self.name = name
      self.cells = cells
    }
  }

  /// By checklist, then in the definition's order.
  package let columns: [Column]
  /// By shop id.
  package let lines: [Line]

  package init(columns: [Column], lines: [Line]) {
    self.columns = columns
    self.lines = lines
  }
}

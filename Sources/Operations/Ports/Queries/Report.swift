import Domain

/// What a report's rows stand for.
public enum ReportGrouping: String, Sendable, CaseIterable {
  case shop
  case team
  case item
  case owner
}

/// Which runs a report counts.
public enum ReportState: String, Sendable, CaseIterable {
  case active
  case finished
  case all
}

/// The numbers of a report's row, or of the whole report.
public struct ReportFigures: Sendable, Hashable {
  /// Shops counted.
  public var shops = 0
  /// Runs counted.
  public var runs = 0
  /// Items by state.
  public var progress = Progress()
  /// Items done in the 7 days before the report.
  public var doneLast7Days = 0
  /// Items that have been overdue for 7 days or longer.
  public var overdueSince7Days = 0
  /// The nearest due time still to come of an outstanding item.
  public var nextDueAt: Moment?
  /// The due time of what is overdue longest.
  public var oldestOverdueAt: Moment?

  package init() {}
}

/// One row of a report.
public struct ReportRow: Sendable {
  /// The shop's id, the team, `CHECKLIST/ITEM` or the owner; nil for what has no team or owner.
  public let key: String?
  /// The shop's name or the item's title; nil otherwise.
  public let name: LocalizedText?
  /// The shop's team; nil when the rows aren't shops.
  public let team: String?
  /// Its numbers.
  public let figures: ReportFigures
  /// Where the shop's latest switch stands; nil without one, and when the rows aren't shops.
  public let standing: SwitchStanding?
  /// How often rules were overridden in that switch; nil when the rows aren't shops.
  public let overridden: Int?
  /// What the shop is bound to; nil while it is unbound, and when the rows aren't shops.
  public let account: String?

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
public struct HoldingUp: Sendable, Hashable {
  /// `CHECKLIST/ITEM`.
  public let item: String
  /// The item's title.
  public let title: LocalizedText
  /// In how many shops it is waited for.
  public let shops: Int

  package init(item: String, title: LocalizedText, shops: Int) {
    self.item = item
    self.title = title
    self.shops = shops
  }
}

/// Shops down, items across.
public struct ReportMatrix: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// `CHECKLIST/ITEM`.
    public let item: String
    /// The item's title.
    public let title: LocalizedText

    package init(item: String, title: LocalizedText) {
      self.item = item
      self.title = title
    }
  }

  /// What a shop's cell says.
  public struct Cell: Sendable {
    /// Where the item stands.
    public let state: ItemState
    /// Whether it is overdue.
    public let overdue: Bool
    /// Whether a milestone came while it was outstanding.
    public let missed: Bool

    package init(state: ItemState, overdue: Bool, missed: Bool = false) {
      self.state = state
      self.overdue = overdue
      self.missed = missed
    }
  }

  /// A shop's line; a cell is nil where the shop's runs don't hold the item.
  public struct Line: Sendable {
    /// The shop's id.
    public let shop: ShopID
    /// The shop's name.
    public let name: String?
    /// One for each column.
    public let cells: [Cell?]

    /// How many of them are skipped because a milestone came first.
    public var missed: Int { cells.count { $0?.missed ?? false } }

    package init(shop: ShopID, name: String?, cells: [Cell?]) {
      self.shop = shop
      self.name = name
      self.cells = cells
    }
  }

  /// By checklist, then in the definition's order.
  public let columns: [Column]
  /// In the order of the shops' ids.
  public let lines: [Line]

  package init(columns: [Column], lines: [Line]) {
    self.columns = columns
    self.lines = lines
  }
}

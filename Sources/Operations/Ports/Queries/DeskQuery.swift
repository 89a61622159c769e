import Domain

/// Which shops the desk shows, and in which order.
package struct DeskFilter: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    case all
    /// Something is overdue.
    case late
    /// An item waits for another.
    case waiting
    /// A switch is unbound.
    case cooling
    /// It has runs, and no item is outstanding.
    case finished
  }

  /// Ties are broken by the shop's id.
  package enum Order: String, Sendable, CaseIterable {
    /// Earliest due time first; shops without one come last.
    case due
    case id
    /// Shops without a name come last.
    case name
    /// Most outstanding items first.
    case outstanding
  }

  /// Only these teams' shops; nil: all.
  package var teams: [String]?
  /// Only shops whose owner has this name, compared by `Author.folded`.
  package var owner: String?
  /// Only shops whose id or name contains this, ignoring the case of ASCII letters.
  package var search: String?
  package var state: State
  /// Only shops with a run of this checklist that counts.
  package var checklist: String?
  /// Requires `checklist`: only shops in which other items wait for this one.
  package var holdingUp: String?
  package var order: Order
  /// The moment at which lateness is judged.
  package var now: Moment

  package init(
    teams: [String]? = nil, owner: String? = nil, search: String? = nil, state: State = .all,
    order: Order = .due, now: Moment
  ) {
    self.teams = teams
    self.owner = owner
    self.search = search
    self.state = state
    self.order = order
    self.now = now
  }
}

/// A shop in the desk's list.
package struct DeskRow: Sendable, Hashable {
  package let shop: Shop
  /// Over the runs that count: each checklist's newest, except stopped ones.
  package let progress: Progress
  /// The earliest due time of an outstanding item.
  package let dueAt: Moment?
  /// Whether an item waits for another.
  package let isWaiting: Bool
  /// The state of the latest switch; nil without one.
  package let standing: SwitchStanding?
  /// Decides the shop's time zone.
  package let zone: ShopZone

  package init(
    shop: Shop, progress: Progress, dueAt: Moment?, isWaiting: Bool, standing: SwitchStanding?,
    newestRunZone: String? = nil
  ) {
    self.shop = shop
    zone = ShopZone(own: shop.timeZone, platform: shop.platform, newestRun: newestRunZone)
    self.progress = progress
    self.dueAt = dueAt
    self.isWaiting = isWaiting
    self.standing = standing
  }
}

/// Where a page of the desk ended. Stays valid if rows before it appear or disappear.
package struct DeskPosition: Sendable, Hashable {
  /// The last row's sort key; nil if it has none.
  package let key: String?
  /// The last row's shop.
  package let shop: String

  package init(key: String?, shop: String) {
    self.key = key
    self.shop = shop
  }
}

/// How many shops are in each of the filter's states.
package struct DeskTotals: Sendable, Hashable {
  package var shops = 0
  package var late = 0
  /// Shops in which an item waits for another.
  package var waiting = 0
  /// Shops whose switch is unbound.
  package var cooling = 0
  /// Shops with runs and without outstanding items.
  package var finished = 0
  package var outstanding = 0
  package var overdue = 0

  package init() {}
}

/// Lists shops a page at a time. Archived shops are left out.
package protocol DeskQuery {
  /// At most `limit` rows after a position, and where the page ended; `end` is nil for the last page.
  func desk(_ filter: DeskFilter, after position: DeskPosition?, limit: Int) throws
    -> (rows: [DeskRow], end: DeskPosition?)
  /// Over the shop's runs that count, as in its row on the desk.
  func progress(of shop: ShopID, now: Moment) throws -> Progress
  /// Considers only the filter's teams and owner. Reads all of their shops.
  func totals(_ filter: DeskFilter) throws -> DeskTotals
  /// All shops' teams and owners, by name; at most 1,000 of each.
  func teamsAndOwners() throws -> (teams: [String], owners: [String])
  /// The owners of these teams' shops, by name; at most 1,000. Reads all of their shops.
  func owners(of teams: [String]) throws -> [String]
}

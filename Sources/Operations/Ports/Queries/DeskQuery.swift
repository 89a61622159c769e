import Domain

/// Which shops the desk shows.
package struct DeskFilter: Sendable, Hashable {
  /// What a list is narrowed to.
  package enum State: String, Sendable, CaseIterable {
    case all
    /// Something is overdue.
    case late
    /// Something waits for something else.
    case waiting
    /// A switch is unbound.
    case cooling
    /// It has a run, and nothing is outstanding.
    case finished
  }

  /// What a list is ordered by; the shop's id decides among equals.
  package enum Order: String, Sendable, CaseIterable {
    /// What is due first comes first, shops where nothing is due last.
    case due
    case id
    /// Shops without a name come last.
    case name
    /// Most outstanding items first.
    case outstanding
  }

  /// Only these teams' shops; nil: all.
  package var teams: [String]?
  /// Only shops whose owner has this name, however it is written.
  package var owner: String?
  /// Only shops with this in their id or name; the case of ASCII letters doesn't matter.
  package var search: String?
  /// Only shops in this state.
  package var state: State
  /// Only shops with a run of this checklist that counts.
  package var checklist: String?
  /// With `checklist`: only shops in which this item is waited for.
  package var holdingUp: String?
  /// What comes first.
  package var order: Order
  /// The moment that lateness is counted from.
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

/// A shop as the desk lists it.
package struct DeskRow: Sendable, Hashable {
  package let shop: Shop
  /// Over its runs that count: each checklist's latest, never stopped ones.
  package let progress: Progress
  /// The earliest due time of an outstanding item.
  package let dueAt: Moment?
  /// Something waits for something else.
  package let isWaiting: Bool
  /// Where its latest switch stands; nil without one.
  package let standing: SwitchStanding?
  /// What decides the shop's time zone.
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

/// Where a page of the desk ended. It stays right when rows come or go before it.
package struct DeskPosition: Sendable, Hashable {
  /// What the rows are ordered by, at that row; nil where it has none.
  package let key: String?
  /// That row's shop.
  package let shop: String

  package init(key: String?, shop: String) {
    self.key = key
    self.shop = shop
  }
}

/// How many shops each state of a filter has.
package struct DeskTotals: Sendable, Hashable {
  package var shops = 0
  /// Shops with something overdue.
  package var late = 0
  /// Shops with something that waits for something else.
  package var waiting = 0
  /// Shops whose switch is unbound.
  package var cooling = 0
  /// Shops that have a run, and nothing outstanding.
  package var finished = 0
  /// Items that are outstanding.
  package var outstanding = 0
  /// Items that are overdue.
  package var overdue = 0

  package init() {}
}

/// Lists shops a page at a time. Archived shops are left out.
package protocol DeskQuery {
  /// The rows after a position, `limit` at the most, and where the page ended; nil when it was the last.
  func desk(_ filter: DeskFilter, after position: DeskPosition?, limit: Int) throws
    -> (rows: [DeskRow], end: DeskPosition?)
  /// Over a shop's runs that count, as its row on the desk has it.
  func progress(of shop: ShopID, now: Moment) throws -> Progress
  /// Of the filter's teams and owner alone; reads every shop of them.
  func totals(_ filter: DeskFilter) throws -> DeskTotals
  /// All teams that shops have, and all owners, each by name; 1,000 of each at the most.
  func teamsAndOwners() throws -> (teams: [String], owners: [String])
  /// All owners of these teams' shops, by name; 1,000 at the most. Reads every shop of them.
  func owners(of teams: [String]) throws -> [String]
}

import Domain

/// Which shops the desk shows.
public struct DeskFilter: Sendable, Hashable {
  /// What a list is narrowed to.
  public enum State: String, Sendable, CaseIterable {
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
  public enum Order: String, Sendable, CaseIterable {
    /// What is due first comes first, shops where nothing is due last.
    case due
    case id
    /// Shops without a name come last.
    case name
    /// Most outstanding items first.
    case outstanding
  }

  /// Only these teams' shops; nil: all.
  public var teams: [String]?
  /// Only shops whose owner has this name, however it is written.
  public var owner: String?
  /// Only shops with this in their id or name; the case of ASCII letters doesn't matter.
  public var search: String?
  /// Only shops in this state.
  public var state: State
  /// Only shops with a run of this checklist that counts.
  public var checklist: String?
  /// With `checklist`: only shops in which this item is waited for.
  public var holdingUp: String?
  /// What comes first.
  public var order: Order
  /// The moment that lateness is counted from.
  public var now: Moment

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
public struct DeskRow: Sendable, Hashable {
  /// The shop.
  public let shop: Shop
  /// Over its runs that count: each checklist's latest, never stopped ones.
  public let progress: Progress
  /// The earliest due time of an outstanding item.
  public let dueAt: Moment?
  /// Something waits for something else.
  public let isWaiting: Bool
  /// Where its latest switch stands; nil without one.
  public let standing: SwitchStanding?
  /// What decides the shop's time zone.
  public let zone: ShopZone

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
public struct DeskPosition: Sendable, Hashable {
  /// What the rows are ordered by, at that row; nil where it has none.
  public let key: String?
  /// That row's shop.
  public let shop: String

  package init(key: String?, shop: String) {
    self.key = key
    self.shop = shop
  }
}

/// How many shops each state of a filter has.
public struct DeskTotals: Sendable, Hashable {
  /// All shops.
  public var shops = 0
  /// Shops with something overdue.
  public var late = 0
  /// Shops with something that waits for something else.
  public var waiting = 0
  /// Shops whose switch is unbound.
  public var cooling = 0
  /// Shops that have a run, and nothing outstanding.
  public var finished = 0
  /// Items that are outstanding.
  public var outstanding = 0
  /// Items that are overdue.
  public var overdue = 0

  package init() {}
}

/// Lists shops a page at a time. Archived shops are left out.
public protocol DeskQuery {
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

import Domain
import Operations

extension ShopTransaction: DeskQuery {
  func desk(
    _ filter: DeskFilter, after position: DeskPosition?, limit: Int
  ) throws -> (rows: [DeskRow], end: DeskPosition?) {
    let teams = filter.teams.map { teams in Set(teams).map(String?.some) } ?? [nil]
    var found: [DeskEntry] = []
    for team in teams { found += try entries(filter, of: team, after: position, limit: limit + 1) }
    // A single team's page is sorted already; those of several have to be merged.
    if teams.count > 1 { found.sort { $0.comes(before: $1, by: filter.order) } }
    let page = found.prefix(limit)
    let rows = try page.map { entry in try row(entry, now: filter.now) }
    return (rows, found.count > limit ? page.last?.position(by: filter.order) : nil)
  }

  private func entries(
    _ filter: DeskFilter, of team: String?, after position: DeskPosition?, limit: Int
  ) throws -> [DeskEntry] {
    var statement = DeskStatement(filter, team: team, after: position)
    statement.mostSelective = try statement.indexedConditions.first { narrower in
      let count = try count(composed: narrower.probe, statement.values(limit: limit))
      return count <= DeskStatement.IndexedCondition.most
    }
    if statement.isSearchedFirst, let found = try found(statement) {
      var entries: [DeskEntry] = []
      for id in found {
        statement.only = id
        entries += try self.entries(statement, limit: 1)
      }
      entries.sort { $0.comes(before: $1, by: filter.order) }
      return Array(entries.prefix(limit))
    }
    return try entries(statement, limit: limit)
  }

  /// The ids of shops that match the search; nil if there are too many to sort.
  private func found(_ statement: DeskStatement) throws -> [String]? {
    var ids: [String] = []
    try connection.query(composed: DeskStatement.found, statement.values(limit: 0)) { ids.append($0.text(0)) }
    return ids.count <= DeskStatement.IndexedCondition.most ? ids : nil
  }

  private func entries(_ statement: DeskStatement, limit: Int) throws -> [DeskEntry] {
    var entries: [DeskEntry] = []
    for segment in statement.segments where entries.count < limit {
      try connection.query(
        composed: statement.sql(segment), statement.values(limit: limit - entries.count)
      ) { row in
        let state: SwitchState? = try row.optionalText(11).map(self.state)
        let opensAt = row.optionalMoment(13) ?? row.optionalMoment(12)
        entries.append(
          DeskEntry(
            shop: shop(row), dueAt: row.optionalMoment(8), outstanding: try row.count(9),
            isWaiting: row.flag(10),
            standing: try state.map { state in
              SwitchStanding(
                state: state, opensAt: state == .unbound ? opensAt : nil, isEstimate: row.flag(14),
                finishBy: row.optionalMoment(15), overrides: try SwitchLists.overrides(row, 16))
            }))
      }
    }
    return entries
  }

  private func row(_ entry: DeskEntry, now: Moment) throws -> DeskRow {
    DeskRow(
      shop: entry.shop, progress: try progress(of: entry.shop.id, now: now), dueAt: entry.dueAt,
      isWaiting: entry.isWaiting, standing: entry.standing,
      newestRunZone: try zone(of: entry.shop).newestRun)
  }

  @specialized(where Connection == SQLiteConnection)
  func progress(of shop: ShopID, now: Moment) throws -> Progress {
    var progress = Progress()
    try connection.query(
      """
      SELECT total, done, skipped, blocked, pending, outstanding_due, missed
      FROM run WHERE shop = $1 AND counted = 1 ORDER BY number
      """, [.text(shop.rawValue)]
    ) { row in
      progress.total += try row.count(0)
      progress.done += try row.count(1)
      progress.skipped += try row.count(2)
      progress.blocked += try row.count(3)
      progress.pending += try row.count(4)
      progress.overdue += row.withUTF8(5) { TimeList.count($0, until: now) }
      progress.missed += try row.count(6)
    }
    return progress
  }

  private func count(composed sql: String, _ values: [SQLValue]) throws -> Int {
    var count = 0
    try connection.query(composed: sql, values) { row in count = try row.count(0) }
    return count
  }

  func totals(_ filter: DeskFilter) throws -> DeskTotals {
    let teams = filter.teams.map { teams in Set(teams).map(String?.some) } ?? [nil]
    var totals = DeskTotals()
    for team in teams {
      let narrowed = DeskStatement(
        DeskFilter(owner: filter.owner, order: .id, now: filter.now), team: team, after: nil)
      try connection.query(composed: narrowed.sums, narrowed.values(limit: 0)) { row in
        totals.shops += try row.count(0)
        totals.late += try row.count(1)
        totals.waiting += try row.count(2)
        totals.cooling += try row.count(3)
        totals.finished += try row.count(4)
        totals.outstanding += try row.count(5)
      }
      if team == nil, filter.owner == nil {
        totals.overdue += try countOverdue(until: filter.now)
      } else {
        totals.overdue += try countOverdue(narrowed, until: filter.now)
      }
    }
    return totals
  }

  /// Counts overdue items of all shops by an index, then subtracts those of archived shops.
  private func countOverdue(until now: Moment) throws -> Int {
    let all = try count(composed: DeskStatement.overdue, [.moment(now)])
    let archived = try connection.first(
      """
      SELECT COUNT(*)
      FROM shop s
      CROSS JOIN run r ON r.shop = s.id AND r.state = 'active'
      CROSS JOIN item i ON i.shop = r.shop AND i.run = r.number
      WHERE s.archived = 1 AND i.open = 1 AND i.due_at <= $1
      """, [.moment(now)]
    ) { try $0.count(0) }
    return all - (archived ?? 0)
  }

  private func countOverdue(_ narrowed: DeskStatement, until now: Moment) throws -> Int {
    var count = 0
    try connection.query(composed: narrowed.lateRuns, narrowed.values(limit: 0)) { row in
      count += row.withUTF8(0) { TimeList.count($0, until: now) }
    }
    return count
  }

  func teamsAndOwners() throws -> (teams: [String], owners: [String]) {
    var teams: [String] = []
    var owners: [String] = []
    // Skips from one team to the next by an index, regardless of how many shops each has.
    while teams.count < 1000 {
      let next = try connection.first(
        "SELECT team FROM shop WHERE archived = 0 AND team > $1 ORDER BY team LIMIT 1",
        [.text(teams.last ?? "")]
      ) { $0.text(0) }
      guard let next else { break }
      teams.append(next)
    }
    var folded = ""
    while owners.count < 1000 {
      let next = try connection.first(
        """
        SELECT owner_folded, owner FROM shop
        WHERE archived = 0 AND owner_folded > $1 ORDER BY owner_folded, id LIMIT 1
        """, [.text(folded)]
      ) { row in
        folded = row.text(0)
        return row.text(1)
      }
      guard let next else { break }
      owners.append(next)
    }
    return (teams, owners)
  }

  func owners(of teams: [String]) throws -> [String] {
    var owners: [String: String] = [:]
    for team in Set(teams) {
      try connection.query(
        """
        SELECT owner_folded, MIN(owner) FROM shop
        WHERE archived = 0 AND team = $1 AND owner_folded IS NOT NULL
        GROUP BY owner_folded ORDER BY owner_folded LIMIT 1000
        """, [.text(team)]
      ) { row in owners[row.text(0)] = row.text(1) }
    }
    return owners.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.prefix(1000).map(\.value)
  }
}

/// A shop as lists read it.
struct DeskEntry {
  let shop: Shop
  let dueAt: Moment?
  let outstanding: Int
  let isWaiting: Bool
  let standing: SwitchStanding?

  func position(by order: DeskFilter.Order) -> DeskPosition {
    let key =
      switch order {
      case .due: dueAt.map { String($0.seconds) }
      case .id: String?.none
      case .name: shop.name
      case .outstanding: String(outstanding)
      }
    return DeskPosition(key: key, shop: shop.id.rawValue)
  }

  func comes(before other: DeskEntry, by order: DeskFilter.Order) -> Bool {
    switch order {
    case .due where dueAt != other.dueAt:
      guard let dueAt, let otherDueAt = other.dueAt else { return dueAt != nil }
      return dueAt < otherDueAt
    case .name where shop.name?.utf8.elementsEqual(other.shop.name?.utf8 ?? "".utf8) != true:
      guard let name = shop.name, let otherName = other.shop.name else {
        return shop.name != nil || other.shop.name == nil && shop.id < other.shop.id
      }
      return name.utf8.lexicographicallyPrecedes(otherName.utf8)
    case .outstanding where outstanding != other.outstanding: return outstanding > other.outstanding
    case .due, .id, .name, .outstanding: return shop.id < other.shop.id
    }
  }
}

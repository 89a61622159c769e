import Domain
import Operations

extension ShopTransaction: NameQuery {
  func names(_ key: FilterKey, within reach: ShopScope, thoroughly: Bool) throws -> [String] {
    switch key {
    case .team:
      if let teams = reach.teams { return teams }
      return reach == .all ? try allTeams() : try texts("s.team", within: reach)
    case .owner: return try owners(within: reach, thoroughly: thoroughly)
    case .platform: return try texts("s.platform", within: reach)
    case .tag:
      return try texts("s.tags", within: reach).flatMap { $0.split(separator: ";").map(String.init) }
    case .checklist: return try pinned().map(\.id.rawValue)
    case .item: return try pinned().flatMap(\.itemNames)
    }
  }

  /// The distinct values of a column of `shop`.
  private func texts(_ column: String, within reach: ShopScope) throws -> [String] {
    let condition = ShopCondition(reach, after: [])
    var texts: [String] = []
    try connection.query(
      composed: "SELECT DISTINCT \(column) FROM shop s WHERE \(column) IS NOT NULL\(condition.sql)",
      condition.values
    ) { texts.append($0.text(0)) }
    return texts
  }

  private func allTeams() throws -> [String] {
    var teams = try walk("SELECT team FROM shop WHERE team > $1 ORDER BY team LIMIT 1")
    try forEachUser { teams += $0.teams }
    try forEachToken { teams += $0.teams }
    return teams
  }

  /// Skips from one value to the next by an index, regardless of how many rows each has.
  private func walk(_ next: StaticString) throws -> [String] {
    var texts: [String] = []
    while let text = try connection.first(next, [.text(texts.last ?? "")], { $0.text(0) }) {
      texts.append(text)
    }
    return texts
  }

  private func owners(within reach: ShopScope, thoroughly: Bool) throws -> [String] {
    if thoroughly {
      let condition = ShopCondition(reach, after: [])
      var owners: [String] = []
      try connection.query(
        composed: """
          SELECT DISTINCT i.owner
          FROM shop s
          JOIN run r ON r.shop = s.id AND r.state = 'active'
          JOIN item i ON i.shop = r.shop AND i.run = r.number
          WHERE i.owner IS NOT NULL\(condition.sql)
          """, condition.values
      ) { owners.append($0.text(0)) }
      return owners
    }
    if reach != .all { return try texts("s.owner", within: reach) + owners(within: reach, thoroughly: true) }
    // Items are found by their own spelling of an owner, which may differ from a shop's.
    let items = try walk(
      "SELECT owner FROM item WHERE open = 1 AND owner > $1 ORDER BY owner LIMIT 1")
    return items + (try texts("s.owner", within: reach))
  }

  /// All definitions that runs were ever pinned to.
  private func pinned() throws -> [Checklist] {
    var ids: [Int64] = []
    try connection.query("SELECT id FROM definition ORDER BY id", []) { ids.append($0.integer(0)) }
    return try ids.map { try definition(id: $0).checklist }
  }
}

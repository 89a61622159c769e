/// How much somebody may do in a shop.
package enum ShopPermission: Int, Sendable, Comparable, CaseIterable {
  case see
  /// Ticks and the like, steps of the switch.
  case change
  /// What only leads do: skip what is critical, assign, move due times, links, the shop itself.
  case lead

  package static func < (left: ShopPermission, right: ShopPermission) -> Bool {
    left.rawValue < right.rawValue
  }

  /// What a token needs for it.
  fileprivate var scope: TokenScope {
    switch self {
    case .see: .read
    case .change: .change
    case .lead: .lead
    }
  }
}

extension User {
  package func may(_ level: ShopPermission, in shop: Shop) -> Bool {
    switch role {
    case .admin: true
    case .lead: shop.team.map(teams.contains) ?? false
    case .merchant: level < .lead && shop.owner.map { Author.folded(name) == Author.folded($0) } ?? false
    }
  }

  /// Whether shops may be looked over, and the level at which something may be done in those that `may` allows.
  package func mayInShops(_ level: ShopPermission) -> Bool { level < .lead || role != .merchant }

  /// Users, tokens, the whole store.
  package var isAdmin: Bool { role == .admin }

  /// May make a new shop in a team.
  package func mayAddShop(in team: String?) -> Bool {
    role == .admin || role == .lead && team.map(teams.contains) ?? false
  }

  /// Which shops lists are narrowed to: those of teams, those of an owner; nil: not by that.
  package var reach: (teams: [String]?, owner: String?) {
    switch role {
    case .admin: (nil, nil)
    case .lead: (teams, nil)
    case .merchant: (nil, name)
    }
  }
}

extension AccessToken {
  package func may(_ level: ShopPermission, in shop: Shop) -> Bool {
    scopes.contains(level.scope) && (teams.isEmpty || shop.team.map(teams.contains) ?? false)
  }

  /// See `User`.
  package func mayInShops(_ level: ShopPermission) -> Bool { scopes.contains(level.scope) }

  package var isAdmin: Bool { scopes.contains(.admin) && teams.isEmpty }

  package func mayAddShop(in team: String?) -> Bool {
    scopes.contains(.lead) && (teams.isEmpty || team.map(teams.contains) ?? false)
  }

  package var reach: (teams: [String]?, owner: String?) { (teams.isEmpty ? nil : teams, nil) }
}

extension ShopLink {
  package func may(_ level: ShopPermission, in other: Shop) -> Bool { level < .lead && shop == other.id }
}

/// How much somebody may do in a shop.
package enum ShopPermission: Int, Sendable, Comparable, CaseIterable {
  case see
  /// Changes to items, and steps of a switch.
  case change
  /// What only leads may do: skip critical items, assign items, move due times, manage links, edit the shop.
  case lead

  /// What overriding a platform's rules takes.
  package static let override = ShopPermission.lead

  package static func < (left: ShopPermission, right: ShopPermission) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The scope that a token needs for it.
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

  /// Whether the level is available at all; in which shops, `may(_:in:)` says.
  package func mayInShops(_ level: ShopPermission) -> Bool { level < .lead || role != .merchant }

  /// May manage users, tokens and the whole store.
  package var isAdmin: Bool { role == .admin }

  /// Whether a new shop may be created in a team; nil: without a team.
  package func mayAddShop(in team: String?) -> Bool {
    role == .admin || role == .lead && team.map(teams.contains) ?? false
  }

  /// How lists are restricted: to shops of these teams, or of this owner. Nil: not by that.
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

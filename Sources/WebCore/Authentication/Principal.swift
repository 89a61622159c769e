import Domain
import Operations

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

  fileprivate var scope: TokenScope {
    switch self {
    case .see: .read
    case .change: .change
    case .lead: .lead
    }
  }
}

/// Who a request comes from.
package enum Principal: Sendable, Hashable {
  case nobody
  /// Whoever sits at the machine of a store without users.
  case local(name: String, login: String)
  case user(User, session: [UInt8])
  case token(AccessToken)
  /// Somebody who opened a link; the name is what was said, once it was.
  case link(ShopLink, name: String?)

  package func may(_ level: ShopPermission, in shop: Shop) -> Bool {
    switch self {
    case .nobody: false
    case .local: true
    case .user(let user, _):
      switch user.role {
      case .admin: true
      case .lead: shop.team.map(user.teams.contains) ?? false
      case .merchant: level < .lead && shop.owner.map { Actor.folded(user.name) == Actor.folded($0) } ?? false
      }
    case .token(let token):
      token.scopes.contains(level.scope)
        && (token.teams.isEmpty || shop.team.map(token.teams.contains) ?? false)
    case .link(let link, _): level < .lead && link.shop == shop.id
    }
  }

  /// Whether shops may be looked over, and the level at which something may be done in those that `may` allows.
  package func mayInShops(_ level: ShopPermission) -> Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _): level < .lead || user.role != .merchant
    case .token(let token): token.scopes.contains(level.scope)
    }
  }

  /// Users, tokens, the whole store.
  package var isAdmin: Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _): user.role == .admin
    case .token(let token): token.scopes.contains(.admin) && token.teams.isEmpty
    }
  }

  /// May make a new shop in a team.
  package func mayAddShop(in team: String?) -> Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _):
      user.role == .admin || user.role == .lead && team.map(user.teams.contains) ?? false
    case .token(let token):
      token.scopes.contains(.lead) && (token.teams.isEmpty || team.map(token.teams.contains) ?? false)
    }
  }

  /// Which shops lists are narrowed to.
  package var reach: (teams: [String]?, owner: String?) {
    switch self {
    case .nobody, .link: ([], nil)
    case .local: (nil, nil)
    case .user(let user, _):
      switch user.role {
      case .admin: (nil, nil)
      case .lead: (user.teams, nil)
      case .merchant: (nil, user.name)
      }
    case .token(let token): (token.teams.isEmpty ? nil : token.teams, nil)
    }
  }

  /// Whether the request proves itself by something that other sites can't make a browser send.
  var isAmbient: Bool {
    switch self {
    case .nobody, .local, .user: true
    case .token, .link: false
    }
  }

  /// Whose idempotency keys a request's are.
  package var key: String {
    switch self {
    case .nobody: "nobody"
    case .local(let name, _): "local:\(name)"
    case .user(let user, _): "user:\(user.name)"
    case .token(let token): "token:\(token.number)"
    case .link(let link, let name): "link:\(link.shop.rawValue):\(link.number):\(name ?? "")"
    }
  }

  /// What changes are recorded under; throws a refusal where a link's opener said no name yet.
  package func actor(through channel: Channel, isLead: Bool) throws(Refusal) -> Actor {
    switch self {
    case .nobody: throw .emptyText(.actor)
    case .local(let name, let login):
      try Actor(name: name, login: login, channel: channel, isLead: isLead)
    case .user(let user, _):
      try Actor(name: user.name, login: "user:\(user.name)", channel: channel, isLead: isLead)
    case .token(let token):
      try Actor(
        name: token.name, login: "token:\(token.number)", channel: channel, isLead: isLead,
        maker: token.maker)
    case .link(let link, let name):
      try Actor(
        name: name ?? "", login: Actor.login(ofLink: link.number), channel: .link, isLead: false,
        maker: link.maker)
    }
  }

  /// What is shown of who is there.
  package var name: String? {
    switch self {
    case .nobody: nil
    case .local(let name, _): name
    case .user(let user, _): user.name
    case .token(let token): token.name
    case .link(_, let name): name
    }
  }
}

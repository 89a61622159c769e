import Domain
import Operations

/// Who sent a request.
package indirect enum Principal: Sendable, Hashable {
  case nobody
  /// The person at the machine, while the store has no users.
  case local(name: String, login: String)
  case user(User, session: [UInt8])
  case token(AccessToken)
  /// Somebody who opened a link. `name` is what they entered, if they have.
  case link(ShopLink, name: String?)

  package func may(_ level: ShopPermission, in shop: Shop) -> Bool {
    switch self {
    case .nobody: false
    case .local: true
    case .user(let user, _): user.may(level, in: shop)
    case .token(let token): token.may(level, in: shop)
    case .link(let link, _): link.may(level, in: shop)
    }
  }

  /// Whether the level is available at all; in which shops, `may(_:in:)` says.
  package func mayInShops(_ level: ShopPermission) -> Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _): user.mayInShops(level)
    case .token(let token): token.mayInShops(level)
    }
  }

  /// May manage users, tokens and the whole store.
  package var isAdmin: Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _): user.isAdmin
    case .token(let token): token.isAdmin
    }
  }

  /// Whether a new shop may be created in a team.
  package func mayAddShop(in team: String?) -> Bool {
    switch self {
    case .nobody, .link: false
    case .local: true
    case .user(let user, _): user.mayAddShop(in: team)
    case .token(let token): token.mayAddShop(in: team)
    }
  }

  /// How lists are restricted: to shops of these teams, or of this owner.
  package var reach: (teams: [String]?, owner: String?) {
    switch self {
    case .nobody, .link: ([], nil)
    case .local: (nil, nil)
    case .user(let user, _): user.reach
    case .token(let token): token.reach
    }
  }

  /// The namespace of idempotency keys.
  package var key: String {
    switch self {
    case .nobody: "nobody"
    case .local(let name, _): "local:\(name)"
    case .user(let user, _): "user:\(user.name)"
    case .token(let token): "token:\(token.number)"
    case .link(let link, let name): "link:\(link.shop.rawValue):\(link.number):\(name ?? "")"
    }
  }

  /// The author of changes. Throws a refusal if a link's user hasn't entered a name yet.
  package func author(through channel: EntryChannel, isLead: Bool) throws(Refusal) -> Author {
    switch self {
    case .nobody: throw .emptyText(.author)
    case .local(let name, let login):
      try Author(name: name, login: login, channel: channel, isLead: isLead)
    case .user(let user, _):
      try Author(name: user.name, login: "user:\(user.name)", channel: channel, isLead: isLead)
    case .token(let token):
      try Author(
        name: token.name, login: "token:\(token.number)", channel: channel, isLead: isLead,
        maker: token.maker)
    case .link(let link, let name):
      try Author(
        name: name ?? "", login: Author.login(ofLink: link.number), channel: .link, isLead: false,
        maker: link.maker)
    }
  }

  /// The name to display.
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

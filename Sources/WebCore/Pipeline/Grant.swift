import Domain
import Operations

/// Who requests a change, as the transaction that makes it sees them: access may have been revoked while the
/// body was received, or while the change waited.
package struct Grant: Sendable {
  package let principal: Principal
  package let now: Moment
  /// Whether the change needs a lead, by the route's requirement or by the shop's current state.
  package let isLead: Bool
  /// The route's shop as the transaction sees it; nil for routes without a shop.
  package let shop: StoredShop?

  init(principal: Principal, now: Moment, isLead: Bool, shop: StoredShop? = nil) {
    self.principal = principal
    self.now = now
    self.isLead = isLead
    self.shop = shop
  }

  /// The author of the change.
  package func author(through channel: EntryChannel) throws(Refusal) -> Author {
    try principal.author(through: channel, isLead: isLead)
  }
}

extension WebRequest {
  /// Checks permission again, in the transaction that makes the change, and locks the route's shop.
  ///
  /// Throws the same `Problem` as the pipeline, or a `StoreError`.
  ///
  /// - Parameter now: taken inside the transaction.
  func grant(in transaction: any StoreWriting, at now: Moment) throws -> Grant {
    try grant(in: transaction, at: now) { try transaction.lockShop($0) }
  }

  /// Checks permission again without changing anything.
  package func grant(in reading: any StoreReading, at now: Moment) throws -> Grant {
    try grant(in: reading, at: now) { try reading.shop($0) }
  }

  private func grant(
    in reading: any StoreReading, at now: Moment, _ stored: (ShopID) throws -> StoredShop?
  ) throws -> Grant {
    // First of all: what the principal may do can change while this waits for the shop's lock.
    var locked: StoredShop?
    if case .shop = route.need, let id = shop?.stored.shop.id { locked = try stored(id) }
    let principal = try principal.revalidated(in: reading, at: now)
    switch route.need {
    case .nothing: return Grant(principal: principal, now: now, isLead: false)
    case .person, .authenticated:
      return Grant(principal: principal, now: now, isLead: principal.mayInShops(.lead))
    case .admin:
      guard principal.isAdmin else { throw Problem.forbidden }
      return Grant(principal: principal, now: now, isLead: true)
    case .metrics: throw Problem.forbidden
    case .shops(let level):
      guard principal.mayInShops(level) else { throw Problem.forbidden }
      return Grant(principal: principal, now: now, isLead: principal.mayInShops(.lead))
    case .shop(let level):
      guard let current = locked else { throw Problem.notFound }
      try principal.require(level, in: current.shop)
      return Grant(
        principal: principal, now: now, isLead: principal.may(.lead, in: current.shop), shop: current)
    }
  }
}

extension Principal {
  /// The principal in its current state. Throws a problem if its credential has ended, or a `StoreError`.
  func revalidated(in reading: any PeopleReading, at now: Moment) throws -> Principal {
    switch self {
    case .nobody: return self
    case .local:
      guard try reading.countUsers() == 0 else { throw Problem.signIn }
      return self
    case .user(_, let digest):
      guard let session = try reading.session(digest), now < session.expiresAt,
        let user = try reading.user(named: session.user), !user.isDisabled
      else { throw Problem.signIn }
      return .user(user, session: digest)
    case .token(let old):
      guard let token = try reading.token(old.digest), token.revokedAt == nil, now < token.expiresAt else {
        throw Problem.signIn
      }
      return .token(token)
    case .link(let old, let name):
      guard let link = try reading.link(old.digest) else { throw Problem.notFound }
      guard link.revokedAt == nil, now < link.expiresAt else { throw Problem.linkEnded }
      return .link(link, name: name)
    }
  }

  /// Throws a problem if the level isn't allowed: `forbidden` if the shop may at least be seen, otherwise
  /// `notFound`.
  package func require(_ level: ShopPermission, in shop: Shop) throws(Problem) {
    if may(level, in: shop) { return }
    throw ShopPermission.allCases.contains { may($0, in: shop) } ? .forbidden : .notFound
  }
}

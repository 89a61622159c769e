import Domain

/// The links and tokens that are usable at a moment, with the people responsible for them.
package struct ActiveCredentials: Sendable, Hashable {
  /// By the person responsible, then by shop and number.
  package let links: [ShopLink]
  /// By the person responsible, then by number.
  package let tokens: [AccessToken]

  package init(links: [ShopLink] = [], tokens: [AccessToken] = []) {
    self.links = links
    self.tokens = tokens
  }

  package var count: CredentialCount { CredentialCount(links: links.count, tokens: tokens.count) }
}

/// Looks up links and tokens that are still usable.
package struct ReadCredentials: Sendable {
  private let now: Moment

  package init(now: Moment) { self.now = now }

  /// Throws `AccessRefusal.unknownUser` for a name that is neither a user's nor anybody's responsible for a
  /// link or token, or a `StoreError`.
  ///
  /// - Parameter maker: only those that this person is responsible for; nil: all.
  package func callAsFunction(of maker: String? = nil, in reading: any PeopleReading) throws
    -> ActiveCredentials
  {
    let wanted = maker.map(Author.folded)
    var isKnown = try maker.map { try reading.user(named: $0) != nil } ?? true
    var links: [(maker: String, link: ShopLink)] = []
    var tokens: [(maker: String, token: AccessToken)] = []
    try reading.forEachLink { link in
      let folded = Author.folded(link.maker)
      if wanted != nil, folded != wanted { return }
      isKnown = true
      if link.isLive(at: now) { links.append((folded, link)) }
    }
    try reading.forEachToken { token in
      let folded = Author.folded(token.maker)
      if wanted != nil, folded != wanted { return }
      isKnown = true
      if token.isLive(at: now) { tokens.append((folded, token)) }
    }
    if let maker, !isKnown { _ = try reading.requireUser(maker) }
    return ActiveCredentials(
      links: links.sorted {
        ($0.maker, $0.link.shop.rawValue, $0.link.number) < ($1.maker, $1.link.shop.rawValue, $1.link.number)
      }.map(\.link),
      tokens: tokens.sorted { ($0.maker, $0.token.number) < ($1.maker, $1.token.number) }.map(\.token))
  }

  /// Counts per person, keyed by `Author.folded` name.
  package func counts(in reading: any PeopleReading) throws -> [String: CredentialCount] {
    var counts: [String: CredentialCount] = [:]
    try reading.forEachLink { link in
      if link.isLive(at: now) { counts[Author.folded(link.maker), default: CredentialCount()].links += 1 }
    }
    try reading.forEachToken { token in
      if token.isLive(at: now) { counts[Author.folded(token.maker), default: CredentialCount()].tokens += 1 }
    }
    return counts
  }
}

package struct CredentialCount: Sendable, Hashable {
  package var links = 0
  package var tokens = 0

  package init(links: Int = 0, tokens: Int = 0) {
    self.links = links
    self.tokens = tokens
  }

  package var isEmpty: Bool { links == 0 && tokens == 0 }
}

extension StoreWriting {
  /// Revokes a link by an event in its shop.
  func revoke(_ link: ShopLink, by author: Author, now: Moment) throws {
    var ledger = ShopLedger(try requireLocked(link.shop), runs: [], in: self, by: author, now: now)
    try ledger.record(.linkRevoked(number: link.number))
    try ledger.save()
    try revokeLink(link.number, of: link.shop, at: now)
  }

  /// Revokes a token and logs that.
  func revoke(_ token: AccessToken, by author: Author, address: String?, now: Moment) throws {
    try revokeToken(token.number, at: now)
    try log(
      AuditEvent(
        kind: .tokenRevoked, at: now, subject: token.subject, by: author.name, address: address))
  }
}

extension AccessToken {
  /// The name of the token in the access log.
  var subject: String { "\(number) \(name)" }
}

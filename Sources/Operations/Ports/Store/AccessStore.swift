import Domain

/// What somebody who signs in may do.
package enum Role: String, Sendable, CaseIterable {
  /// The shops whose owner has this person's name.
  case merchant
  /// The shops of the person's teams, and what only leads do in them.
  case lead
  /// Everything, in all shops.
  case admin
}

/// Somebody who signs in with a name and a password.
package struct User: Sendable, Hashable {
  /// As given, trimmed and composed (NFC); compared like an actor's name.
  package let name: String
  /// What it may do.
  package var role: Role
  /// Which teams' shops a lead leads; of no meaning for others.
  package var teams: [String]
  /// A disabled user can't sign in, and has no sessions.
  package var isDisabled: Bool
  /// What `Password.stored` made of the password.
  package var password: String
  /// Somebody else chose the password: another has to be chosen at the next sign-in.
  package var mustChangePassword: Bool
  /// When it was added.
  package let createdAt: Moment

  package init(
    name: String, role: Role, teams: [String] = [], isDisabled: Bool = false, password: String,
    mustChangePassword: Bool = false, createdAt: Moment
  ) {
    self.name = name
    self.role = role
    self.teams = teams
    self.isDisabled = isDisabled
    self.password = password
    self.mustChangePassword = mustChangePassword
    self.createdAt = createdAt
  }
}

/// A signed-in browser. The cookie's secret itself isn't kept.
package struct LoginSession: Sendable, Hashable {
  /// SHA-256 of the cookie's secret.
  package let digest: [UInt8]
  /// Whose it is.
  package let user: String
  /// When it signed in.
  package let createdAt: Moment
  /// It is of no use from then on.
  package let expiresAt: Moment

  package init(digest: [UInt8], user: String, createdAt: Moment, expiresAt: Moment) {
    self.digest = digest
    self.user = user
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}

/// What a token may be used for.
package enum TokenScope: String, Sendable, CaseIterable {
  case read
  /// What a merchant does: ticks and the like, steps of a switch.
  case change
  /// What only leads do.
  case lead
  /// Users, tokens, the whole store.
  case admin
  /// The figures for monitoring alone.
  case metrics
}

/// A script's key to the API. The secret itself isn't kept.
package struct AccessToken: Sendable, Hashable {
  /// From 1, never used again.
  package let number: Int
  /// What changes made with it are recorded under.
  package let name: String
  /// SHA-256 of the secret.
  package let digest: [UInt8]
  /// What it may be used for.
  package let scopes: [TokenScope]
  /// Only these teams' shops; empty: all.
  package let teams: [String]
  /// Who made it.
  package let createdBy: String
  /// The person behind it: who made it, or where a token did, who made the token.
  package let maker: String
  /// When it was made.
  package let createdAt: Moment
  /// It is of no use from then on.
  package let expiresAt: Moment
  /// When somebody ended it; nil: nobody did.
  package var revokedAt: Moment?
  /// When it was last used, to the hour or so; nil: not since that is noted.
  package var lastUsedAt: Moment?

  package init(
    number: Int, name: String, digest: [UInt8], scopes: [TokenScope], teams: [String], createdBy: String,
    maker: String? = nil, createdAt: Moment, expiresAt: Moment, revokedAt: Moment? = nil,
    lastUsedAt: Moment? = nil
  ) {
    self.number = number
    self.name = name
    self.digest = digest
    self.scopes = scopes
    self.teams = teams
    self.createdBy = createdBy
    self.maker = maker ?? createdBy
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.lastUsedAt = lastUsedAt
  }

  /// Whether it opens something at a moment.
  func isLive(at moment: Moment) -> Bool { revokedAt == nil && moment < expiresAt }
}

/// A link that opens one shop without an account. The secret itself isn't kept.
package struct ShopLink: Sendable, Hashable {
  /// From 1 in its shop; events name it so.
  package let number: Int
  /// What it opens.
  package let shop: ShopID
  /// SHA-256 of the secret.
  package let digest: [UInt8]
  /// Who made it.
  package let createdBy: String
  /// The person behind it: who made it, or where a token did, who made the token.
  package let maker: String
  /// When it was made.
  package let createdAt: Moment
  /// It opens nothing from then on.
  package let expiresAt: Moment
  /// When somebody ended it; nil: nobody did.
  package var revokedAt: Moment?
  /// When it was last used, to the hour or so; nil: not since that is noted.
  package var lastUsedAt: Moment?

  package init(
    number: Int, shop: ShopID, digest: [UInt8], createdBy: String, maker: String? = nil, createdAt: Moment,
    expiresAt: Moment, revokedAt: Moment? = nil, lastUsedAt: Moment? = nil
  ) {
    self.number = number
    self.shop = shop
    self.digest = digest
    self.createdBy = createdBy
    self.maker = maker ?? createdBy
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.lastUsedAt = lastUsedAt
  }

  /// Whether it opens something at a moment.
  func isLive(at moment: Moment) -> Bool { revokedAt == nil && moment < expiresAt }
}

/// A file that was given as proof in a shop.
package struct KeptFile: Sendable, Hashable {
  /// Where it was given.
  package let shop: ShopID
  /// Lower-case hex.
  package let sha256: String
  /// In bytes.
  package let size: Int64
  /// As the sender called it.
  package let name: String
  /// What it is served as.
  package let mediaType: String
  /// When it was given.
  package let keptAt: Moment
  /// Who gave it.
  package let keptBy: String
  /// The number of the link by which it came in; nil where it came otherwise.
  package let keptByLink: Int?
  /// The content is gone since; the digest stays.
  package var deletedAt: Moment?

  package init(
    shop: ShopID, sha256: String, size: Int64, name: String, mediaType: String, keptAt: Moment,
    keptBy: String, keptByLink: Int? = nil, deletedAt: Moment? = nil
  ) {
    self.shop = shop
    self.sha256 = sha256
    self.size = size
    self.name = name
    self.mediaType = mediaType
    self.keptAt = keptAt
    self.keptBy = keptBy
    self.keptByLink = keptByLink
    self.deletedAt = deletedAt
  }
}

/// What was answered to a request with an idempotency key, so that the same request gets the same answer.
package struct IdempotencyRecord: Sendable, Hashable {
  /// Whose key it is: keys of different people don't meet.
  package let principal: String
  /// As the request gave it.
  package let key: String
  /// SHA-256 over what was asked: the same key for something else is refused.
  package let request: [UInt8]
  /// An HTTP status.
  package let status: Int
  /// As it was sent.
  package let body: [UInt8]
  /// When it was given.
  package let at: Moment

  package init(principal: String, key: String, request: [UInt8], status: Int, body: [UInt8], at: Moment) {
    self.principal = principal
    self.key = key
    self.request = request
    self.status = status
    self.body = body
    self.at = at
  }
}

/// Something in the log of sign-ins, users and tokens.
package struct AccessEvent: Sendable, Hashable {
  /// What can happen.
  package enum Kind: String, Sendable, CaseIterable {
    case signedIn = "signed-in"
    case signInRefused = "sign-in-refused"
    case signInThrottled = "sign-in-throttled"
    case signedOut = "signed-out"
    case sessionsEnded = "sessions-ended"
    case passwordChanged = "password-changed"
    case userAdded = "user-added"
    case userDisabled = "user-disabled"
    case userEnabled = "user-enabled"
    case userReset = "user-reset"
    case userChanged = "user-changed"
    case tokenCreated = "token-created"
    case tokenRevoked = "token-revoked"
  }

  /// What happened.
  package let kind: Kind
  /// When it happened.
  package let at: Moment
  /// Which user or token it is about.
  package let subject: String
  /// Who did it.
  package let by: String
  /// The network address it came from; nil on the command line.
  package let address: String?
  /// How often it happened, where one entry stands for several attempts.
  package let attempts: Int

  package init(
    kind: Kind, at: Moment, subject: String, by: String, address: String? = nil, attempts: Int = 1
  ) {
    self.kind = kind
    self.at = at
    self.subject = subject
    self.by = by
    self.address = address
    self.attempts = attempts
  }
}

/// Who may use the store over the network. Every call may throw a `StoreError`.
package protocol AccessReading {
  /// Found however the name is written: trimmed, composed, without case.
  func user(named name: String) throws -> User?
  /// By name.
  func forEachUser(_ body: (User) throws -> Void) throws
  func countUsers() throws -> Int
  func session(_ digest: [UInt8]) throws -> LoginSession?
  /// Those that haven't ended at a moment.
  func countSessions(of user: String, at moment: Moment) throws -> Int
  func token(_ digest: [UInt8]) throws -> AccessToken?
  /// By number.
  func forEachToken(_ body: (AccessToken) throws -> Void) throws
  func link(_ digest: [UInt8]) throws -> ShopLink?
  /// By number.
  func links(of shop: ShopID) throws -> [ShopLink]
  /// Of all shops, by shop and number.
  func forEachLink(_ body: (ShopLink) throws -> Void) throws
  func file(_ sha256: String, of shop: ShopID) throws -> KeptFile?
  /// The oldest first.
  func files(of shop: ShopID) throws -> [KeptFile]
  /// How many there are whose content isn't deleted, and how many bytes that is.
  func keptFiles(of shop: ShopID) throws -> (count: Int, bytes: Int64)
  /// Nil when it was deleted, or never kept.
  func content(ofFile sha256: String, of shop: ShopID) throws -> [UInt8]?
  /// Of all shops, by shop and digest, with what isn't deleted.
  func forEachFile(_ body: (KeptFile, _ content: [UInt8]?) throws -> Void) throws
  func answer(to key: String, of principal: String) throws -> IdempotencyRecord?
  /// The newest first, each with its number; those below `before` when it is given.
  func accessEvents(before: Int?, limit: Int) throws -> [(number: Int, event: AccessEvent)]
  /// The oldest first.
  func forEachAccessEvent(_ body: (AccessEvent) throws -> Void) throws
}

/// What can be changed of that.
package protocol AccessWriting {
  func insert(_ user: User) throws
  func save(_ user: User) throws
  func insert(_ session: LoginSession) throws
  func endSession(_ digest: [UInt8]) throws
  func endSessions(of user: String) throws
  /// Removes what has ended before a moment.
  func removeSessions(endedBefore moment: Moment) throws
  /// The number that it gets.
  func nextTokenNumber() throws -> Int
  func insert(_ token: AccessToken) throws
  func revokeToken(_ number: Int, at moment: Moment) throws
  /// Unchanged where a later use is noted.
  func noteUse(ofToken number: Int, at moment: Moment) throws
  func insert(_ link: ShopLink) throws
  func revokeLink(_ number: Int, of shop: ShopID, at moment: Moment) throws
  /// Unchanged where a later use is noted.
  func noteUse(ofLink number: Int, of shop: ShopID, at moment: Moment) throws
  /// Unchanged when the shop has the same content already; content that was deleted is kept again.
  func keep(_ file: KeptFile, content: [UInt8]) throws
  /// As an export has it, for a shop that doesn't have it; the content is nil where it was deleted.
  func insert(_ file: KeptFile, content: [UInt8]?) throws
  /// Removes the content; its row stays.
  func deleteContent(ofFile sha256: String, of shop: ShopID, at moment: Moment) throws
  func keep(_ answer: IdempotencyRecord) throws
  func removeAnswers(keptBefore moment: Moment) throws
  func log(_ event: AccessEvent) throws
  func removeAccessEvents(of kinds: [AccessEvent.Kind], before moment: Moment) throws
}

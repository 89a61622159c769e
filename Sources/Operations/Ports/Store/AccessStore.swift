import Domain

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
  func auditEvents(before: Int?, limit: Int) throws -> [(number: Int, event: AuditEvent)]
  /// The oldest first.
  func forEachAuditEvent(_ body: (AuditEvent) throws -> Void) throws
}

extension AccessReading {
  /// By name.
  package func users() throws -> [User] {
    var users: [User] = []
    try forEachUser { users.append($0) }
    return users
  }

  /// By number.
  package func tokens() throws -> [AccessToken] {
    var tokens: [AccessToken] = []
    try forEachToken { tokens.append($0) }
    return tokens
  }
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
  func log(_ event: AuditEvent) throws
  func removeAuditEvents(of kinds: [AuditEvent.Kind], before moment: Moment) throws
}

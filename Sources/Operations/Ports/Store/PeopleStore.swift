import Domain

/// Who may use the store over the network, and what belongs to that. Every call may throw a `StoreError`.
package protocol PeopleReading {
  /// Compares names by `Author.folded`.
  func user(named name: String) throws -> User?
  /// By name.
  func forEachUser(_ body: (User) throws -> Void) throws
  func countUsers() throws -> Int
  func session(_ digest: [UInt8]) throws -> LoginSession?
  /// Sessions that haven't expired at a moment.
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
  /// Oldest first.
  func files(of shop: ShopID) throws -> [KeptFile]
  /// The number and total size in bytes of files whose content isn't deleted.
  func keptFiles(of shop: ShopID) throws -> (count: Int, bytes: Int64)
  /// Nil if the content was deleted or never stored.
  func content(ofFile sha256: String, of shop: ShopID) throws -> [UInt8]?
  /// Of all shops, by shop and digest; `content` is nil if it was deleted.
  func forEachFile(_ body: (KeptFile, _ content: [UInt8]?) throws -> Void) throws
  func answer(to key: String, of principal: String) throws -> IdempotencyRecord?
  /// Newest first, at most `limit`; only those numbered below `before`, if given.
  func auditEvents(before: Int?, limit: Int) throws -> [(number: Int, event: AuditEvent)]
  /// Oldest first.
  func forEachAuditEvent(_ body: (AuditEvent) throws -> Void) throws
}

extension PeopleReading {
  /// Sorted by name.
  package func users() throws -> [User] {
    var users: [User] = []
    try forEachUser { users.append($0) }
    return users
  }

  /// Sorted by number.
  package func tokens() throws -> [AccessToken] {
    var tokens: [AccessToken] = []
    try forEachToken { tokens.append($0) }
    return tokens
  }
}

/// Changes to what `PeopleReading` reads. Every call may throw a `StoreError`.
package protocol PeopleWriting {
  /// Keeps others from changing who may do what until the transaction ends. Has to come before anything that is
  /// decided about users, sessions and tokens is read.
  func lockPeople() throws
  func insert(_ user: User) throws
  func save(_ user: User) throws
  func insert(_ session: LoginSession) throws
  func endSession(_ digest: [UInt8]) throws
  func endSessions(of user: String) throws
  /// Removes sessions that expired before a moment.
  func removeSessions(endedBefore moment: Moment) throws
  /// The number for the next token to insert.
  func nextTokenNumber() throws -> Int
  func insert(_ token: AccessToken) throws
  func revokeToken(_ number: Int, at moment: Moment) throws
  /// Does nothing if a later use is recorded.
  func noteUse(ofToken number: Int, at moment: Moment) throws
  func insert(_ link: ShopLink) throws
  func revokeLink(_ number: Int, of shop: ShopID, at moment: Moment) throws
  /// Does nothing if a later use is recorded.
  func noteUse(ofLink number: Int, of shop: ShopID, at moment: Moment) throws
  /// Does nothing if the shop has the same content already. Content that was deleted is stored again.
  func keep(_ file: KeptFile, content: [UInt8]) throws
  /// Inserts a file from an export, which the shop must not have yet. `content` is nil if it was deleted.
  func insert(_ file: KeptFile, content: [UInt8]?) throws
  /// The file's row stays.
  func deleteContent(ofFile sha256: String, of shop: ShopID, at moment: Moment) throws
  /// Like `answer`, and locks it, so that a COMMIT that acknowledges it once more waits for what the first one had to
  /// wait for.
  func lockAnswer(to key: String, of principal: String) throws -> IdempotencyRecord?
  func keep(_ answer: IdempotencyRecord) throws
  func removeAnswers(keptBefore moment: Moment) throws
  func log(_ event: AuditEvent) throws
  func removeAuditEvents(of kinds: [AuditEvent.Kind], before moment: Moment) throws
}

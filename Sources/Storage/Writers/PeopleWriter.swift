import Domain
import Operations

extension ShopTransaction: PeopleWriting {
  func lockPeople() throws { try lockNumbers(of: .people) }

  func insert(_ user: User) throws {
    try connection.run(
      """
      INSERT INTO user_account (folded, name, role, teams, disabled, password, must_change, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """, values(of: user) + [.moment(user.createdAt)])
  }

  func save(_ user: User) throws {
    try connection.run(
      """
      UPDATE user_account SET name = $2, role = $3, teams = $4, disabled = $5, password = $6, must_change = $7
      WHERE folded = $1
      """, values(of: user))
  }

  /// `folded` to `must_change`.
  private func values(of user: User) -> [SQLValue] {
    [
      .text(Author.folded(user.name)), .text(user.name), .text(user.role.rawValue),
      .text(NameList.text(user.teams)), .flag(user.isDisabled), .text(user.password),
      .flag(user.mustChangePassword),
    ]
  }

  func insert(_ stored: LoginSession) throws {
    try connection.run(
      "INSERT INTO web_session (digest, user_folded, created_at, expires_at) VALUES ($1, $2, $3, $4)",
      [
        .bytes(stored.digest), .text(Author.folded(stored.user)), .moment(stored.createdAt),
        .moment(stored.expiresAt),
      ])
  }

  func endSession(_ digest: [UInt8]) throws {
    try connection.run("DELETE FROM web_session WHERE digest = $1", [.bytes(digest)])
  }

  func endSessions(of user: String) throws {
    try connection.run("DELETE FROM web_session WHERE user_folded = $1", [.text(Author.folded(user))])
  }

  func removeSessions(endedBefore moment: Moment) throws {
    try connection.run("DELETE FROM web_session WHERE expires_at < $1", [.moment(moment)])
  }

  func nextTokenNumber() throws -> Int {
    try lockNumbers(of: .tokens)
    let newest = try connection.first("SELECT COALESCE(MAX(number), 0) FROM access_token", []) {
      try $0.count(0)
    }
    return (newest ?? 0) + 1
  }

  func insert(_ token: AccessToken) throws {
    try connection.run(
      """
      INSERT INTO access_token (number, name, digest, scopes, teams, created_by, created_at, expires_at,
        revoked_at, maker, last_used_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .integer(token.number), .text(token.name), .bytes(token.digest),
        .text(NameList.text(token.scopes.map(\.rawValue))), .text(NameList.text(token.teams)),
        .text(token.createdBy), .moment(token.createdAt), .moment(token.expiresAt),
        .optional(token.revokedAt), .optional(token.maker == token.createdBy ? nil : token.maker),
        .optional(token.lastUsedAt),
      ])
  }

  func revokeToken(_ number: Int, at moment: Moment) throws {
    try connection.run(
      "UPDATE access_token SET revoked_at = $2 WHERE number = $1 AND revoked_at IS NULL",
      [.integer(number), .moment(moment)])
  }

  func noteUse(ofToken number: Int, at moment: Moment) throws {
    try connection.run(
      """
      UPDATE access_token SET last_used_at = $2
      WHERE number = $1 AND (last_used_at < $2 OR last_used_at IS NULL)
      """, [.integer(number), .moment(moment)])
  }

  func insert(_ link: ShopLink) throws {
    try connection.run(
      """
      INSERT INTO shop_link (shop, number, digest, created_by, created_at, expires_at, revoked_at, maker,
        last_used_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .text(link.shop.rawValue), .integer(link.number), .bytes(link.digest), .text(link.createdBy),
        .moment(link.createdAt), .moment(link.expiresAt), .optional(link.revokedAt),
        .optional(link.maker == link.createdBy ? nil : link.maker), .optional(link.lastUsedAt),
      ])
  }

  func revokeLink(_ number: Int, of shop: ShopID, at moment: Moment) throws {
    try connection.run(
      "UPDATE shop_link SET revoked_at = $3 WHERE shop = $1 AND number = $2 AND revoked_at IS NULL",
      [.text(shop.rawValue), .integer(number), .moment(moment)])
  }

  func noteUse(ofLink number: Int, of shop: ShopID, at moment: Moment) throws {
    try connection.run(
      """
      UPDATE shop_link SET last_used_at = $3
      WHERE shop = $1 AND number = $2 AND (last_used_at < $3 OR last_used_at IS NULL)
      """, [.text(shop.rawValue), .integer(number), .moment(moment)])
  }

  func keep(_ file: KeptFile, content: [UInt8]) throws {
    try connection.run(
      """
      INSERT INTO kept_file (shop, sha256, size, name, media_type, kept_at, kept_by, content, kept_link)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (shop, sha256) DO UPDATE SET name = excluded.name, media_type = excluded.media_type,
        kept_at = excluded.kept_at, kept_by = excluded.kept_by, kept_link = excluded.kept_link,
        deleted_at = NULL, content = excluded.content
      WHERE kept_file.deleted_at IS NOT NULL
      """,
      [
        .text(file.shop.rawValue), .text(file.sha256), .integer(file.size), .text(file.name),
        .text(file.mediaType), .moment(file.keptAt), .text(file.keptBy), .bytes(content),
        .optional(file.keptByLink),
      ])
  }

  func insert(_ file: KeptFile, content: [UInt8]?) throws {
    try connection.run(
      """
      INSERT INTO kept_file (shop, sha256, size, name, media_type, kept_at, kept_by, deleted_at, content,
        kept_link)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .text(file.shop.rawValue), .text(file.sha256), .integer(file.size), .text(file.name),
        .text(file.mediaType), .moment(file.keptAt), .text(file.keptBy), .optional(file.deletedAt),
        content.map { .bytes($0) } ?? .null, .optional(file.keptByLink),
      ])
  }

  func deleteContent(ofFile sha256: String, of shop: ShopID, at moment: Moment) throws {
    try connection.run(
      """
      UPDATE kept_file SET content = NULL, deleted_at = $3
      WHERE shop = $1 AND sha256 = $2 AND deleted_at IS NULL
      """, [.text(shop.rawValue), .text(sha256), .moment(moment)])
  }

  func lockAnswer(to key: String, of principal: String) throws -> IdempotencyRecord? {
    if Connection.locksRows {
      let isThere = try connection.first(
        "SELECT 1 FROM kept_answer WHERE principal = $1 AND request_key = $2 FOR UPDATE",
        [.text(principal), .text(key)]
      ) { _ in true }
      if isThere == nil { return nil }
    }
    return try answer(to: key, of: principal)
  }

  func keep(_ answer: IdempotencyRecord) throws {
    try connection.run(
      """
      INSERT INTO kept_answer (principal, request_key, request, status, body, at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .text(answer.principal), .text(answer.key), .bytes(answer.request), .integer(answer.status),
        .bytes(answer.body), .moment(answer.at),
      ])
  }

  func removeAnswers(keptBefore moment: Moment) throws {
    try connection.run("DELETE FROM kept_answer WHERE at < $1", [.moment(moment)])
  }

  func log(_ event: AuditEvent) throws {
    try lockNumbers(of: .auditEvents)
    try connection.run(
      """
      INSERT INTO access_log (number, kind, at, subject, by_name, address, attempts)
      SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6 FROM access_log
      """,
      [
        .text(event.kind.rawValue), .moment(event.at), .text(event.subject), .text(event.by),
        .optional(event.address), .integer(event.attempts),
      ])
  }

  func removeAuditEvents(of kinds: [AuditEvent.Kind], before moment: Moment) throws {
    for kind in kinds {
      try connection.run(
        "DELETE FROM access_log WHERE kind = $1 AND at < $2", [.text(kind.rawValue), .moment(moment)])
    }
  }
}

extension ShopTransaction {
  /// What is numbered from 1 on over the whole store.
  enum Numbered: Int64 {
    case definitions = 1
    case tokens
    case auditEvents
    /// Who may do what, which is decided about as a whole.
    case people
    case definitionFolders
  }

  /// Keeps others from drawing a number of the kind until the transaction ends.
  func lockNumbers(of kind: Numbered) throws {
    guard Connection.locksRows else { return }
    // The first number tells these locks from other programs': the letters "swli".
    try connection.query(
      "SELECT pg_advisory_xact_lock(CAST(1937206377 AS INTEGER), CAST($1 AS INTEGER))",
      [.integer(kind.rawValue)]
    ) { _ in }
  }
}

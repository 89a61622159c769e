import Domain
import Operations

extension ShopTransaction: PeopleReading {
  func user(named name: String) throws -> User? {
    try connection.first(
      """
      SELECT name, role, teams, disabled, password, must_change, created_at
      FROM user_account WHERE folded = $1
      """, [.text(Author.folded(name))]
    ) { try User($0) }
  }

  func forEachUser(_ body: (User) throws -> Void) throws {
    try connection.stream(
      """
      SELECT name, role, teams, disabled, password, must_change, created_at
      FROM user_account ORDER BY folded
      """, []
    ) { row in try body(User(row)) }
  }

  func countUsers() throws -> Int {
    try connection.first("SELECT COUNT(*) FROM user_account", []) { try $0.count(0) } ?? 0
  }

  func countSessions(of user: String, at moment: Moment) throws -> Int {
    try connection.first(
      "SELECT COUNT(*) FROM web_session WHERE user_folded = $1 AND expires_at > $2",
      [.text(Author.folded(user)), .moment(moment)]
    ) { try $0.count(0) } ?? 0
  }

  func session(_ digest: [UInt8]) throws -> LoginSession? {
    try connection.first(
      """
      SELECT s.digest, u.name, s.created_at, s.expires_at
      FROM web_session s JOIN user_account u ON u.folded = s.user_folded
      WHERE s.digest = $1
      """, [.bytes(digest)]
    ) { row in
      LoginSession(
        digest: row.bytes(0), user: row.text(1), createdAt: row.moment(2), expiresAt: row.moment(3))
    }
  }

  func token(_ digest: [UInt8]) throws -> AccessToken? {
    try connection.first(
      """
      SELECT number, name, digest, scopes, teams, created_by, created_at, expires_at, revoked_at,
        maker, last_used_at
      FROM access_token WHERE digest = $1
      """, [.bytes(digest)]
    ) { try AccessToken($0) }
  }

  func forEachToken(_ body: (AccessToken) throws -> Void) throws {
    try connection.stream(
      """
      SELECT number, name, digest, scopes, teams, created_by, created_at, expires_at, revoked_at,
        maker, last_used_at
      FROM access_token ORDER BY number
      """, []
    ) { row in try body(AccessToken(row)) }
  }

  func link(_ digest: [UInt8]) throws -> ShopLink? {
    try connection.first(
      """
      SELECT number, shop, digest, created_by, created_at, expires_at, revoked_at,
        maker, last_used_at
      FROM shop_link WHERE digest = $1
      """, [.bytes(digest)]
    ) { try ShopLink($0) }
  }

  func links(of shop: ShopID) throws -> [ShopLink] {
    var links: [ShopLink] = []
    try connection.query(
      """
      SELECT number, shop, digest, created_by, created_at, expires_at, revoked_at,
        maker, last_used_at
      FROM shop_link WHERE shop = $1 ORDER BY number
      """, [.text(shop.rawValue)]
    ) { row in links.append(try ShopLink(row)) }
    return links
  }

  func forEachLink(_ body: (ShopLink) throws -> Void) throws {
    try connection.stream(
      """
      SELECT number, shop, digest, created_by, created_at, expires_at, revoked_at,
        maker, last_used_at
      FROM shop_link ORDER BY shop, number
      """, []
    ) { row in try body(ShopLink(row)) }
  }

  func forEachFile(_ body: (KeptFile, _ content: [UInt8]?) throws -> Void) throws {
    try connection.stream(
      """
      SELECT shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at, content
      FROM kept_file ORDER BY shop, sha256
      """, []
    ) { row in
      let file = KeptFile(row)
      try body(file, file.deletedAt == nil ? row.bytes(9) : nil)
    }
  }

  func forEachAuditEvent(_ body: (AuditEvent) throws -> Void) throws {
    try connection.stream(
      "SELECT number, kind, at, subject, by_name, address, attempts FROM access_log ORDER BY number", []
    ) { row in try body(AuditEvent(row)) }
  }

  func file(_ sha256: String, of shop: ShopID) throws -> KeptFile? {
    try connection.first(
      """
      SELECT shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at
      FROM kept_file WHERE shop = $1 AND sha256 = $2
      """, [.text(shop.rawValue), .text(sha256)]
    ) { KeptFile($0) }
  }

  func files(of shop: ShopID) throws -> [KeptFile] {
    var files: [KeptFile] = []
    try connection.query(
      """
      SELECT shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at
      FROM kept_file WHERE shop = $1 ORDER BY kept_at, sha256
      """, [.text(shop.rawValue)]
    ) { row in files.append(KeptFile(row)) }
    return files
  }

  func keptFiles(of shop: ShopID) throws -> (count: Int, bytes: Int64) {
    let kept = try connection.first(
      "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM kept_file WHERE shop = $1 AND deleted_at IS NULL",
      [.text(shop.rawValue)]
    ) { row in (Int(row.integer(0)), row.integer(1)) }
    return kept ?? (0, 0)
  }

  func content(ofFile sha256: String, of shop: ShopID) throws -> [UInt8]? {
    try connection.first(
      "SELECT content FROM kept_file WHERE shop = $1 AND sha256 = $2 AND content IS NOT NULL",
      [.text(shop.rawValue), .text(sha256)]
    ) { row in row.bytes(0) }
  }

  func answer(to key: String, of principal: String) throws -> IdempotencyRecord? {
    try connection.first(
      "SELECT request, status, body, at FROM kept_answer WHERE principal = $1 AND request_key = $2",
      [.text(principal), .text(key)]
    ) { row in
      IdempotencyRecord(
        principal: principal, key: key, request: row.bytes(0), status: try row.count(1),
        body: row.bytes(2), at: row.moment(3))
    }
  }

  func auditEvents(before: Int?, limit: Int) throws -> [(number: Int, event: AuditEvent)] {
    var events: [(number: Int, event: AuditEvent)] = []
    try connection.query(
      """
      SELECT number, kind, at, subject, by_name, address, attempts
      FROM access_log WHERE number < $1 ORDER BY number DESC LIMIT $2
      """, [.integer(before.map(Int64.init) ?? .max), .integer(limit)]
    ) { row in events.append((try row.count(0), try AuditEvent(row))) }
    return events
  }
}

import Domain
import Operations

/// Lists of names in a column, separated by line feeds, which names can't contain.
enum NameList {
  static func text(_ names: [String]) -> String { names.joined(separator: "\n") }

  static func names(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}

extension User {
  /// `name, role, teams, disabled, password, must_change, created_at`.
  init(_ row: some SQLRow) throws {
    guard let role = Role(rawValue: row.text(1)) else { throw CorruptRow(detail: "role '\(row.text(1))'") }
    self.init(
      name: row.text(0), role: role, teams: NameList.names(row.text(2)), isDisabled: row.flag(3),
      password: row.text(4), mustChangePassword: row.flag(5), createdAt: row.moment(6))
  }
}

extension AccessToken {
  /// `number, name, digest, scopes, teams, created_by, created_at, expires_at, revoked_at, maker, last_used_at`.
  init(_ row: some SQLRow) throws {
    let scopes = try NameList.names(row.text(3)).map { name in
      guard let scope = TokenScope(rawValue: name) else { throw CorruptRow(detail: "scope '\(name)'") }
      return scope
    }
    self.init(
      number: try row.count(0), name: row.text(1), digest: row.bytes(2), scopes: scopes,
      teams: NameList.names(row.text(4)), createdBy: row.text(5), maker: row.optionalText(9),
      createdAt: row.moment(6), expiresAt: row.moment(7), revokedAt: row.optionalMoment(8),
      lastUsedAt: row.optionalMoment(10))
  }
}

extension ShopLink {
  /// `number, shop, digest, created_by, created_at, expires_at, revoked_at, maker, last_used_at`.
  init(_ row: some SQLRow) throws {
    self.init(
      number: try row.count(0), shop: ShopID(trusted: row.text(1)), digest: row.bytes(2),
      createdBy: row.text(3), maker: row.optionalText(7), createdAt: row.moment(4),
      expiresAt: row.moment(5), revokedAt: row.optionalMoment(6), lastUsedAt: row.optionalMoment(8))
  }
}

extension KeptFile {
  /// `shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at`.
  init(_ row: some SQLRow) {
    self.init(
      shop: ShopID(trusted: row.text(0)), sha256: row.text(1), size: row.integer(2), name: row.text(3),
      mediaType: row.text(4), keptAt: row.moment(5), keptBy: row.text(6),
      keptByLink: row.optionalInteger(7), deletedAt: row.optionalMoment(8))
  }
}

extension AuditEvent {
  /// `kind, at, subject, by_name, address, attempts`, from the second column on.
  init(_ row: some SQLRow) throws {
    guard let kind = Kind(rawValue: row.text(1)) else { throw CorruptRow(detail: "kind '\(row.text(1))'") }
    self.init(
      kind: kind, at: row.moment(2), subject: row.text(3), by: row.text(4), address: row.optionalText(5),
      attempts: try row.count(6))
  }
}

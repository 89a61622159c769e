/// What a token may be used for.
package enum TokenScope: String, Sendable, CaseIterable {
  case read
  /// What a merchant may do: changes to items, and steps of a switch.
  case change
  /// What otherwise only leads may do.
  case lead
  /// Users, tokens and the whole store.
  case admin
  /// Only the figures for monitoring.
  case metrics
}

/// A script's key to the API. Only the secret's digest is stored.
package struct AccessToken: Credential, Sendable, Hashable {
  /// From 1, never reused.
  package let number: Int
  /// The author name under which its changes are recorded.
  package let name: String
  /// SHA-256 of the secret.
  package let digest: [UInt8]
  package let scopes: [TokenScope]
  /// Restricts it to these teams' shops; empty: no restriction.
  package let teams: [String]
  package let createdBy: String
  /// The person responsible: the creator, or if a token created it, that token's maker.
  package let maker: String
  package let createdAt: Moment
  /// No longer valid from this moment on.
  package let expiresAt: Moment
  /// Nil if it wasn't revoked.
  package var revokedAt: Moment?
  /// Accurate to about an hour; nil if no use has been noted.
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
}

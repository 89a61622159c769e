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
package struct AccessToken: Credential, Sendable, Hashable {
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
}

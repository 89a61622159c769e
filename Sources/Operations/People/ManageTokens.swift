import Domain

/// Creates and revokes API keys for scripts.
package struct ManageTokens: Sendable {
  /// A token's default and maximum lifetime in days.
  package static let days = (usual: 90, most: 366)

  private let secrets: any SecretSource
  private let by: Author
  private let address: String?
  private let now: Moment

  /// - Parameter address: the network address of the client; nil on the command line.
  package init(secrets: any SecretSource, by: Author, address: String? = nil, now: Moment) {
    self.secrets = secrets
    self.by = by
    self.address = address
    self.now = now
  }

  /// Returns the token and its secret, which can't be retrieved later.
  ///
  /// Throws an `AccessRefusal`, a `Refusal` for an unacceptable text, or a `StoreError`.
  ///
  /// - Parameter expiresAt: nil: after the default lifetime.
  package func create(
    _ name: String, scopes: [TokenScope], teams: [String] = [], expiresAt: Moment? = nil,
    in transaction: any StoreWriting
  ) throws -> (token: AccessToken, secret: Secret) {
    try transaction.lockPeople()
    let name = try TextRules.line(name, as: .tokenName)
    let scopes = TokenScope.allCases.filter(scopes.contains)
    if scopes.isEmpty { throw AccessRefusal.noScope }
    let teams = try teams.map { try TextRules.line($0, as: .team) }
    let expiresAt = expiresAt ?? now + Int64(Self.days.usual) * 86_400
    try Lifetime.check(expiresAt, now: now, most: Self.days.most)
    let secret = Secret.token(from: secrets)
    let token = AccessToken(
      number: try transaction.nextTokenNumber(), name: name, digest: secret.digest, scopes: scopes,
      teams: teams, createdBy: by.name, maker: by.maker, createdAt: now, expiresAt: expiresAt)
    try transaction.insert(token)
    try transaction.log(
      AuditEvent(kind: .tokenCreated, at: now, subject: token.subject, by: by.name, address: address))
    return (token, secret)
  }

  /// Returns the token afterwards, and whether it wasn't revoked before.
  package func revoke(
    _ number: Int, in transaction: any StoreWriting
  ) throws -> (token: AccessToken, changed: Bool) {
    try transaction.lockPeople()
    var found: AccessToken?
    try transaction.forEachToken { if $0.number == number { found = $0 } }
    guard var token = found else { throw AccessRefusal.unknownToken(number) }
    if token.revokedAt != nil { return (token, false) }
    try transaction.revoke(token, by: by, address: address, now: now)
    token.revokedAt = now
    return (token, true)
  }
}

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

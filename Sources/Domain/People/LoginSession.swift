/// A signed-in browser. Only the digest of the cookie's secret is stored.
package struct LoginSession: Sendable, Hashable {
  /// SHA-256 of the cookie's secret.
  package let digest: [UInt8]
  /// The user's name.
  package let user: String
  package let createdAt: Moment
  /// No longer valid from this moment on.
  package let expiresAt: Moment

  package init(digest: [UInt8], user: String, createdAt: Moment, expiresAt: Moment) {
    self.digest = digest
    self.user = user
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}

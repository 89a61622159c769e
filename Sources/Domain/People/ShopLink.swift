/// A link that opens one shop without an account. Only the secret's digest is stored.
package struct ShopLink: Credential, Sendable, Hashable {
  /// From 1, per shop; events refer to the link by it.
  package let number: Int
  package let shop: ShopID
  /// SHA-256 of the secret.
  package let digest: [UInt8]
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
    number: Int, shop: ShopID, digest: [UInt8], createdBy: String, maker: String? = nil, createdAt: Moment,
    expiresAt: Moment, revokedAt: Moment? = nil, lastUsedAt: Moment? = nil
  ) {
    self.number = number
    self.shop = shop
    self.digest = digest
    self.createdBy = createdBy
    self.maker = maker ?? createdBy
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.lastUsedAt = lastUsedAt
  }
}

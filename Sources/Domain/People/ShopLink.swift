/// A link that opens one shop without an account. The secret itself isn't kept.
package struct ShopLink: Credential, Sendable, Hashable {
  /// From 1 in its shop; events name it so.
  package let number: Int
  /// What it opens.
  package let shop: ShopID
  /// SHA-256 of the secret.
  package let digest: [UInt8]
  /// Who made it.
  package let createdBy: String
  /// The person behind it: who made it, or where a token did, who made the token.
  package let maker: String
  /// When it was made.
  package let createdAt: Moment
  /// It opens nothing from then on.
  package let expiresAt: Moment
  /// When somebody ended it; nil: nobody did.
  package var revokedAt: Moment?
  /// When it was last used, to the hour or so; nil: not since that is noted.
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

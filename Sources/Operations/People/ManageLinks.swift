import Domain

/// Creates and revokes links, each of which opens one shop without an account. Both are events of the shop.
package struct ManageLinks: Sendable {
  /// A link's default and maximum lifetime in days.
  package static let days = (usual: 30, most: 366)

  private let secrets: any SecretSource
  private let by: Author
  private let now: Moment

  package init(secrets: any SecretSource, by: Author, now: Moment) {
    self.secrets = secrets
    self.by = by
    self.now = now
  }

  /// Returns the link and its secret, which can't be retrieved later.
  ///
  /// Throws an `AccessRefusal`, a `Refusal` for a shop that is unknown or archived, or a `StoreError`.
  ///
  /// - Parameter expiresAt: nil: after the default lifetime.
  package func create(
    _ shop: ShopID, expiresAt: Moment? = nil, in transaction: any StoreWriting
  ) throws -> (link: ShopLink, secret: Secret) {
    let stored = try transaction.requireLocked(shop)
    if stored.shop.archived { throw Refusal.shopArchived(shop) }
    let expiresAt = expiresAt ?? now + Int64(Self.days.usual) * 86_400
    try Lifetime.check(expiresAt, now: now, most: Self.days.most)
    let secret = Secret.link(from: secrets)
    let link = ShopLink(
      number: (try transaction.links(of: shop).last?.number ?? 0) + 1, shop: shop, digest: secret.digest,
      createdBy: by.name, maker: by.maker, createdAt: now, expiresAt: expiresAt)
    var ledger = ShopLedger(stored, runs: [], in: transaction, by: by, now: now)
    try ledger.record(.linkCreated(number: link.number, expiresAt: expiresAt))
    try ledger.save()
    try transaction.insert(link)
    return (link, secret)
  }

  /// Returns the link afterwards, and whether it wasn't revoked before.
  package func revoke(
    _ number: Int, of shop: ShopID, in transaction: any StoreWriting
  ) throws -> (link: ShopLink, changed: Bool) {
    _ = try transaction.requireLocked(shop)
    guard var link = try transaction.links(of: shop).first(where: { $0.number == number }) else {
      throw AccessRefusal.unknownLink(shop, number: number)
    }
    if link.revokedAt != nil { return (link, false) }
    try transaction.revoke(link, by: by, now: now)
    link.revokedAt = now
    return (link, true)
  }
}

import Domain

/// Adds, edits, archives and restores shops.
package struct ChangeShop: Sendable {
  private let zones: any ZoneSource
  private let by: Author
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    self.zones = zones
    self.by = by
    self.now = now
  }

  /// Throws `Refusal.shopExists` for an id that is taken.
  package func add(
    _ id: ShopID, _ details: ShopDetails, in transaction: any StoreWriting
  ) throws -> Shop {
    if try transaction.lockShop(id) != nil { throw Refusal.shopExists(id) }
    let shop = try details.applied(to: Shop(id: id), zones: zones)
    try add(shop, in: transaction)
    return shop
  }

  /// Adds a shop without checking its details and that its id is free.
  func add(_ shop: Shop, in transaction: any StoreWriting) throws {
    var ledger = ShopLedger(new: shop.id, in: transaction, by: by, now: now)
    try ledger.record(.shopAdded(shop))
    try ledger.save()
  }

  /// Returns the shop afterwards, and whether anything changed.
  package func edit(
    _ id: ShopID, _ details: ShopDetails, in transaction: any StoreWriting
  ) throws -> (shop: Shop, changed: Bool) {
    let stored = try transaction.requireLocked(id)
    let shop = try details.applied(to: stored.shop, zones: zones)
    if shop == stored.shop { return (shop, false) }
    try record(.shopEdited(shop), of: stored, in: transaction)
    return (shop, true)
  }

  /// Returns the shop afterwards, and whether that changed it.
  package func setArchived(
    _ id: ShopID, _ archived: Bool, in transaction: any StoreWriting
  ) throws -> (shop: Shop, changed: Bool) {
    let stored = try transaction.requireLocked(id)
    if stored.shop.archived == archived { return (stored.shop, false) }
    try record(archived ? .shopArchived : .shopRestored, of: stored, in: transaction)
    var shop = stored.shop
    shop.archived = archived
    return (shop, true)
  }

  private func record(
    _ change: Event.Change, of stored: StoredShop, in transaction: any StoreWriting
  ) throws {
    var ledger = ShopLedger(stored, runs: [], in: transaction, by: by, now: now)
    try ledger.record(change)
    try ledger.save()
  }
}

import Domain

/// Finds a shop, or suggests others.
package struct FindShop: Sendable {
  package init() {}

  /// Throws `Refusal.unknownShop` with the nearest ids.
  package func callAsFunction(_ id: ShopID, in reading: any StoreReading) throws -> Shop {
    try reading.require(id).shop
  }
}

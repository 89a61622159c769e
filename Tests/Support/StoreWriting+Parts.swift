import Domain
import Operations

/// Single parts of `ShopChanges`, for tests of what an engine writes.
extension StoreWriting {
  package func insert(_ shop: Shop, runs: [Run], events: [SealedEvent]) throws {
    try save(ShopChanges(shop, replacing: nil, events: events, runsStarted: runs.count, newRuns: runs))
  }

  package func append(_ events: [SealedEvent], of shop: Shop, runs: Int, replacing old: Shop) throws {
    try save(ShopChanges(shop, replacing: old, events: events, runsStarted: runs))
  }

  package func insert(_ run: Run, of shop: ShopID) throws {
    let stored = try requireLocked(shop)
    try save(
      ShopChanges(
        stored.shop, replacing: stored.shop, events: [], runsStarted: stored.runs, newRuns: [run]))
  }

  package func save(_ run: Run, replacing old: Run, of shop: ShopID) throws {
    let stored = try requireLocked(shop)
    try save(
      ShopChanges(
        stored.shop, replacing: stored.shop, events: [], runsStarted: stored.runs,
        changedRuns: [(old, run)]))
  }

  package func save(_ history: BindingHistory, replacing old: BindingHistory, of shop: ShopID) throws {
    let stored = try requireLocked(shop)
    try save(
      ShopChanges(
        stored.shop, replacing: stored.shop, events: [], runsStarted: stored.runs, history: (old, history)))
  }
}

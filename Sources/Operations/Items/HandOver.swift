import Domain

/// Reassigns everything that somebody has yet to do: outstanding items of active runs.
package struct HandOver {
  private let change: ChangeItems
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    change = ChangeItems(zones: zones, by: by, now: now)
    self.now = now
  }

  /// The shops, by id, in which the person has an item in an active run.
  ///
  /// - Parameter found: the person's name as the store has it.
  package func shops(_ found: ResolvedFilter, in reading: any StoreReading) throws -> [ShopID] {
    var filter = ReportFilter(state: .active, now: now)
    filter.narrow(to: found)
    var shops: [ShopID] = []
    try reading.forEachCountedRun(filter) { counted in
      if shops.last?.rawValue != counted.shop { shops.append(ShopID(trusted: counted.shop)) }
    }
    return shops
  }

  /// Returns what was reassigned, run by run; empty if there was nothing. Throws a `Refusal` or a
  /// `StoreError`.
  package func callAsFunction(
    _ from: String, to owner: String, of shop: ShopID, in transaction: any StoreWriting
  ) throws -> [ChangeItems.Outcome] {
    _ = try transaction.requireLocked(shop)
    let owner = try TextRules.line(owner, as: .owner)
    let wanted = Author.folded(from)
    let runs = try transaction.runs(of: shop) { summary, _ in summary.state == .active && summary.newer == nil
    }
    return try runs.compactMap { run in
      let items = run.items.filter { item in
        item.state.isOutstanding && item.owner.map(Author.folded) == wanted && item.owner != owner
      }
      if items.isEmpty { return nil }
      return try change(
        items.map(\.id.rawValue), of: shop, run: run.number, inFinished: false, in: transaction
      ) { _ in ChangeItems.TimedRequest(.assign(to: owner), at: now) }
    }
  }
}

import Domain

/// Changes many shops, for the command line, pages and the API alike: each shop is changed wholly or refused, and a
/// transaction takes as many as fit into about 100 ms.
package struct ShopBatch: Sendable {
  /// From a monotonic clock; measures how long a transaction has been open.
  private let monotonicMilliseconds: @Sendable () -> Int64

  package init(monotonicMilliseconds: @escaping @Sendable () -> Int64) {
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  /// Changes the first of some shops, at least one, in a transaction that the caller has begun.
  ///
  /// - Parameter refusal: what an error refuses one shop for; nil: it isn't about that shop alone, and is thrown.
  /// - Returns: the outcomes of the shops whose turn came, in order.
  package func part<Output, Refused: Error>(
    of shops: ArraySlice<ShopID>, in transaction: any StoreWriting, refusal: (any Error) -> Refused?,
    change: (ShopID, any StoreWriting) throws -> Output
  ) throws -> [(shop: ShopID, outcome: Result<Output, Refused>)] {
    var outcomes: [(shop: ShopID, outcome: Result<Output, Refused>)] = []
    let opened = monotonicMilliseconds()
    for shop in shops {
      do {
        outcomes.append((shop, .success(try transaction.nested { try change(shop, transaction) })))
      } catch {
        guard let refused = refusal(error) else { throw error }
        outcomes.append((shop, .failure(refused)))
      }
      if monotonicMilliseconds() - opened >= 100 { break }
    }
    return outcomes
  }

  /// Changes shops in as many transactions as it takes. Throws errors that aren't a single shop's refusal; shops
  /// reported before stay changed.
  ///
  /// - Parameter report: receives each shop's outcome once it is durable, in order.
  /// - Parameter reportedAll: called after all shops of a transaction have been reported.
  package func callAsFunction<Output>(
    _ shops: [ShopID], in store: some ShopStore, change: (ShopID, any StoreWriting) throws -> Output,
    report: (ShopID, Result<Output, Refusal>) throws -> Void, reportedAll: () throws -> Void = {}
  ) throws {
    var rest = shops[...]
    while !rest.isEmpty {
      let outcomes = try store.write { transaction in
        try part(of: rest, in: transaction, refusal: { $0 as? Refusal }, change: change)
      }
      rest = rest.dropFirst(outcomes.count)
      for (shop, outcome) in outcomes { try report(shop, outcome) }
      try reportedAll()
    }
  }
}

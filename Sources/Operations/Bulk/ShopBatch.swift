import Domain

/// Applies a change to many shops. Each shop is changed completely or refused; a transaction takes as many as
/// fit into about 100 ms, and results are reported once they are durable.
package struct ShopBatch {
  private let store: any ShopStore
  /// From a monotonic clock; measures how long a transaction has been open.
  private let monotonicMilliseconds: () -> Int64

  package init(store: any ShopStore, monotonicMilliseconds: @escaping () -> Int64) {
    self.store = store
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  /// Throws errors that aren't a single shop's refusal; shops reported before stay changed.
  ///
  /// - Parameter told: receives each shop's result, in order.
  /// - Parameter toldAll: called after all shops of a transaction have been reported.
  package func callAsFunction<Output>(
    _ shops: some Sequence<ShopID>, change: (ShopID, any StoreWriting) throws -> Output,
    told: (ShopID, Result<Output, Refusal>) throws -> Void, toldAll: () throws -> Void = {}
  ) throws {
    var rest = shops.makeIterator()
    var next = rest.next()
    while next != nil {
      var outcomes: [(ShopID, Result<Output, Refusal>)] = []
      try store.write { transaction in
        let opened = monotonicMilliseconds()
        repeat {
          guard let shop = next else { return }
          do {
            outcomes.append((shop, .success(try transaction.nested { try change(shop, transaction) })))
          } catch let refusal as Refusal {
            outcomes.append((shop, .failure(refusal)))
          }
          next = rest.next()
        } while monotonicMilliseconds() - opened < 100
      }
      for (shop, outcome) in outcomes { try told(shop, outcome) }
      try toldAll()
    }
  }
}

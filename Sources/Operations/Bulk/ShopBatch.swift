import Domain

/// Goes over many shops: each is changed whole or refused, as many to a transaction as fit into about
/// 100 ms, and what came of each is told once it is durable.
package struct ShopBatch {
  private let store: any ShopStore
  /// Milliseconds since some fixed moment, for measuring how long a transaction has been open.
  private let monotonicMilliseconds: () -> Int64

  package init(store: any ShopStore, monotonicMilliseconds: @escaping () -> Int64) {
    self.store = store
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  /// Throws what isn't a refusal of one shop; shops told of before stay changed.
  ///
  /// - Parameter told: what came of each shop, in order.
  /// - Parameter toldAll: called when all shops of a transaction were told of.
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

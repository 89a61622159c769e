import Domain
import Operations
import Synchronization

/// What the web's routes share: the store, shared commits, quotas, and caches of rendered pages.
package final class WebServices: Sendable {
  package let dependencies: WebDependencies
  package let options: WebOptions
  package let store: any StoreAccess
  package let shops: ShopCache
  package let live: LiveHub
  package let metrics: WebMetrics
  package let quotas: Quotas
  let signIns = SignInLog()
  package let uses = CredentialUses()

  package init(dependencies: WebDependencies, options: WebOptions, metrics: WebMetrics) {
    self.dependencies = dependencies
    self.options = options
    self.metrics = metrics
    quotas = Quotas(
      limits: options.limits, counters: LocalQuotaCounters(), metrics: metrics,
      monotonicMilliseconds: dependencies.monotonicMilliseconds)
    store = dependencies.store
    shops = ShopCache(store: store)
    live = LiveHub()
    store.observeCommits { [metrics] in metrics.committed($0) }
  }

  /// Changes one shop as requested; returns the response once the change is durable. A request whose
  /// idempotency key has been used gets its earlier response. One whose `If-Match` isn't current is refused.
  /// Notifies pages that show the shop.
  ///
  /// - Parameter body: gets the sender and the time, checked again inside the transaction.
  package func change(
    _ shop: ShopID, _ request: WebRequest, _ fields: FormFields,
    _ body: @escaping @Sendable (any StoreWriting, Grant) throws -> ReplayableResponse
  ) async throws -> ReplayableResponse {
    let precondition = try Precondition(request.http)
    let isTagged = request.route.operation?.givesTag ?? false
    return try await changeMany([shop], request, fields) { transaction, grant in
      try precondition?.check(shop, in: transaction)
      var reply = try body(transaction, grant)
      if isTagged { reply.entityTag = try transaction.shop(shop).map { "\"\($0.head.number)\"" } }
      return reply
    }
  }

  /// Changes many shops, all or none, as requested; supports idempotency keys like changes of one shop.
  package func changeMany(
    _ shops: Set<ShopID>, _ request: WebRequest, _ fields: FormFields,
    _ body: @escaping @Sendable (any StoreWriting, Grant) throws -> ReplayableResponse
  ) async throws -> ReplayableResponse {
    let once = try await IdempotentRequest(request, fields)
    let (reply, isNew) = try await change(shops.count == 1 ? shops.first : nil, request) {
      transaction, grant -> (ReplayableResponse, Bool) in
      if let earlier = try once?.earlierAnswer(in: transaction) { return (earlier, false) }
      let reply = try body(transaction, grant)
      try once?.keep(reply, in: transaction)
      return (reply, true)
    }
    if isNew, !shops.isEmpty { live.changed(shops) }
    return reply
  }

  /// Changes one shop; returns the result once it is durable. Notifies pages that show the shop.
  package func change<Output: Sendable>(
    _ shop: ShopID, _ request: WebRequest,
    _ body: @escaping @Sendable (any StoreWriting, Grant) throws -> Output
  ) async throws -> Output {
    let result = try await change(Optional(shop), request, body)
    live.changed([shop])
    return result
  }

  /// Changes many shops individually, sharing transactions; returns their results in order. A shop that may
  /// no longer be changed when its turn comes gets a `Problem`.
  package func changeEach<Output: Sendable>(
    _ shops: [ShopID], _ level: ShopPermission, _ request: WebRequest,
    _ body: @escaping @Sendable (ShopID, any StoreWriting, Grant) throws -> Output
  ) async throws -> [(ShopID, Result<Output, Problem>)] {
    let batch = ShopBatch(monotonicMilliseconds: dependencies.monotonicMilliseconds)
    var outcomes: [(ShopID, Result<Output, Problem>)] = []
    var rest = shops[...]
    while !rest.isEmpty {
      let some = rest
      let part = try await change(request) { transaction, grant in
        try batch.part(
          of: some, in: transaction, refusal: { $0 as? Problem ?? ($0 as? Refusal).map { Problem($0) } }
        ) { shop, transaction in
          guard let current = try transaction.lockShop(shop)?.shop else { throw Problem.notFound }
          try grant.principal.require(level, in: current)
          return try body(shop, transaction, grant)
        }
      }
      rest = rest.dropFirst(part.count)
      live.changed(Set(part.map(\.shop)))
      outcomes += part.map { ($0.shop, $0.outcome) }
    }
    return outcomes
  }

  /// Changes something that isn't one shop's, as requested: users, tokens, several shops.
  package func change<Output: Sendable>(
    _ request: WebRequest, _ body: @escaping @Sendable (any StoreWriting, Grant) throws -> Output
  ) async throws -> Output {
    try await change(nil, request, body)
  }

  private func change<Output: Sendable>(
    _ shop: ShopID?, _ request: WebRequest,
    _ body: @escaping @Sendable (any StoreWriting, Grant) throws -> Output
  ) async throws -> Output {
    let now = dependencies.now
    return try await store.change(of: shop) { transaction in
      try body(transaction, try request.grant(in: transaction, at: now()))
    }
  }

  /// Changes that nobody requested: sessions, the log of sign-ins, removal of expired records.
  package func maintain<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await store.change(body)
  }
}

import Domain
import Hummingbird
import Operations
import Reports
import WebAPI
import WebCore
import WebPages

/// Liveness, readiness, and metrics.
struct HealthRoutes: Sendable {
  private let services: WebServices
  private let isOnItsOwn: Bool
  /// Figures over all shops that a principal may see, at most 15 seconds old unless computing them takes
  /// longer.
  private let gauges: CoalescingCache<ShopScope, [UInt8]>

  /// - Parameter isOnItsOwn: on a separate port for monitoring, no token is needed.
  init(services: WebServices, isOnItsOwn: Bool = false) {
    self.services = services
    self.isOnItsOwn = isOnItsOwn
    gauges = CoalescingCache(
      age: 15_000, limit: 100, monotonicMilliseconds: services.dependencies.monotonicMilliseconds)
  }

  var routes: [Route] {
    [
      Route(.get, "/healthz", .plain, .nothing) { _ in .plain("ok\n") },
      Route(.get, "/readyz", .plain, .nothing) { _ in
        // Reads a table that every process needs, and what all processes should agree about.
        let shared = try await services.store.read { reading in
          _ = try reading.countUsers()
          return try reading.currentDefinitionFolder()
        }
        let own = services.dependencies.definitions().digest
        guard let shared, shared.digest != own else { return .plain("ready\n") }
        return .plain(
          """
          ready
          definitions differ: this process has \(own?.prefix(12) ?? "unreadable ones"), \
          the store \(shared.digest.prefix(12)), pushed by \(shared.pushedBy)

          """)
      },
      Route(.get, "/metrics", .plain, isOnItsOwn ? .nothing : .metrics, metrics),
    ]
  }

  /// Includes the server's figures even if the store can't be read, when they are needed most.
  private func metrics(_ request: WebRequest) async throws -> Response {
    var text = Array(
      services.metrics.text(openPages: services.live.count, limits: services.options.limits).utf8)
    let ofShops = try? await shops(isOnItsOwn ? .all : ShopScope(request.principal), at: request.now)
    text += Array(
      """
      # HELP switchlist_store_readable Whether the store could be read for the figures of shops.
      # TYPE switchlist_store_readable gauge
      switchlist_store_readable \(ofShops == nil ? 0 : 1)

      """.utf8)
    return .json(text + (ofShops ?? []), type: "text/plain; version=0.0.4; charset=utf-8")
  }

  /// The output of `overdue --format prometheus`.
  private func shops(_ reach: ShopScope, at now: Moment) async throws -> [UInt8] {
    try await gauges.value(of: reach) {
      try await services.store.read(.background) { reading in
        var filter = ReportFilter(now: now)
        filter.reach = reach
        return OverduePrometheus(language: .english).render(
          try ReadReport(filter, in: reading).gauges(), checkedAt: now)
      }
    }
  }
}

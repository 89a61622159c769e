import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import WebCore

/// Tells open pages that something has changed, as server-sent events. What changed they ask for themselves,
/// so that nobody is told more than may be seen.
struct LiveRoutes: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      Route(.get, "/live", .plain, .shops(.see)) { try await stream($0, of: nil) },
      Route(.get, "/shops/{shop}/live", .plain, .shop(.see), ofShop),
      Route(.get, "/l/{secret}/live", .plain, .shop(.see), ofShop),
    ]
  }

  private func ofShop(_ request: WebRequest) async throws -> Response {
    try await stream(request, of: request.shop?.stored.shop.id)
  }

  private func stream(_ request: WebRequest, of shop: ShopID?) async throws -> Response {
    let lease = try await request.quotas.holdStream(
      request.principal, address: request.address.map { _ in request.sender })
    let signals = services.live.signals(of: shop)
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .xAccelBuffering: "no"],
      body: .init { [services] writer in
        defer { lease.end() }
        // A page that was closed is noticed at once, not when something is next said to it.
        try await request.http.body.consumeWithCancellationOnInboundClose { _ in
          try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
          for await signal in signals.cancelOnGracefulShutdown() {
            // Whoever may not see it any more isn't told when something happens, either.
            guard await Self.isStillAllowed(request, services) else { break }
            switch signal {
            case .changed:
              try await writer.write(ByteBuffer(string: "event: changed\ndata: {}\n\n"))
              // Where much changes, a page is told once a second.
              try await Task.sleep(for: .seconds(1))
            case .stillHere: try await writer.write(ByteBuffer(string: ": still here\n\n"))
            }
          }
        }
        try await writer.finish(nil)
      })
  }

  private static func isStillAllowed(_ request: WebRequest, _ services: WebServices) async -> Bool {
    let now = services.dependencies.now()
    return (try? await services.store.read { _ = try request.grant(in: $0, at: now) }) != nil
  }
}

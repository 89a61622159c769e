import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import WebCore

/// Notifies open pages of changes by server-sent events. Pages then load the change themselves, so that
/// nobody learns more than they may see.
struct LiveRoutes: Sendable {
  /// How long a browser waits before it connects again, in milliseconds.
  private static let reconnectsAfter = 5000

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
        // Notices at once when the page is closed, not only when the next event is sent.
        try await request.http.body.consumeWithCancellationOnInboundClose { _ in
          try await writer.write(ByteBuffer(string: "retry: \(Self.reconnectsAfter)\n\n"))
          for await signal in signals.cancelOnGracefulShutdown() {
            // Somebody whose access has been revoked must not learn about changes either.
            guard await Self.isStillAllowed(request, services) else { break }
            switch signal {
            case .changed:
              try await writer.write(ByteBuffer(string: "event: changed\ndata: {}\n\n"))
              // At most one event per second.
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

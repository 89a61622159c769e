import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Tells open pages that something has changed, as server-sent events. What changed they ask for themselves,
/// so that nobody is told more than may be seen.
enum LiveRoutes {
  static func all(_ books: Books) -> [Route] {
    [
      Route(.get, "/live", .plain, .shops(.see)) { _ in stream(books.live.signals(of: nil)) },
      Route(.get, "/shops/{shop}/live", .plain, .shop(.see)) { ofShop($0, books) },
      Route(.get, "/l/{secret}/live", .plain, .shop(.see)) { ofShop($0, books) },
    ]
  }

  private static func ofShop(_ asked: Asked, _ books: Books) -> Response {
    stream(books.live.signals(of: asked.shop?.stored.shop.id))
  }

  private static func stream(_ signals: AsyncStream<LiveHub.Signal>) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/event-stream", .xAccelBuffering: "no"],
      body: .init { writer in
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
        for await signal in signals.cancelOnGracefulShutdown() {
          switch signal {
          case .changed:
            try await writer.write(ByteBuffer(string: "event: changed\ndata: {}\n\n"))
            // Where much changes, a page is told once a second.
            try await Task.sleep(for: .seconds(1))
          case .stillHere: try await writer.write(ByteBuffer(string: ": still here\n\n"))
          }
        }
        try await writer.finish(nil)
      })
  }
}

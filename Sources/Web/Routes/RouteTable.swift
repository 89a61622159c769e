import Domain
import Hummingbird
import NIOCore
import Operations

/// Everything that the server answers.
enum RouteTable {
  static func all(_ books: Books) -> [Route] {
    let page = ShopPageRoute(books: books)
    let forms = ShopForms(books: books, page: page)
    let shop = ["/shops/{shop}", "/l/{secret}"].flatMap { page.routes(under: $0) + forms.routes(under: $0) }
    return health(books, isOnItsOwn: false) + WebAssets.routes + LiveRoutes.all(books) + shop
      + ShopAPI(books: books).routes
  }

  /// Whether it lives, whether it can serve, and figures.
  ///
  /// - Parameter isOnItsOwn: on a port for monitoring alone nobody needs a token.
  static func health(_ books: Books, isOnItsOwn: Bool) -> [Route] {
    [
      Route(.get, "/healthz", .plain, .nothing) { _ in .plain("ok\n") },
      Route(.get, "/readyz", .plain, .nothing) { _ in
        _ = try books.readers.read { try $0.countUsers() }
        return .plain("ready\n")
      },
      Route(.get, "/metrics", .plain, isOnItsOwn ? .nothing : .metrics) { _ in
        .plain(books.metrics.text(openPages: books.live.count))
          .with(.contentType, "text/plain; version=0.0.4; charset=utf-8")
      },
    ]
  }
}

extension Response {
  static func plain(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}

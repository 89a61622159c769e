import Domain
import Hummingbird
import NIOCore
import Operations

/// Everything that the server answers.
enum RouteTable {
  static func all(_ books: Books) -> [Route] {
    let page = ShopPageRoute(books: books)
    let forms = ShopForms(books: books, page: page)
    let runs = RunForms(books: books, page: page)
    let signIn = SignIn(books: books)
    let ofShop = ["/shops/{shop}", "/l/{secret}"].flatMap { base in
      page.routes(under: base) + forms.routes(under: base) + runs.routes(under: base)
    }
    let pages = [
      SignInRoutes(books: books, signIn: signIn).routes, AccountRoutes(books: books, signIn: signIn).routes,
      PeopleRoutes(books: books, signIn: signIn).routes, CredentialRoutes(books: books).routes,
      DeskRoutes(books: books, totals: DeskTotalsCache()).routes,
      ChartRoutes(books: books).routes, ShopAdminRoutes(books: books).routes, LinkRoutes(books: books).routes,
      NameRoutes(page: page).routes, ofShop,
    ]
    return HealthRoutes(books: books).routes + WebAssets.routes + LiveRoutes(books: books).routes
      + pages.flatMap(\.self)
      + api(books, signIn)
  }

  /// The API, with the document that describes it.
  private static func api(_ books: Books, _ signIn: SignIn) -> [Route] {
    let routes =
      ShopAPI(books: books).routes + ShopsAPI(books: books).routes + HistoryAPI(books: books).routes
      + RunsAPI(books: books).routes + SwitchAPI(books: books).routes + ReadingAPI(books: books).routes
      + DefinitionsAPI(books: books).routes + ManyAPI(books: books).routes + TransferAPI(books: books).routes
      + KeepingAPI(books: books).routes + PeopleAPI(books: books, signIn: signIn).routes
    let reference = Route(.get, "/api", .page, .nothing) { asked in
      .html(APIPage(frame: PageFrame(asked), routes: routes).render())
    }
    return routes + [APIDocument.route(for: routes, publicURL: books.options.publicURL), reference]
  }
}

extension Response {
  static func plain(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}

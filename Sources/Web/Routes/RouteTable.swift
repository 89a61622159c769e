import Domain
import Hummingbird
import NIOCore
import Operations

/// Everything that the server answers.
enum RouteTable {
  static func all(_ services: WebServices) -> [Route] {
    let page = ShopPageRoute(services: services)
    let forms = ShopActionRoutes(services: services, page: page)
    let runs = RunRoutes(services: services, page: page)
    let signIn = SignIn(services: services)
    let ofShop = ["/shops/{shop}", "/l/{secret}"].flatMap { base in
      page.routes(under: base) + forms.routes(under: base) + runs.routes(under: base)
    }
    let pages = [
      SignInRoutes(services: services, signIn: signIn).routes,
      AccountRoutes(services: services, signIn: signIn).routes,
      PeopleRoutes(services: services, signIn: signIn).routes, CredentialRoutes(services: services).routes,
      DeskRoutes(services: services, totals: DeskTotalsCache()).routes,
      ChartRoutes(services: services).routes, ShopAdminRoutes(services: services).routes,
      LinkRoutes(services: services).routes,
      NameRoutes(page: page).routes, ofShop,
    ]
    return HealthRoutes(services: services).routes + WebAssets.routes + LiveRoutes(services: services).routes
      + pages.flatMap(\.self)
      + api(services, signIn)
  }

  /// The API, with the document that describes it.
  private static func api(_ services: WebServices, _ signIn: SignIn) -> [Route] {
    let routes =
      ItemsAPI(services: services).routes + ShopsAPI(services: services).routes
      + HistoryAPI(services: services).routes
      + RunsAPI(services: services).routes + SwitchAPI(services: services).routes
      + ReportsAPI(services: services).routes
      + DefinitionsAPI(services: services).routes + BulkAPI(services: services).routes
      + TransferAPI(services: services).routes
      + FilesAndLinksAPI(services: services).routes + UsersAPI(services: services, signIn: signIn).routes
    let reference = Route(.get, "/api", .page, .nothing) { request in
      .html(APIPage(frame: PageFrame(request), routes: routes).render())
    }
    return routes + [APIDocument.route(for: routes, publicURL: services.options.publicURL), reference]
  }
}

extension Response {
  static func plain(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}

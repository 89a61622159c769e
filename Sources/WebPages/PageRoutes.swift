import Hummingbird
import WebCore

/// All pages, and the routes of their forms.
package enum PageRoutes {
  package static func all(_ services: WebServices, _ signIn: SignIn) -> [Route] {
    let page = ShopPageRoute(services: services)
    let actions = ShopActionRoutes(services: services, page: page)
    let runs = RunRoutes(services: services, page: page)
    let ofShop = ["/shops/{shop}", "/l/{secret}"].flatMap { base in
      page.routes(under: base) + actions.routes(under: base) + runs.routes(under: base)
    }
    let groups = [
      LiveRoutes(services: services).routes, SignInRoutes(services: services, signIn: signIn).routes,
      AccountRoutes(services: services, signIn: signIn).routes,
      PeopleRoutes(services: services, signIn: signIn).routes, CredentialRoutes(services: services).routes,
      DeskRoutes(services: services).routes,
      ChartRoutes(services: services).routes,
      ShopAdminRoutes(services: services).routes, LinkRoutes(services: services).routes,
      NameRoutes(page: page).routes, ofShop,
    ]
    return groups.flatMap(\.self)
  }

  /// The API's reference for people.
  package static func reference(to operations: [Route]) -> Route {
    Route(.get, "/api", .page, .nothing) { request in
      .html(APIPage(frame: PageFrame(request), routes: operations).render())
    }
  }
}

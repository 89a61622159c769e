import WebAPI
import WebCore
import WebPages

/// Everything that the server responds to.
enum RouteTable {
  static func all(_ services: WebServices) -> [Route] {
    let signIn = SignIn(services: services)
    let operations = APIRoutes.operations(services, signIn)
    return HealthRoutes(services: services).routes + WebAssets.routes + PageRoutes.all(services, signIn)
      + operations
      + [APIRoutes.document(of: operations, services.options), PageRoutes.reference(to: operations)]
  }
}

import Domain
import HTTPTypes
import Hummingbird
import Operations

/// Who may use a route.
package enum RequiredAccess: Sendable, Hashable {
  /// Anybody.
  case nothing
  /// Signed in, or at the machine; no links or tokens.
  case person
  /// Any authenticated user or token, whatever their permissions.
  case authenticated
  /// Those who have this permission in the shop that the path names.
  case shop(ShopPermission)
  /// Those who may list shops, and have this permission in their own.
  case shops(ShopPermission)
  /// May manage users, tokens and the whole store.
  case admin
  /// May read the figures for monitoring.
  case metrics
}

/// One route. The route table contains everything that the server responds to.
///
/// A class, as `WebRequest` is: each asynchronous function that is given a struct keeps a copy of it for as long as it
/// is suspended, and a request passes through some twenty of them.
package final class Route: Sendable {
  /// The format of responses, including errors.
  package enum Kind: Sendable {
    case page
    /// Called by the page's script, or sent as a form by a page without it.
    case form
    case api
    /// Styles, scripts, health.
    case plain
  }

  /// In Unicode scalars. No id or name in a path is longer.
  package static let longestParameter = 100

  package let method: HTTPRequest.Method
  /// Such as `/shops/{shop}/items/{item}/tick`.
  package let path: String
  package let kind: Kind
  package let need: RequiredAccess
  /// The declaration in the API's document; nil for other routes.
  package let operation: APIOperation?
  package let answer: @Sendable (WebRequest) async throws -> Response
  /// The names in braces.
  package let parameters: [String]

  package init(
    _ method: HTTPRequest.Method, _ path: String, _ kind: Kind, _ need: RequiredAccess,
    operation: APIOperation? = nil, _ answer: @escaping @Sendable (WebRequest) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.kind = kind
    self.need = need
    self.operation = operation
    self.answer = answer
    parameters = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }
}

/// A request that has been authenticated and authorized.
package final class WebRequest: Sendable {
  /// The original request; its body may not have been read yet.
  package let http: Request
  package let route: Route
  package let principal: Principal
  package let language: Language
  package let now: Moment
  /// The client's address, from a trusted proxy if there is one; nil if unknown.
  package let address: String?
  /// Whether the client's connection uses TLS.
  package let isSecure: Bool
  /// The host in the browser's address bar, with its port.
  package let host: String
  /// Identifies the request in the log.
  package let id: String
  package let continuing: ContinueSignal
  package let parameters: [String: String]
  /// The shop that the path or the link names, for routes that need one.
  package let shop: ShopCache.Found?
  package let quotas: Quotas
  /// What the request holds until it has been answered.
  let leases: RequestLeases

  init(
    http: Request, route: Route, principal: Principal, language: Language, now: Moment, client: Client,
    context: WebContext, parameters: [String: String], shop: ShopCache.Found?, quotas: Quotas,
    leases: RequestLeases
  ) {
    self.http = http
    self.route = route
    self.principal = principal
    self.language = language
    self.now = now
    address = client.address
    isSecure = client.isSecure
    host = client.host
    id = context.requestID
    continuing = context.continuing
    self.parameters = parameters
    self.shop = shop
    self.quotas = quotas
    self.leases = leases
  }

  /// The value of a path parameter; empty if the path has none of this name.
  package subscript(_ name: String) -> String { parameters[name] ?? "" }

  /// The sender for quotas of requests that aren't authenticated.
  package var sender: String { SenderAddress.subject(address) }

  /// Whether the page's script sent it, which expects data instead of a page.
  package var isByScript: Bool { http.headers[.accept]?.hasPrefix("application/json") ?? false }

  package var mayLead: Bool { shop.map { principal.may(.lead, in: $0.stored.shop) } ?? false }
}

import Domain
import HTTPTypes
import Hummingbird
import Operations

/// Who may ask for a route.
package enum RequiredAccess: Sendable, Hashable {
  /// Anybody.
  case nothing
  /// Somebody who signed in, or sits at the machine; not links, not tokens.
  case person
  /// Whoever shows who they are: people and tokens, whatever they may.
  case shows
  /// Whoever may do this much in the shop that the path names.
  case shop(ShopPermission)
  /// Whoever may look over shops, and do this much in those of theirs.
  case shops(ShopPermission)
  /// Users, tokens, the whole store.
  case admin
  /// The figures for monitoring.
  case metrics
}

/// One way in. Everything that the server answers is in the table of routes.
package struct Route: Sendable {
  /// What an answer looks like, errors too.
  package enum Kind: Sendable {
    case page
    /// Called by the page's script, or sent as a form by a page without it.
    case form
    case api
    /// Styles, scripts, health.
    case plain
  }

  /// In Unicode scalars, of ids and names in a path; nothing has a longer one.
  package static let longestParameter = 100

  package let method: HTTPRequest.Method
  /// Such as `/shops/{shop}/items/{item}/tick`.
  package let path: String
  package let kind: Kind
  package let need: RequiredAccess
  /// Of the API's document; nil elsewhere.
  package let operation: APIOperation?
  package let answer: @Sendable (WebRequest) async throws -> Response
  /// The names of what stands in braces.
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

/// A request that was let in.
package struct WebRequest: Sendable {
  /// As it came: its head, and the body that is still to be read.
  package var http: Request
  package let route: Route
  package let principal: Principal
  package let language: Language
  package let now: Moment
  /// The client's, as a trusted proxy tells it; nil where it isn't known.
  package let address: String?
  /// Whether the client's connection is encrypted.
  package let isSecure: Bool
  /// What the browser's address bar has, with its port.
  package let host: String
  /// Names the request in the log.
  package let id: String
  package let continuing: ContinueSignal
  package let parameters: [String: String]
  /// The shop that the path or the link names, for routes that need one.
  package let shop: ShopCache.Found?
  package let quotas: Quotas
  /// What it holds until it is answered.
  let leases: RequestLeases

  /// What a path's parameter says; the table of routes has it.
  package subscript(_ name: String) -> String { parameters[name] ?? "" }

  /// Whom it counts for where nobody has shown who they are.
  package var sender: String { SenderAddress.subject(address) }

  /// Whether the page's script asks, which wants data instead of a page.
  package var isByScript: Bool { http.headers[.accept]?.hasPrefix("application/json") ?? false }

  package var mayLead: Bool { shop.map { principal.may(.lead, in: $0.stored.shop) } ?? false }
}

import Domain
import Operations

/// Lets in whoever started a server on a store without users: a secret of this start, which its address carries.
///
/// Where a request comes from says nothing: a plain proxy on the same machine looks like a browser there.
package struct LocalAccess: Sendable {
  /// Whom changes are recorded under.
  package let name: String
  /// What the address holds that is printed at the start, the cookie that it sets, and scripts' bearer token.
  package let secret: Secret

  package init(name: String, secret: Secret) {
    self.name = name
    self.secret = secret
  }

  /// The path that sets the cookie and leads on.
  ///
  /// - Parameter path: where to; nil: the first page.
  package func path(to path: String? = nil) -> String {
    "/local/\(secret.text)" + (path.map { "?back=\($0)" } ?? "")
  }
}

/// How the web serves.
package struct WebOptions: Sendable {
  /// A name or an address; a name is looked up once.
  package var host: String
  /// 0: any that is free.
  package var port: Int
  /// Where `/metrics`, `/healthz` and `/readyz` answer besides; nil: only with the rest.
  package var metrics: (host: String, port: Int)?
  /// Networks whose word about the client's address and protocol is taken.
  package var trustedProxies: [AddressRange]
  /// What links to the outside begin with, such as `https://shops.example.cn`; nil: what the request says.
  package var publicURL: String?
  /// What each sender may use up.
  package var limits: Limits
  /// Who acts on loopback of a store without users, as long as it has none; nil: sign-in is needed.
  package var local: LocalAccess?

  package init(
    host: String = "127.0.0.1", port: Int = 8080, metrics: (host: String, port: Int)? = nil,
    trustedProxies: [AddressRange] = [], publicURL: String? = nil, limits: Limits = Limits(),
    local: LocalAccess? = nil
  ) {
    self.host = host
    self.port = port
    self.metrics = metrics
    self.trustedProxies = trustedProxies
    self.publicURL = publicURL
    self.limits = limits
    self.local = local
  }
}

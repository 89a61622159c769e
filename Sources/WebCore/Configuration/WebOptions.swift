import Domain
import Operations

/// Lets in whoever started a server on a store without users: a secret of this start, which its address carries.
///
/// Where a request comes from says nothing: a plain proxy on the same machine looks like a browser there.
public struct LocalAccess: Sendable {
  /// Whom changes are recorded under.
  public let name: String
  /// What the address holds that is printed at the start, the cookie that it sets, and scripts' bearer token.
  public let secret: Secret

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
public struct WebOptions: Sendable {
  /// A name or an address; a name is looked up once.
  public var host: String
  /// 0: any that is free.
  public var port: Int
  /// Where `/metrics`, `/healthz` and `/readyz` answer besides; nil: only with the rest.
  public var metrics: (host: String, port: Int)?
  /// Networks whose word about the client's address and protocol is taken.
  public var trustedProxies: [AddressRange]
  /// What links to the outside begin with, such as `https://shops.example.cn`; nil: what the request says.
  public var publicURL: String?
  /// What each sender may use up.
  public var limits: Limits
  /// Who acts on loopback of a store without users, as long as it has none; nil: sign-in is needed.
  public var local: LocalAccess?

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

import Domain
import Operations

/// Grants access to the person who started a server on a store without users: a secret generated at each
/// start, which is part of the address printed.
///
/// The client's address can't be used for that: requests through a plain proxy on the same machine look as if
/// they came from a browser there.
package struct LocalAccess: Sendable {
  /// The author name of their changes.
  package let name: String
  /// The secret in the printed address, in the cookie that it sets, and in scripts' bearer token.
  package let secret: Secret

  package init(name: String, secret: Secret) {
    self.name = name
    self.secret = secret
  }

  /// The path that sets the cookie and then redirects.
  ///
  /// - Parameter path: the destination; nil: the first page.
  package func entryPath(to path: String? = nil) -> String {
    "/local/\(secret.text)" + (path.map { "?back=\($0)" } ?? "")
  }
}

/// How to serve the web.
package struct WebOptions: Sendable {
  /// A host name or address to listen on; a name is resolved once.
  package var host: String
  /// 0: any free port.
  package var port: Int
  /// A separate address for `/metrics`, `/healthz` and `/readyz`; nil: only on the main one.
  package var metrics: (host: String, port: Int)?
  /// Networks whose headers about the client's address and protocol are trusted.
  package var trustedProxies: [AddressRange]
  /// The start of absolute URLs, such as `https://shops.example.cn`; nil: taken from the request.
  package var publicURL: String?
  /// What each sender may use.
  package var limits: Limits
  /// Grants access on loopback while the store has no users; nil: sign-in is required.
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

import Domain
import HTTPTypes
import Hummingbird

/// Refuses changes that another site makes a browser send (CSRF).
struct CrossSite: Sendable {
  /// The origin of the configured public URL.
  private let publicOrigin: String?

  package init(publicURL: String?) { publicOrigin = publicURL.flatMap(Self.origin) }

  /// Browsers say where a form or a script's request comes from. A request that doesn't is not from a
  /// browser, and is only accepted if it carries its own credential.
  package func check(_ request: Request, _ principal: Principal, _ client: Client) throws(Problem) {
    if let site = request.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return }
      throw Self.refused
    }
    if let source = request.headers[.origin] ?? request.headers[.referer] {
      if isOurs(source, client) { return }
      throw Self.refused
    }
    switch principal {
    case .user, .nobody: throw Self.refused
    case .local: if !request.headers.contains(.authorization) { throw Self.refused }
    case .token, .link: return
    }
  }

  /// Whether an address belongs to this server, by host and, if known, scheme. A proxy that wasn't configured
  /// may use TLS while we receive plain text.
  private func isOurs(_ source: String, _ client: Client) -> Bool {
    guard let origin = Self.origin(source) else { return false }
    if origin == publicOrigin { return true }
    let schemes = client.isSecure ? ["https"] : ["https", "http"]
    return schemes.contains { Self.origin("\($0)://\(client.host)") == origin }
  }

  /// An address's origin (scheme, host and port) as browsers write it in `Origin`: without a default port.
  /// Nil for anything that isn't an address.
  private static func origin(_ address: String) -> String? {
    guard let mark = address.firstRange(of: "://") else { return nil }
    let scheme = address[..<mark.lowerBound].lowercased()
    var host = address[mark.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
    let usual = scheme == "https" ? ":443" : ":80"
    if host.hasSuffix(usual) { host.removeLast(usual.count) }
    return host.isEmpty ? nil : "\(scheme)://\(host)"
  }

  private static let refused = Problem(
    .crossSite,
    Wording(
      en: "this change came from another site's page and was refused; open switchlist itself and do it there",
      zh: "这次操作来自其他网站的页面，已被拒绝；请直接打开 switchlist 再操作"))
}

import Domain
import HTTPTypes
import Hummingbird

/// Refuses changes that another site makes somebody's browser send.
enum CrossSite {
  /// Browsers say where a form or a script's request comes from; what says nothing is no browser, and is taken
  /// only where nothing but the request itself proves who sends it.
  ///
  /// - Parameter host: what the browser's address bar has.
  static func check(_ request: Request, _ principal: Principal, host: String) throws(Problem) {
    if let site = request.headers[.secFetchSite] {
      if site == "same-origin" || site == "none" { return }
      throw refused
    }
    if let origin = request.headers[.origin] {
      if self.host(of: origin) == host.lowercased() { return }
      throw refused
    }
    if let referrer = request.headers[.referer] {
      if self.host(of: referrer) == host.lowercased() { return }
      throw refused
    }
    switch principal {
    case .user, .nobody: throw refused
    case .local, .token, .link: return
    }
  }

  private static let refused = Problem(
    .forbidden, "cross-site",
    Wording(
      en: "this change came from another site's page and was refused; open switchlist itself and do it there",
      zh: "这次操作来自其他网站的页面，已被拒绝；请直接打开 switchlist 再操作"))

  private static func host(of url: String) -> String? {
    guard let start = url.range(of: "://")?.upperBound else { return nil }
    return url[start...].prefix { $0 != "/" }.lowercased()
  }
}

import Domain
import Formats
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import Operations
import Reports

/// Processes requests: authenticates, authorizes, chooses the language, and turns errors into responses.
package final class RequestPipeline: Sendable {
  private let services: WebServices
  private let authenticate: Authenticator
  private let pages: any ErrorPages
  private let log: RequestLog
  private let crossSite: CrossSite

  package init(services: WebServices, authenticate: Authenticator, pages: any ErrorPages, log: RequestLog) {
    self.services = services
    self.authenticate = authenticate
    self.pages = pages
    self.log = log
    crossSite = CrossSite(publicURL: services.options.publicURL)
  }

  package func answer(_ route: Route, _ request: Request, _ context: WebContext) async -> Response {
    let started = services.dependencies.monotonicMilliseconds()
    let client = Client(request, context, services.options)
    let language = LanguageChoice.of(request)
    var principal = Principal.nobody
    var response: Response
    let leases = RequestLeases()
    defer { leases.end() }
    do {
      let parameters = try Self.parameters(route, context)
      let now = services.dependencies.now()
      try checkHost(request, route)
      var version: Int64?
      principal = try await identified(request, route, parameters, now, &version)
      if route.method.isChanging, route.kind != .plain { try crossSite.check(request, principal, client) }
      try Self.checkWho(request, principal)
      try checkPassword(principal, route)
      let shop = try await admit(principal, to: route, parameters, version)
      services.uses.note(principal, at: now)
      if route.method.isChanging { try await services.quotas.takeChange(principal, in: shop?.stored.shop.id) }
      response = try await route.answer(
        WebRequest(
          http: request, route: route, principal: principal, language: language, now: now, client: client,
          context: context, parameters: parameters, shop: shop, quotas: services.quotas, leases: leases))
    } catch {
      response = answer(to: error, route, request, language, principal, id: context.requestID)
    }
    Self.guardHeaders(&response, route, id: context.requestID)
    await Gzip.compress(&response, to: request)
    log.note(
      request, route: route.path, status: response.status.code, principal: principal,
      milliseconds: services.dependencies.monotonicMilliseconds() - started, address: client.address,
      id: context.requestID)
    return response
  }

  /// Pages that are open to anybody also work with an expired credential.
  private func identified(
    _ request: Request, _ route: Route, _ parameters: [String: String], _ now: Moment, _ version: inout Int64?
  ) async throws -> Principal {
    // This request presents the secret of a server without users; there is nothing else to authenticate yet.
    if route.path == WebPaths.local { return .nobody }
    // Health is answered whatever the store does.
    if route.need == .nothing, WebPaths.hostless.contains(route.path) { return .nobody }
    let link = route.path.hasPrefix("/l/") ? parameters["secret"] : nil
    guard route.need == .nothing else {
      return try await authenticate(request, link: link, now: now, version: &version)
    }
    do { return try await authenticate(request, link: link, now: now, version: &version) } catch let problem
      as Problem
    {
      if route.kind != .plain, problem.isOfLocalMode { throw problem }
      return .nobody
    }
  }

  /// RFC 9112 requires exactly one `Host`. Health checks may omit it.
  private func checkHost(_ request: Request, _ route: Route) throws(Problem) {
    let isDouble = request.headers.contains(.host)
    let authority = request.head.authority ?? ""
    if !isDouble, HTTPHost(authority) != nil || authority.isEmpty && WebPaths.hostless.contains(route.path) {
      return
    }
    throw Problem(
      .badHost,
      Wording(
        en: "the request's Host header is missing, given twice, or isn't a name or an address",
        zh: "请求的 Host 标头缺失、重复，或不是域名或地址"))
  }

  private func answer(
    to error: any Error, _ route: Route, _ request: Request, _ language: Language, _ principal: Principal,
    id: String
  ) -> Response {
    let problem = Self.problem(error)
    if problem.status.kind == .serverError { log.failure(error, id: id) }
    var response: Response
    let isByScript = request.headers[.accept]?.hasPrefix("application/json") ?? false
    switch route.kind {
    case .page where problem.status == .unauthorized && !request.method.isChanging:
      return .see("/sign-in?back=\(Self.escaped(request.uri.description))")
    case .page, .form:
      if isByScript { fallthrough }
      response = .html(
        pages.page(
          problem, language, principal,
          path: request.method.isChanging ? Self.formPage(of: request) : request.uri.description, id: id),
        status: problem.status)
    case .api:
      response = .json(
        problem.json(
          language, instance: id, for: route.kind == .api ? .program : .page, isAdmin: principal.isAdmin),
        status: problem.status, type: "application/problem+json")
    case .plain:
      response = Response(
        status: problem.status, headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: problem.title(language) + "\n")))
    }
    for field in problem.headers { response.headers[field.name] = field.value }
    return response
  }

  /// The page that a form was sent from, according to the browser; otherwise the first page.
  private static func formPage(of request: Request) -> String {
    guard let from = request.headers[.referer].map({ URI($0) }) else { return "/" }
    return WebPaths.own(from.path + (from.query.map { "?\($0)" } ?? ""))
  }

  package static func problem(_ error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let refusal as Refusal: Problem(refusal)
    case let refusal as AccessRefusal: Problem(refusal)
    case let error as StoreError: Problem(error)
    case let error as HTTPError where error.status == .contentTooLarge: .tooLarge(1 << 20)
    case is HTTPParserError:
      Problem(
        .malformed, Wording(en: "the request's body can't be read", zh: "请求正文无法读取"))
    default:
      Problem(
        .internalError,
        Wording(
          en:
            "something went wrong on the server and nothing was changed; whoever runs it finds it in the log",
          zh: "服务器出错，数据未作改动；管理员可在日志中查到"))
    }
  }

  /// What somebody does on a page is recorded under that page's name or not at all, since somebody else may
  /// have signed in in the same browser since.
  private static func checkWho(_ request: Request, _ principal: Principal) throws(Problem) {
    guard let who = request.headers[.who], who != principal.queueOwner else { return }
    throw .signIn
  }

  /// A user whose password was chosen by somebody else has to change it before anything else.
  private func checkPassword(_ principal: Principal, _ route: Route) throws(Problem) {
    guard case .user(let user, _) = principal, user.mustChangePassword else { return }
    let isOpen = route.need == .nothing || route.path == "/sign-out" || route.path == "/"
    if isOpen || route.path.hasPrefix(WebPaths.account) { return }
    throw Problem(
      .passwordChange,
      Wording(en: "choose a password of your own first, under Account", zh: "请先在“账号”里改成自己的密码"))
  }

  /// The route's shop, if the principal may see it.
  private func admit(
    _ principal: Principal, to route: Route, _ parameters: [String: String], _ version: Int64?
  ) async throws -> ShopCache.Found? {
    switch route.need {
    case .nothing: return nil
    case .person:
      switch principal {
      case .user, .local: return nil
      case .token: throw Problem.forbidden
      case .nobody, .link: throw Problem.signIn
      }
    case .authenticated:
      switch principal {
      case .user, .local, .token: return nil
      case .nobody, .link: throw Problem.signIn
      }
    case .shops(let level):
      if principal == .nobody { throw Problem.signIn }
      guard principal.mayInShops(level) else { throw Problem.forbidden }
      return nil
    case .admin:
      if principal == .nobody { throw Problem.signIn }
      guard principal.isAdmin else { throw Problem.forbidden }
      return nil
    case .metrics:
      if principal == .nobody { throw Problem.signIn }
      if case .token(let token) = principal, token.scopes.contains(.metrics) { return nil }
      guard principal.isAdmin else { throw Problem.forbidden }
      return nil
    case .shop(let level):
      if principal == .nobody { throw Problem.signIn }
      return try await shop(level, principal, parameters, version)
    }
  }

  private func shop(
    _ level: ShopPermission, _ principal: Principal, _ parameters: [String: String], _ version: Int64?
  ) async throws -> ShopCache.Found {
    let name = if case .link(let link, _) = principal { link.shop.rawValue } else { parameters["shop"] ?? "" }
    guard let id = ShopID(name), let found = try await services.shops.shop(id, at: version) else {
      // Only those who may see all shops get suggestions; others learn nothing about which shops exist.
      if principal.isAdmin, let id = ShopID(name) { try await services.store.read { _ = try $0.require(id) } }
      throw Problem.notFound
    }
    try principal.require(level, in: found.stored.shop)
    return found
  }

  private static func parameters(_ route: Route, _ context: WebContext) throws(Problem) -> [String: String] {
    var parameters: [String: String] = [:]
    for name in route.parameters {
      guard let raw = context.parameters[name[...]] else { throw .notFound }
      var value = String(raw)
      if raw.utf8.contains(UInt8(ascii: "%")) {
        guard let decoded = PercentEncoding.decoded(value), decoded.isStreamSafe, !decoded.utf8.contains(0)
        else { throw .notFound }
        value = decoded
      }
      if value.utf8.count > Route.longestParameter, value.unicodeScalars.count > Route.longestParameter {
        throw .notFound
      }
      parameters[name] = value
    }
    return parameters
  }

  private static func guardHeaders(_ response: inout Response, _ route: Route, id: String) {
    response.headers.append(HTTPField(name: .requestID, value: id))
    response.headers.append(HTTPField(name: .xContentTypeOptions, value: "nosniff"))
    if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "no-store" }
    guard route.kind == .page || route.kind == .form else { return }
    if !response.headers.contains(.contentSecurityPolicy) {
      response.headers[.contentSecurityPolicy] = contentSecurityPolicy
    }
    response.headers.append(contentsOf: pageGuards)
  }

  private static let pageGuards: [HTTPField] = [
    HTTPField(name: .referrerPolicy, value: "same-origin"),
    HTTPField(name: .permissionsPolicy, value: "camera=(), microphone=(), geolocation=()"),
    HTTPField(name: .openerPolicy, value: "same-origin"),
    HTTPField(name: .resourcePolicy, value: "same-origin"),
    HTTPField(name: .robots, value: "noindex, nofollow"),
  ]

  private static let contentSecurityPolicy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
    "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
  ].joined(separator: "; ")

  package static func escaped(_ text: String) -> String {
    PercentEncoding.encoded(text)
  }
}

extension HTTPRequest.Method {
  /// Whether the method may change something.
  fileprivate var isChanging: Bool { self != .get && self != .options }
}

/// Renders a problem as a page.
package protocol ErrorPages: Sendable {
  func page(_ problem: Problem, _ language: Language, _ principal: Principal, path: String, id: String)
    -> HTML
}

extension Problem {
  package static func tooLarge(_ limit: Int) -> Problem {
    let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"
    return Problem(
      .tooLarge,
      Wording(en: "this is larger than \(size); send something smaller", zh: "内容超过 \(size)；请换小一点的"))
  }
}

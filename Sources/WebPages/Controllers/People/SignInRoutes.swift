import Domain
import Hummingbird
import Operations
import WebCore

struct SignInRoutes: Sendable {
  let services: WebServices
  let signIn: SignIn

  var routes: [Route] {
    [
      Route(.get, "/sign-in", .page, .nothing) { request in
        if PageViewer(request.principal).kind != .nobody { return .see("/") }
        let back = try request.query()["back"] ?? "/"
        return .html(SignInPage(frame: PageFrame(request), back: WebPaths.own(back)).render())
      },
      Route(.post, "/sign-in", .form, .nothing, enter),
      Route(.get, WebPaths.local, .page, .nothing, enterLocally),
      Route(.post, "/sign-out", .form, .person, leave),
      // Cached by the service worker for use without a network, so it is the same for everybody.
      Route(.get, "/offline", .page, .nothing) { request in
        let frame = PageFrame(
          language: request.language, viewer: .nobody, assets: WebAssets.paths, path: "/offline")
        return .html(ErrorPage.offline(frame).render())
      },
      Route(.post, "/language", .form, .nothing) { request in
        let fields = try await request.fields(upTo: Self.largestForm)
        guard let language = fields["lang"].flatMap(Language.init(rawValue:)) else {
          throw Problem.invalid("lang", Wording(en: "isn't zh or en", zh: "应为 zh 或 en"))
        }
        let cookie = CookieName.language.setting(
          language.rawValue, seconds: 400 * 86_400, isSecure: request.isSecure)
        return Response.see(WebPaths.own(fields["back"] ?? "/")).with(.setCookie, cookie)
      },
    ]
  }

  /// The URL that a server without users prints: from then on this browser acts as the person who started it.
  private func enterLocally(_ request: WebRequest) async throws -> Response {
    guard let access = services.options.local else { return .see("/sign-in") }
    let local = LocalMode(access, login: services.dependencies.login, services.store)
    var version: Int64?
    guard try await local.isOpen(at: &version) else { return .see("/sign-in") }
    try local.check(request.http)
    guard local.opens(request["secret"]) else { throw Problem.localOnly }
    return Response.see(WebPaths.own(try request.query()["back"] ?? "/"))
      .with(.setCookie, CookieName.local.setting(access.secret.text, seconds: 400 * 86_400, isSecure: false))
  }

  /// In bytes, since anybody may send such a form.
  private static let largestForm = 8 << 10

  private func enter(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields(upTo: Self.largestForm)
    let back = WebPaths.own(fields["back"] ?? "/")
    do {
      let entered = try await signIn(
        try fields.required("name"), fields.all("password").first ?? "", request)
      var response = Response.see(entered.user.mustChangePassword ? "/account" : back)
      response.headers.append(
        .init(
          name: .setCookie,
          value: CookieName.session.setting(
            entered.secret, seconds: Retention.sessions, isSecure: request.isSecure)
        ))
      response.headers.append(
        .init(
          name: .setCookie,
          value: CookieName.device.setting(
            entered.device, path: "/sign-in", seconds: 400 * 86_400, isSecure: request.isSecure)))
      return response
    } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      let page = SignInPage(
        frame: PageFrame(request), back: back, name: fields["name"], problem: problem.detail(request.language)
      )
      var response = Response.html(page.render(), status: problem.status)
      response.headers[.retryAfter] = problem.headers[.retryAfter]
      return response
    }
  }

  private func leave(_ request: WebRequest) async throws -> Response {
    guard case .user(let user, let session) = request.principal else { return .see("/") }
    let address = request.address
    try await services.change(request) { transaction, grant in
      try transaction.endSession(session)
      try transaction.log(
        AuditEvent(
          kind: .signedOut, at: grant.now, subject: user.name, by: user.name, address: address))
    }
    return Response.see("/sign-in")
      .with(.setCookie, CookieName.session.setting("", seconds: 0, isSecure: request.isSecure))
      .with(.clearSiteData, "\"cache\"")
  }
}

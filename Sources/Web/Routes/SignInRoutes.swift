import Domain
import Hummingbird
import Operations

/// Coming in and going out.
struct SignInRoutes: Sendable {
  let books: Books
  let signIn: SignIn

  var routes: [Route] {
    [
      Route(.get, "/sign-in", .page, .nothing) { asked in
        if PageViewer(asked.principal).kind != .nobody { return .see("/") }
        let back = try asked.query()["back"] ?? "/"
        return .html(SignInPage(frame: PageFrame(asked), back: Self.path(back)).render())
      },
      Route(.post, "/sign-in", .form, .nothing, enter),
      Route(.get, Self.localPath, .page, .nothing, enterLocally),
      Route(.post, "/sign-out", .form, .person, leave),
      // Kept by the pages' worker, for when there is no network: the same for everybody.
      Route(.get, "/offline", .page, .nothing) { asked in
        let frame = PageFrame(
          language: asked.language, viewer: .nobody, assets: WebAssets.paths, path: "/offline")
        return .html(ErrorPage.offline(frame).render())
      },
      Route(.post, "/language", .form, .nothing) { asked in
        let fields = try await asked.fields(upTo: Self.largestForm)
        guard let language = fields["lang"].flatMap(Language.init(rawValue:)) else {
          throw Problem.invalid("lang", Wording(en: "isn't zh or en", zh: "应为 zh 或 en"))
        }
        let cookie = Cookie.language.setting(
          language.rawValue, seconds: 400 * 86_400, isSecure: asked.isSecure)
        return Response.see(Self.path(fields["back"] ?? "/")).with(.setCookie, cookie)
      },
    ]
  }

  static let localPath = "/local/{secret}"

  /// The address that a server without users printed: from then on the browser is whoever started it.
  private func enterLocally(_ asked: Asked) throws -> Response {
    guard let access = books.options.local else { return .see("/sign-in") }
    let local = LocalMode(access, login: books.parts.login, books.readers)
    var version: Int64?
    guard try local.isOpen(at: &version) else { return .see("/sign-in") }
    try local.check(asked.request)
    guard local.opens(asked["secret"]) else { throw Problem.localOnly }
    return Response.see(Self.path(try asked.query()["back"] ?? "/"))
      .with(.setCookie, Cookie.local.setting(access.secret.text, seconds: 400 * 86_400, isSecure: false))
  }

  /// In bytes: what anybody may send.
  private static let largestForm = 8 << 10

  private func enter(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields(upTo: Self.largestForm)
    let back = Self.path(fields["back"] ?? "/")
    do {
      let entered = try await signIn(
        try fields.required("name"), fields.all("password").first ?? "", asked)
      var response = Response.see(entered.user.mustChangePassword ? "/account" : back)
      response.headers.append(
        .init(
          name: .setCookie,
          value: Cookie.session.setting(entered.secret, seconds: SignIn.lasts, isSecure: asked.isSecure)))
      response.headers.append(
        .init(
          name: .setCookie,
          value: Cookie.device.setting(
            entered.device, path: "/sign-in", seconds: 400 * 86_400, isSecure: asked.isSecure)))
      return response
    } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      let page = SignInPage(
        frame: PageFrame(asked), back: back, name: fields["name"], problem: problem.detail(asked.language))
      var response = Response.html(page.render(), status: problem.status)
      response.headers[.retryAfter] = problem.headers[.retryAfter]
      return response
    }
  }

  private func leave(_ asked: Asked) async throws -> Response {
    guard case .user(let user, let session) = asked.principal else { return .see("/") }
    let address = asked.address
    try await books.change(asked) { transaction, grant in
      try transaction.endSession(session)
      try transaction.log(
        AccessEvent(
          kind: .signedOut, at: grant.now, subject: user.name, by: user.name, address: address))
    }
    return Response.see("/sign-in")
      .with(.setCookie, Cookie.session.setting("", seconds: 0, isSecure: asked.isSecure))
      .with(.clearSiteData, "\"cache\"")
  }

  /// A path of ours, never another site's address.
  static func path(_ text: String) -> String {
    let isOurs =
      text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
      && !["/%5c", "/%2f"].contains(text.prefix(4).lowercased())
      && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    return isOurs ? text : "/"
  }
}

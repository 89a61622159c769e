import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// The user's own account: password, language, sessions.
struct AccountRoutes: Sendable {
  let services: WebServices
  let signIn: SignIn

  var routes: [Route] {
    [
      Route(.get, WebPaths.account, .page, .person) { request in
        let did = try request.query()["did"]
        var page = try await page(request)
        if did == "password" {
          page.notice = PageNotice(
            text: Wording(
              en: "The password is changed; everywhere else you are signed out.", zh: "密码已修改，其他地方的登录都已退出。")(
                request.language))
        }
        return .html(page.render())
      },
      Route(.post, "\(WebPaths.account)/password", .form, .person, changePassword),
      Route(.post, "\(WebPaths.account)/sessions/end", .form, .person, endSessions),
    ]
  }

  private func page(_ request: WebRequest) async throws -> AccountPage {
    guard case .user(let user, _) = request.principal else {
      return AccountPage(frame: PageFrame(request), user: nil, sessions: 0)
    }
    let sessions = try await services.store.read { try $0.countSessions(of: user.name, at: request.now) }
    return AccountPage(frame: PageFrame(request), user: user, sessions: sessions)
  }

  private func changePassword(_ request: WebRequest) async throws -> Response {
    guard case .user(let user, _) = request.principal else { throw Problem.forbidden }
    let fields = try await request.fields()
    do {
      guard try await signIn.check(fields.all("current").first ?? "", of: user, request) else {
        throw AccessRefusal.wrongPassword
      }
      let password = try await signIn.make(fields.all("password").first ?? "", of: user.name)
      let address = request.address
      let changed = try await services.change(request) { transaction, grant in
        try ManageUsers(by: try grant.author(through: .web), address: address, now: grant.now)
          .changePassword(of: user, to: password, in: transaction)
      }
      // All sessions have ended, so the browser used for the change gets a new one.
      let entered = try await signIn.enter(changed, request)
      return Response.see("\(WebPaths.account)?did=password")
        .with(
          .setCookie,
          CookieName.session.setting(entered.secret, seconds: Retention.sessions, isSecure: request.isSecure))
    } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await page(request)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func endSessions(_ request: WebRequest) async throws -> Response {
    guard case .user(let user, _) = request.principal else { throw Problem.forbidden }
    let address = request.address
    try await services.change(request) { transaction, grant in
      try transaction.endSessions(of: user.name)
      try transaction.log(
        AuditEvent(
          kind: .sessionsEnded, at: grant.now, subject: user.name, by: user.name, address: address))
    }
    return Response.see("/sign-in")
      .with(.setCookie, CookieName.session.setting("", seconds: 0, isSecure: request.isSecure))
      .with(.clearSiteData, "\"cache\"")
  }
}

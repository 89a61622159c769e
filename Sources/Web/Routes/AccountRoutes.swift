import Domain
import Hummingbird
import Operations
import Reports

/// One's own account: the password, the language, the sessions.
struct AccountRoutes: Sendable {
  let books: Books
  let signIn: SignIn

  static let path = "/account"

  var routes: [Route] {
    [
      Route(.get, Self.path, .page, .person) { asked in
        let did = try asked.query()["did"]
        var page = try page(asked)
        if did == "password" {
          page.notice = PageNotice(
            text: Wording(
              en: "The password is changed; everywhere else you are signed out.", zh: "密码已修改，其他地方的登录都已退出。")(
                asked.language))
        }
        return .html(page.render())
      },
      Route(.post, "\(Self.path)/password", .form, .person, changePassword),
      Route(.post, "\(Self.path)/sessions/end", .form, .person, endSessions),
    ]
  }

  private func page(_ asked: Asked) throws -> AccountPage {
    guard case .user(let user, _) = asked.principal else {
      return AccountPage(frame: PageFrame(asked), user: nil, sessions: 0)
    }
    let sessions = try books.readers.read { try $0.countSessions(of: user.name, at: asked.now) }
    return AccountPage(frame: PageFrame(asked), user: user, sessions: sessions)
  }

  private func changePassword(_ asked: Asked) async throws -> Response {
    guard case .user(let user, _) = asked.principal else { throw Problem.forbidden }
    let fields = try await asked.fields()
    do {
      guard try await signIn.check(fields.all("current").first ?? "", of: user, asked) else {
        throw AccessRefusal.wrongPassword
      }
      let password = try await signIn.make(fields.all("password").first ?? "", of: user.name)
      let address = asked.address
      let changed = try await books.change(asked) { transaction, grant in
        try ManageUsers(by: try grant.actor(through: .web), address: address, now: grant.now)
          .changePassword(of: user, to: password, in: transaction)
      }
      // Every session has ended, this one too: the browser that it was changed in gets a new one.
      let entered = try await signIn.enter(changed, asked)
      return Response.see("\(Self.path)?did=password")
        .with(
          .setCookie, Cookie.session.setting(entered.secret, seconds: SignIn.lasts, isSecure: asked.isSecure))
    } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try page(asked)
      page.problem = PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func endSessions(_ asked: Asked) async throws -> Response {
    guard case .user(let user, _) = asked.principal else { throw Problem.forbidden }
    let address = asked.address
    try await books.change(asked) { transaction, grant in
      try transaction.endSessions(of: user.name)
      try transaction.log(
        AccessEvent(
          kind: .sessionsEnded, at: grant.now, subject: user.name, by: user.name, address: address))
    }
    return Response.see("/sign-in")
      .with(.setCookie, Cookie.session.setting("", seconds: 0, isSecure: asked.isSecure))
      .with(.clearSiteData, "\"cache\"")
  }
}

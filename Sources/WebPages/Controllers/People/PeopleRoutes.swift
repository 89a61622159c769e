import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// Users, tokens and the access log, for admins.
struct PeopleRoutes: Sendable {
  let services: WebServices
  let signIn: SignIn

  var routes: [Route] {
    [
      Route(.get, "/users", .page, .admin) { .html(try await users($0).render()) },
      Route(.post, "/users", .form, .admin, addUser),
      Route(.post, "/users/disable", .form, .admin, disable),
      Route(.post, "/users/enable", .form, .admin) { request in
        try await change(request) { manage, name, transaction in
          _ = try manage.enable(name, in: transaction)
        }
      },
      Route(.post, "/users/reset", .form, .admin, reset),
      Route(.get, "/tokens", .page, .admin) { .html(try await tokens($0).render()) },
      Route(.post, "/tokens", .form, .admin, createToken),
      Route(.post, "/tokens/{token}/revoke", .form, .admin, revokeToken),
      Route(.get, "/log", .page, .admin, log),
    ]
  }

  private func manage(_ request: WebRequest) -> @Sendable (Grant) throws -> ManageUsers {
    let address = request.address
    return { grant in
      ManageUsers(by: try grant.author(through: .web), address: address, now: grant.now)
    }
  }

  private func users(_ request: WebRequest) async throws -> UsersPage {
    let now = request.now
    // Reads the live links of all shops to count them.
    let (users, live) = try await services.store.read(.background) { reading in
      (try reading.users(), try ReadCredentials(now: now).counts(in: reading))
    }
    return UsersPage(frame: PageFrame(request), users: users, live: live)
  }

  /// Shows a refusal on the page.
  private func answering(_ request: WebRequest, _ answer: () async throws -> Response) async throws
    -> Response
  {
    do { return try await answer() } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await users(request)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func change(
    _ request: WebRequest,
    _ change: @escaping @Sendable (ManageUsers, String, any StoreWriting) throws -> Void
  ) async throws -> Response {
    let fields = try await request.fields()
    return try await answering(request) {
      let name = try fields.required("name")
      let manage = manage(request)
      try await services.change(request) { transaction, grant in
        try change(try manage(grant), name, transaction)
      }
      return .see("/users")
    }
  }

  private func disable(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    return try await answering(request) {
      let name = try fields.required("name")
      let revoking = fields.flag("revoke")
      let manage = manage(request)
      let outcome = try await services.change(request) { transaction, grant in
        try manage(grant).disable(name, revoking: revoking, in: transaction)
      }
      services.live.changed(Set(outcome.revoked.links.map(\.shop)))
      return .see("/users")
    }
  }

  private func addUser(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    return try await answering(request) {
      let name = try fields.required("name")
      let role: Role = try ShopListParameters.choice("role", fields) ?? .merchant
      let teams = fields.list("teams")
      let text = GeneratedPassword.text(from: services.dependencies.secrets)
      let password = try await signIn.make(text, of: name)
      let manage = manage(request)
      let user = try await services.change(request) { transaction, grant in
        try manage(grant).add(name, role: role, teams: teams, password: password, in: transaction)
      }
      return .html(try await page(request, showing: text, of: user.name))
    }
  }

  private func reset(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    return try await answering(request) {
      let name = try fields.required("name")
      let text = GeneratedPassword.text(from: services.dependencies.secrets)
      let password = try await signIn.make(text, of: name)
      let manage = manage(request)
      let user = try await services.change(request) { transaction, grant in
        try manage(grant).reset(name, to: password, in: transaction)
      }
      return .html(try await page(request, showing: text, of: user.name))
    }
  }

  /// The only time that the password is shown.
  private func page(_ request: WebRequest, showing password: String, of name: String) async throws -> HTML {
    var page = try await users(request)
    page.secret = ShownSecret(
      about: Wording(
        en: "The password of \(name) for the first sign-in; it is shown only now.",
        zh: "\(name) 首次登录的密码，只显示这一次。")(request.language), secret: password)
    return page.render()
  }

  private func tokens(_ request: WebRequest) async throws -> TokensPage {
    let tokens = try await services.store.read { try $0.tokens() }
    return TokensPage(frame: PageFrame(request), times: times(request), tokens: tokens)
  }

  private func times(_ request: WebRequest) -> PageTimes {
    PageTimes(language: request.language, zone: services.readersZone(request), now: request.now)
  }

  private func tokenManage(_ request: WebRequest) -> @Sendable (Grant) throws -> ManageTokens {
    let (secrets, address) = (services.dependencies.secrets, request.address)
    return { grant in
      ManageTokens(
        secrets: secrets, by: try grant.author(through: .web), address: address, now: grant.now)
    }
  }

  private func createToken(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    do {
      let name = try fields.required("name")
      let scopes = fields.all("scope").compactMap(TokenScope.init(rawValue:))
      let expiresAt = try ExpiryText.moment(fields["expires"], now: request.now)
      let teams = fields.list("teams")
      let manage = tokenManage(request)
      let made = try await services.change(request) { transaction, grant in
        try manage(grant).create(name, scopes: scopes, teams: teams, expiresAt: expiresAt, in: transaction)
      }
      var page = try await tokens(request)
      page.secret = ShownSecret(
        about: Wording(
          en: "The token \(made.token.name); it is shown only now.", zh: "令牌 \(made.token.name)，只显示这一次。")(
            request.language), secret: made.secret.text)
      return .html(page.render())
    } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await tokens(request)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func revokeToken(_ request: WebRequest) async throws -> Response {
    guard let number = Int(request["token"]) else { throw Problem.notFound }
    let fields = try await request.fields()
    let manage = tokenManage(request)
    _ = try await services.change(request) { transaction, grant in
      try manage(grant).revoke(number, in: transaction)
    }
    return .afterRevoking(fields, else: "/tokens")
  }

  private static let listed = 100

  private func log(_ request: WebRequest) async throws -> Response {
    let before = try request.query().integer("before")
    let found = try await services.store.read { try $0.auditEvents(before: before, limit: Self.listed) }
    let page = AccessLogPage(
      frame: PageFrame(request), times: times(request), events: found.map(\.event),
      before: found.count == Self.listed ? found.last.map { String($0.number) } : nil)
    return .html(page.render())
  }
}

/// Passwords for a first sign-in: easy to read out, hard to guess.
enum GeneratedPassword {
  /// Without characters that are easily confused.
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")

  /// 16 letters and digits in four groups: about 79 bits.
  static func text(from secrets: any SecretSource) -> String {
    var picked: [Character] = []
    while picked.count < 16 {
      // Larger bytes are discarded, since they would make some letters more likely.
      let most = 256 / letters.count * letters.count
      for byte in secrets.bytes(32) where Int(byte) < most && picked.count < 16 {
        picked.append(letters[Int(byte) % letters.count])
      }
    }
    return stride(from: 0, to: 16, by: 4).map { String(picked[$0..<$0 + 4]) }.joined(separator: "-")
  }
}

extension FormFields {
  /// Texts separated by `;` in a field, or in several fields of the same name.
  func list(_ name: String) -> [String] {
    all(name).flatMap(ShopDetails.tags).map(\.trimmedAndComposed).filter { !$0.isEmpty }
  }
}

import Domain
import Hummingbird
import Operations
import Reports

/// Users, tokens and their log, for admins.
struct PeopleRoutes: Sendable {
  let books: Books
  let signIn: SignIn

  var routes: [Route] {
    [
      Route(.get, "/users", .page, .admin) { .html(try await users($0).render()) },
      Route(.post, "/users", .form, .admin, addUser),
      Route(.post, "/users/disable", .form, .admin, disable),
      Route(.post, "/users/enable", .form, .admin) { asked in
        try await change(asked) { manage, name, transaction in
          _ = try manage.enable(name, in: transaction)
        }
      },
      Route(.post, "/users/reset", .form, .admin, reset),
      Route(.get, "/tokens", .page, .admin) { .html(try tokens($0).render()) },
      Route(.post, "/tokens", .form, .admin, createToken),
      Route(.post, "/tokens/{token}/revoke", .form, .admin, revokeToken),
      Route(.get, "/log", .page, .admin, log),
    ]
  }

  private func manage(_ asked: Asked) -> @Sendable (Grant) throws -> ManageUsers {
    let address = asked.address
    return { grant in
      ManageUsers(by: try grant.actor(through: .web), address: address, now: grant.now)
    }
  }

  private func users(_ asked: Asked) async throws -> UsersPage {
    let now = asked.now
    // The live links of all shops are counted.
    let (users, live) = try await books.readAtLength { reading in
      var users: [User] = []
      try reading.forEachUser { users.append($0) }
      return (users, try ReadCredentials(now: now).counts(in: reading))
    }
    return UsersPage(frame: PageFrame(asked), users: users, live: live)
  }

  /// A refusal stands on the page.
  private func answering(_ asked: Asked, _ answer: () async throws -> Response) async throws -> Response {
    do { return try await answer() } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await users(asked)
      page.problem = PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func change(
    _ asked: Asked,
    _ change: @escaping @Sendable (ManageUsers, String, any ShopWriting) throws -> Void
  ) async throws -> Response {
    let fields = try await asked.fields()
    return try await answering(asked) {
      let name = try fields.required("name")
      let manage = manage(asked)
      try await books.change(asked) { transaction, grant in try change(try manage(grant), name, transaction) }
      return .see("/users")
    }
  }

  private func disable(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields()
    return try await answering(asked) {
      let name = try fields.required("name")
      let revoking = fields.flag("revoke")
      let manage = manage(asked)
      let outcome = try await books.change(asked) { transaction, grant in
        try manage(grant).disable(name, revoking: revoking, in: transaction)
      }
      books.live.changed(Set(outcome.revoked.links.map(\.shop)))
      return .see("/users")
    }
  }

  private func addUser(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields()
    return try await answering(asked) {
      let name = try fields.required("name")
      let role: Role = try DeskAsked.choice("role", fields) ?? .merchant
      let teams = fields.list("teams")
      let text = GeneratedPassword.text(from: books.parts.secrets)
      let password = try await signIn.make(text, of: name)
      let manage = manage(asked)
      let user = try await books.change(asked) { transaction, grant in
        try manage(grant).add(name, role: role, teams: teams, password: password, in: transaction)
      }
      return .html(try await page(asked, showing: text, of: user.name))
    }
  }

  private func reset(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields()
    return try await answering(asked) {
      let name = try fields.required("name")
      let text = GeneratedPassword.text(from: books.parts.secrets)
      let password = try await signIn.make(text, of: name)
      let manage = manage(asked)
      let user = try await books.change(asked) { transaction, grant in
        try manage(grant).reset(name, to: password, in: transaction)
      }
      return .html(try await page(asked, showing: text, of: user.name))
    }
  }

  /// The only time that a password is shown.
  private func page(_ asked: Asked, showing password: String, of name: String) async throws -> HTML {
    var page = try await users(asked)
    page.secret = ShownSecret(
      about: Wording(
        en: "The password of \(name) for the first sign-in; it is shown only now.",
        zh: "\(name) 首次登录的密码，只显示这一次。")(asked.language), secret: password)
    return page.render()
  }

  private func tokens(_ asked: Asked) throws -> TokensPage {
    var tokens: [AccessToken] = []
    try books.readers.read { reading in try reading.forEachToken { tokens.append($0) } }
    return TokensPage(frame: PageFrame(asked), times: times(asked), tokens: tokens)
  }

  private func times(_ asked: Asked) -> PageTimes {
    PageTimes(language: asked.language, zone: books.readersZone(asked), now: asked.now)
  }

  private func tokenManage(_ asked: Asked) -> @Sendable (Grant) throws -> ManageTokens {
    let (secrets, address) = (books.parts.secrets, asked.address)
    return { grant in
      ManageTokens(
        secrets: secrets, by: try grant.actor(through: .web), address: address, now: grant.now)
    }
  }

  private func createToken(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields()
    do {
      let name = try fields.required("name")
      let scopes = fields.all("scope").compactMap(Scope.init(rawValue:))
      let expiresAt = try LinkExpiry.moment(fields["expires"], now: asked.now)
      let teams = fields.list("teams")
      let manage = tokenManage(asked)
      let made = try await books.change(asked) { transaction, grant in
        try manage(grant).create(name, scopes: scopes, teams: teams, expiresAt: expiresAt, in: transaction)
      }
      var page = try tokens(asked)
      page.secret = ShownSecret(
        about: Wording(
          en: "The token \(made.token.name); it is shown only now.", zh: "令牌 \(made.token.name)，只显示这一次。")(
            asked.language), secret: made.secret.text)
      return .html(page.render())
    } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try tokens(asked)
      page.problem = PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func revokeToken(_ asked: Asked) async throws -> Response {
    guard let number = Int(asked["token"]) else { throw Problem.notFound }
    let fields = try await asked.fields()
    let manage = tokenManage(asked)
    _ = try await books.change(asked) { transaction, grant in
      try manage(grant).revoke(number, in: transaction)
    }
    return .afterRevoking(fields, else: "/tokens")
  }

  private static let listed = 100

  private func log(_ asked: Asked) async throws -> Response {
    let before = try asked.query().integer("before")
    let found = try books.readers.read { try $0.accessEvents(before: before, limit: Self.listed) }
    let page = AccessLogPage(
      frame: PageFrame(asked), times: times(asked), events: found.map(\.event),
      before: found.count == Self.listed ? found.last.map { String($0.number) } : nil)
    return .html(page.render())
  }
}

/// A password for somebody's first sign-in: easy to read out, hard to guess.
enum GeneratedPassword {
  /// Without those that are taken for others.
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")

  /// 16 letters and digits in four groups: some 79 bits.
  static func text(from secrets: any SecretSource) -> String {
    var picked: [Character] = []
    while picked.count < 16 {
      // Bytes beyond a multiple of the letters' number would make some letters likelier.
      let most = 256 / letters.count * letters.count
      for byte in secrets.bytes(32) where Int(byte) < most && picked.count < 16 {
        picked.append(letters[Int(byte) % letters.count])
      }
    }
    return stride(from: 0, to: 16, by: 4).map { String(picked[$0..<$0 + 4]) }.joined(separator: "-")
  }
}

extension Fields {
  /// Texts separated by `;` in one field, or in fields of one name.
  func list(_ name: String) -> [String] {
    all(name).flatMap(ShopDetails.tags).map(\.trimmedAndComposed).filter { !$0.isEmpty }
  }
}

import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// Users, tokens and the access log, for admins; and the sender's own account.
struct UsersAPI: Sendable {
  let services: WebServices
  let signIn: SignIn

  private static let password = APIOperation.Field(
    "password", .text(most: 1000), required: true, "For the first sign-in; another has to be chosen then")
  private static let teams = APIOperation.Field(
    "teams", .lines(most: 200, each: 100), "Which teams' shops a lead leads")
  private static let roles = Role.allCases.map(\.rawValue)

  var routes: [Route] {
    [
      .api(
        .get, "/me", .authenticated,
        APIOperation(id: "getMe", summary: "Who asks, and what they may", answer: .json(schema: "Me")), me),
      .api(
        .get, "/users", .admin,
        APIOperation(id: "listUsers", summary: "Users, by name", answer: .json(schema: "Users")), users),
      .api(
        .post, "/users", .admin,
        APIOperation(
          id: "addUser", summary: "Add a user",
          body: .fields([
            .init("name", .line(most: 100), required: true, "What they sign in with", example: "Li Mei"),
            .init("role", .oneOf(Self.roles), required: true, "What they may do"), Self.teams, Self.password,
          ]), answer: .json(schema: "User", status: 201), problems: [409]), addUser),
      .api(
        .patch, "/users/{name}", .admin,
        APIOperation(
          id: "changeUser", summary: "Change a user's role or teams, or disable them; their sessions end",
          body: .fields([
            .init("role", .oneOf(Self.roles), "What they may do"), Self.teams,
            .init("disabled", .flag, "Whether they can't sign in"),
            .init("revoke", .flag, "With disabled: revoke the links and tokens that they made"),
          ]), answer: .json(schema: "ChangedUser"), problems: [409]), changeUser),
      .api(
        .post, "/users/{name}/reset", .admin,
        APIOperation(
          id: "resetUser", summary: "Give a user another password; their sessions end",
          body: .fields([Self.password]), answer: .json(schema: "User")), reset),
      .api(
        .get, "/tokens", .admin,
        APIOperation(id: "listTokens", summary: "Tokens, by number", answer: .json(schema: "Tokens")), tokens),
      .api(
        .post, "/tokens", .admin,
        APIOperation(
          id: "createToken", summary: "Make a token; its secret is in this answer alone",
          body: .fields([
            .init(
              "name", .line(most: 100), required: true, "What changes made with it are recorded under",
              example: "nightly import"),
            .init("scopes", .someOf(TokenScope.allCases.map(\.rawValue)), required: true, "What it may do"),
            .init("teams", .lines(most: 200, each: 100), "Only these teams' shops"),
            .init("expires", .duration, "How long it works, such as 90d; a year at most", example: "90d"),
          ]), answer: .json(schema: "NewToken", status: 201)), createToken),
      .api(
        .delete, "/tokens/{token}", .admin,
        APIOperation(id: "revokeToken", summary: "Make a token useless at once", answer: .nothing),
        revokeToken),
      .api(
        .get, "/links", .admin,
        APIOperation(
          id: "listLiveLinks", summary: "Links of all shops that work, by who made them",
          query: [.init("by", .text(most: 100), "Only those that this person is behind")]
            + Pagination.fields(most: 1000), answer: .json(schema: "LiveLinks")), links),
      .api(
        .get, "/log", .admin,
        APIOperation(
          id: "getLog", summary: "Sign-ins, and what happened to users and tokens, the latest first",
          query: [
            .init("before", .integer, "Only those with a lower number"),
            .init("limit", .whole(1...500), "How many; default: 100"),
          ], answer: .json(schema: "Log")), log),
    ]
  }

  private func me(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    var json = JSONWriter()
    json.object { json in
      json.field("name", request.principal.name)
      switch request.principal {
      case .user(let user, _):
        json.field("kind", "user")
        json.field("role", user.role.rawValue)
        json.field("teams", user.teams)
        json.null("scopes")
      case .token(let token):
        json.field("kind", "token")
        json.null("role")
        json.field("teams", token.teams)
        json.field("scopes", token.scopes.map(\.rawValue))
      default:
        json.field("kind", "local")
        json.field("role", Role.admin.rawValue)
        json.null("teams")
        json.null("scopes")
      }
    }
    return .json(json.document())
  }

  private func manage(_ request: WebRequest) -> @Sendable (Grant) throws -> ManageUsers {
    let address = request.address
    return { grant in
      ManageUsers(by: try grant.author(through: .api), address: address, now: grant.now)
    }
  }

  private func manageTokens(_ request: WebRequest) -> @Sendable (Grant) throws -> ManageTokens {
    let (secrets, address) = (services.dependencies.secrets, request.address)
    return { grant in
      ManageTokens(
        secrets: secrets, by: try grant.author(through: .api), address: address, now: grant.now)
    }
  }

  private func users(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let users = try await services.store.read { try $0.users() }
    return .json(AccessJSON.users(users, named: "users"))
  }

  private func addUser(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let name = try input.body.required("name")
    let role: Role = try ShopListParameters.choice("role", input.body) ?? .merchant
    let password = try await signIn.make(input.body.all("password").first ?? "", of: name)
    let teams = input.body.all("teams")
    let manage = manage(request)
    let user = try await services.change(request) { transaction, grant in
      try manage(grant).add(name, role: role, teams: teams, password: password, in: transaction)
    }
    return .json(AccessJSON.user(user), status: .created)
  }

  private func changeUser(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let name = request["name"]
    let role: Role? = try ShopListParameters.choice("role", input.body)
    let teams = input.body.texts["teams"]
    let disabled = input.body.texts["disabled"].map { _ in input.body.flag("disabled") }
    let revoking = input.body.flag("revoke")
    if revoking, disabled != true {
      throw Problem.invalid(
        "revoke", Wording(en: "goes with \"disabled\": true alone", zh: "只能与 \"disabled\": true 一起使用"))
    }
    let manage = manage(request)
    let (user, live, revoked) = try await services.change(request) { transaction, grant in
      let manage = try manage(grant)
      var user = try manage.change(name, role: role, teams: teams, in: transaction).user
      if disabled == true {
        let outcome = try manage.disable(name, revoking: revoking, in: transaction)
        return (outcome.user, outcome.goingOn.count, outcome.revoked)
      }
      if disabled == false { user = try manage.enable(name, in: transaction).user }
      let live = try ReadCredentials(now: grant.now)(of: user.name, in: transaction)
      return (user, live.count, ActiveCredentials())
    }
    services.live.changed(Set(revoked.links.map(\.shop)))
    return .json(AccessJSON.changed(user, live: live, revoked: revoked.count))
  }

  private func reset(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let name = request["name"]
    let password = try await signIn.make(input.body.all("password").first ?? "", of: name)
    let manage = manage(request)
    let user = try await services.change(request) { transaction, grant in
      try manage(grant).reset(name, to: password, in: transaction)
    }
    return .json(AccessJSON.user(user))
  }

  private func tokens(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let tokens = try await services.store.read { try $0.tokens() }
    return .json(AccessJSON.tokens(tokens, named: "tokens"))
  }

  private func createToken(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let name = try input.body.required("name")
    let scopes = input.body.all("scopes").compactMap(TokenScope.init(rawValue:))
    let teams = input.body.all("teams")
    let expiresAt = try ExpiryText.moment(input.body["expires"], now: request.now)
    let manage = manageTokens(request)
    let made = try await services.change(request) { transaction, grant in
      try manage(grant).create(name, scopes: scopes, teams: teams, expiresAt: expiresAt, in: transaction)
    }
    return .json(AccessJSON.token(made.token, secret: made.secret.text), status: .created)
  }

  private func revokeToken(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    guard let number = Int(request["token"]), number > 0 else { throw Problem.notFound }
    let manage = manageTokens(request)
    _ = try await services.change(request) { transaction, grant in
      try manage(grant).revoke(number, in: transaction)
    }
    return Response(status: .noContent)
  }

  private func links(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let part = try await CredentialPart.read(
      services, by: input.query["by"], after: input.query["after"],
      limit: try Pagination.limit(input.query, usual: Pagination.usual), at: request.now)
    return .json(AccessJSON.links(part.links, next: part.next))
  }

  private func log(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let limit = try input.query.integer("limit") ?? 100
    let before = try input.query.integer("before")
    let events = try await services.store.read { try $0.auditEvents(before: before, limit: limit) }
    return .json(AccessJSON.log(events, next: events.count == limit ? events.last?.number : nil))
  }
}

import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// A server on a store without users belongs to whoever started it.
struct LocalModeTests {
  private static let secret = Secret.local(from: CountedSecrets())

  private static func request(_ path: String, host: String = "localhost:8080", _ headers: HTTPFields = [:])
    -> Request
  {
    Request(
      head: HTTPRequest(
        method: .get, scheme: "http", authority: host, path: path, headerFields: headers),
      body: .init(buffer: .init()))
  }

  private static func authenticate(_ world: TestServer) -> Authenticator {
    Authenticator(
      store: world.server.services.store,
      local: LocalMode(LocalAccess(name: "Li", secret: secret), login: "li", world.server.services.store))
  }

  private static func principal(_ request: Request, in world: TestServer) async throws -> Principal {
    var version: Int64?
    return try await authenticate(world)(request, link: nil, now: world.now, version: &version)
  }

  @Test(arguments: ["/shops", "/sign-in", "/api", "/users", "/export", "/api/v1/export", "/api/openapi.json"])
  func nobodyElseIsAnswered(path: String) async throws {
    let world = try TestServer.open()
    for headers: HTTPFields in [
      [:], [.authorization: "Bearer AAAAAAAAAAAAAAAAAAAAAA"],
      [.cookie: "switchlist-local=AAAAAAAAAAAAAAAAAAAAAA"],
      [.cookie: "switchlist-session=AAAAAAAAAAAAAAAAAAAAAA"],
    ] {
      let response = try await world.ask(.get, path, as: .stranger, headers: headers)
      #expect(response.status == .forbidden, "\(headers)")
      #expect(response.text.contains("printed when it started"))
    }
  }

  @Test func healthAndStylesNeedNoSecret() async throws {
    let world = try TestServer.open()
    for path in ["/healthz", "/readyz", WebAssets.paths.style] {
      #expect(try await world.ask(.get, path, as: .stranger).status == .ok)
    }
  }

  @Test func theAddressSetsACookieThatOpensThePages() async throws {
    let world = try TestServer.open()
    let local = try #require(world.server.services.options.local)
    let entered = try await world.ask(.get, local.entryPath(to: "/shops"), as: .stranger)
    #expect(entered.status == .seeOther)
    #expect(entered.headers[.location] == "/shops")
    let cookie = try #require(entered.headers[.setCookie])
    #expect(cookie.contains("HttpOnly"))
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(try await world.ask(.get, "/shops", as: .stranger, headers: [.cookie: pair]).status == .ok)
    let wrong = try await world.ask(.get, "/local/AAAAAAAAAAAAAAAAAAAAAA", as: .stranger)
    #expect(wrong.status == .forbidden)
    #expect(wrong.headers[.setCookie] == nil)
  }

  @Test func aPageOfAnotherSiteCantUseTheCookie() async throws {
    let world = try TestServer.open()
    _ = try world.user.add(ShopID(trusted: "s-1"), ShopDetails())
    let local = try #require(world.server.services.options.local)
    let cookie = "switchlist-local=\(local.secret.text)"
    for headers: HTTPFields in [[.cookie: cookie], [.cookie: cookie, .origin: "http://evil.example"]] {
      let response = try await world.ask(
        .post, "/shops/s-1/archive", as: .stranger, headers: headers, body: [])
      #expect(response.status == .forbidden)
    }
  }

  @Test func linksAndTokensOpenWhatTheyOpen() async throws {
    let world = try TestServer.open()
    _ = try world.user.add(ShopID(trusted: "s-1"), ShopDetails())
    let link = try world.addLink(to: ShopID(trusted: "s-1"))
    #expect(try await world.ask(.get, "/l/\(link)/", as: .stranger).status == .ok)
    let token = try world.addToken(.read)
    let caller = TestServer.Caller(headers: token.headers, isStarter: false)
    #expect(try await world.ask(.get, "/api/v1/shops", as: caller).status == .ok)
  }

  @Test(arguments: [
    "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP",
    "Via",
  ])
  func whatComesThroughAProxyIsRefused(field: String) async throws {
    let world = try TestServer()
    let bearer: HTTPFields = [.authorization: "Bearer \(Self.secret.text)"]
    let starter = try await Self.principal(Self.request("/shops", bearer), in: world)
    #expect(starter == .local(name: "Li", login: "li"))
    var headers = bearer
    headers[try #require(HTTPField.Name(field))] = "10.0.0.1"
    let request = Self.request("/shops", headers)
    await #expect(throws: Problem.self) { try await Self.principal(request, in: world) }
  }

  @Test(arguments: [
    ("localhost:8080", true), ("127.0.0.1:8080", true), ("[::1]:8080", true), ("LOCALHOST", true),
    ("shops.evil.example:8080", false), ("[::1]evil", false), ("[::1].evil.example", false),
    ("127.0.0.1.evil.example", false), ("localhost:80:80", false), ("", false),
  ])
  func onlyThisMachinesOwnNamesAreAnswered(host: String, isAnswered: Bool) async throws {
    let world = try TestServer()
    let request = Self.request("/shops", host: host, [.authorization: "Bearer \(Self.secret.text)"])
    if isAnswered {
      await #expect(throws: Never.self) { try await Self.principal(request, in: world) }
    } else {
      await #expect(throws: Problem.self) { try await Self.principal(request, in: world) }
    }
  }

  @Test func itEndsTheMomentThatAUserExists() async throws {
    let world = try TestServer.open()
    let local = try #require(world.server.services.options.local)
    #expect(try await world.ask(.get, "/shops").status == .ok)
    let admin = try world.addUser("Root", .admin)
    // What its holder has is worth nothing now, in whatever way it is shown.
    let byToken = try await world.ask(.get, "/api/v1/shops")
    #expect(byToken.status == .unauthorized)
    let byCookie = try await world.ask(
      .get, "/shops", as: .stranger, headers: [.cookie: "switchlist-local=\(local.secret.text)"])
    #expect(byCookie.headers[.location]?.hasPrefix("/sign-in") == true)
    let byAddress = try await world.ask(.get, local.entryPath(), as: .stranger)
    #expect(byAddress.headers[.location] == "/sign-in")
    #expect(byAddress.headers[.setCookie] == nil)
    let signedIn = TestServer.Caller(headers: admin.headers, isStarter: false)
    #expect(try await world.ask(.get, "/shops", as: signedIn).status == .ok)
  }
}

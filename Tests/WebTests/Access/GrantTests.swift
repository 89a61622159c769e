import Domain
import HTTPTypes
import HummingbirdTesting
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Access that ends after a request was let in, and before what it asks for is done.
struct GrantTests {
  private static let shop = ShopID(trusted: "s-1")
  private static let form: HTTPFields = [
    .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
  ]

  private static func world() throws -> TestServer {
    let world = try TestServer()
    _ = try world.user.add(shop, ShopDetails(team: "east", owner: "Li"))
    _ = try world.user.start(shop)
    return world
  }

  private static func head(_ world: TestServer) throws -> Int? {
    try world.store.read { try $0.shop(shop)?.head.number }
  }

  @Test func aRevokedLinkRecordsNothing() async throws {
    let world = try Self.world()
    let link = try world.addLink(to: Self.shop)
    let before = try Self.head(world)
    world.beforeNextWrite { try $0.revokeLink(1, of: Self.shop, at: world.now) }
    var headers = Self.form
    headers[.cookie] = "switchlist-name=Mei"
    let response = try await world.ask(
      .post, "/l/\(link)/items/rebind-store/tick", headers: headers, body: Array("note=x".utf8))
    #expect(response.status == .gone)
    #expect(try Self.head(world) == before)
  }

  @Test func aRevokedTokenMakesNoOther() async throws {
    let world = try Self.world()
    let token = try world.addToken(.admin)
    world.beforeNextWrite { try $0.revokeToken(1, at: world.now) }
    let answer = try await world.call(.post, "/tokens", as: token, ["name": "again", "scopes": ["admin"]])
    #expect(answer.status == 401)
    var names: [String] = []
    try world.store.read { try $0.forEachToken { names.append($0.name) } }
    #expect(names == ["script"])
  }

  /// What may end between: who it is, what they may, and whose the shop is.
  enum Ending: CaseIterable {
    case session, disabled, otherTeams, merchant, shopMoved, signedOutEverywhere
  }

  @Test(arguments: Ending.allCases)
  func aLeadWhoseAccessEndsChangesNothing(ending: Ending) async throws {
    let world = try Self.world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let moved = Shop(
      id: Self.shop, name: nil, platform: nil, team: "west", owner: "Li", timeZone: nil, tags: [])
    world.beforeNextWrite { transaction in
      guard var user = try transaction.user(named: "East") else { return }
      switch ending {
      case .session, .signedOutEverywhere: return try transaction.endSessions(of: "East")
      case .disabled: user.isDisabled = true
      case .otherTeams: user.teams = ["west"]
      case .merchant: (user.role, user.teams) = (.merchant, [])
      case .shopMoved:
        _ = try ChangeShop(
          zones: TestZones.directory, by: try Author(name: "Root", login: "root", channel: .commandLine),
          now: world.now
        ).edit(Self.shop, ShopDetails(team: moved.team), in: transaction)
      }
      try transaction.save(user)
    }
    let before = try Self.head(world) ?? 0
    let response = try await world.ask(
      .post, "/shops/s-1/items/rebind-store/assign", as: lead, headers: Self.form,
      body: Array("owner=Wang".utf8))
    #expect([.unauthorized, .forbidden, .notFound].contains(response.status))
    #expect(try Self.head(world) == before + (ending == .shopMoved ? 1 : 0))
  }

  /// The time is taken in the transaction, which may come long after the request's head.
  @Test(arguments: [false, true]) func aCredentialThatEndsByItsTermMeanwhileChangesNothing(isLink: Bool)
    async throws
  {
    let world = try Self.world()
    let before = try Self.head(world)
    world.beforeNextWrite { _ in world.now = world.now + 2 * 86_400 }
    if isLink {
      let link = try world.addLink(to: Self.shop)
      var headers = Self.form
      headers[.cookie] = "switchlist-name=Mei"
      let response = try await world.ask(
        .post, "/l/\(link)/items/rebind-store/tick", headers: headers, body: Array("note=x".utf8))
      #expect(response.status == .gone)
    } else {
      let token = try world.addToken(.change)
      let answer = try await world.call(.post, "/shops/s-1/items/rebind-store/tick", as: token, ["note": "x"])
      #expect(answer.status == 401)
    }
    #expect(try Self.head(world) == before)
  }

  @Test func whatIsDoneIsDatedByTheTransaction() async throws {
    let world = try Self.world()
    let token = try world.addToken(.change)
    let asked = world.now
    world.beforeNextWrite { _ in world.now = asked + 90 }
    let answer = try await world.call(.post, "/shops/s-1/items/rebind-store/tick", as: token, ["note": "x"])
    #expect(answer.status == 200)
    let sealed = try world.store.read { try $0.events(of: Self.shop, before: .max, limit: 1) }
    #expect(try Event(canonical: try #require(sealed.first).bytes).recordedAt == asked + 90)
  }

  /// However a route changes something: an admin whose session ends before it begins gets nothing done by it.
  @Test func noRouteChangesAnythingForWhoIsGone() async throws {
    let world = try Self.world()
    _ = try world.addUser("Li", .merchant)
    _ = try world.addLink(to: Self.shop)
    // Without an admin left, nothing would be refused for the right reason.
    _ = try world.addUser("Root", .admin)
    let bodies = [
      "note=x&reason=x&owner=Wang&due=2030-01-01&account=other&name=Li&role=merchant&scope=read&id=s-9&team=east",
      "begin=after&do=start&shop=s-1&expires=30d",
    ]
    func state() throws -> [String] {
      try world.store.read { reading in
        var state = [
          "\(try reading.shop(Self.shop)?.head.number ?? 0)", "\(try reading.countShops(.init()))",
        ]
        try reading.forEachUser { state.append("\($0)") }
        try reading.forEachToken { state.append("\($0)") }
        state.append("\(try reading.auditEvents(before: nil, limit: 100).count)")
        return state
      }
    }
    for route in world.server.routes where route.method != .get && route.need != .nothing {
      if route.path.hasPrefix("/l/") { continue }
      var path = route.path
      for (name, value) in [
        "shop": "s-1", "item": "rebind-store", "run": "1", "link": "1", "token": "1", "name": "Li",
        "sha256": String(repeating: "0", count: 64),
      ] { path = path.replacing("{\(name)}", with: value) }
      for body in route.kind == .api ? ["{}"] : bodies {
        let caller = try world.addUser("Gone", .admin)
        let before = try state()
        world.beforeNextWrite { try $0.endSessions(of: "Gone") }
        var headers = Self.form
        if route.kind == .api { headers[.contentType] = "application/json" }
        let response = try await world.ask(
          route.method, path, as: caller, headers: headers, body: Array(body.utf8))
        world.beforeNextWrite { _ in }
        #expect(try state() == before, "\(route.method) \(route.path): \(response.status)")
      }
    }
  }

  @Test func whoChangedThePasswordMeanwhileIsntSignedIn() async throws {
    let world = try Self.world()
    let password = try Password("芝麻 gate 47 open", of: "Li", from: CountedSecrets())
    try world.store.write { transaction in
      try transaction.insert(
        User(name: "Li", role: .merchant, password: password.stored, createdAt: world.now))
    }
    world.beforeNextWrite { transaction in
      guard var user = try transaction.user(named: "Li") else { return }
      user.password = "another"
      try transaction.save(user)
    }
    let response = try await world.ask(
      .post, "/sign-in",
      headers: [.contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin"],
      body: Array("name=Li&password=\(RequestPipeline.escaped("芝麻 gate 47 open"))".utf8))
    #expect(response.status == .unauthorized)
    #expect(!response.headers.contains(.setCookie))
  }
}

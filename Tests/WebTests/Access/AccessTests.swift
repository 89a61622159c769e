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

/// Every route, asked for by everybody: exactly those that may are let in.
struct AccessTests {
  /// Somebody who asks.
  private enum Somebody: CaseIterable {
    case nobody, owner, otherMerchant, lead, otherLead, admin, disabled
    case tokenToRead, tokenToChange, tokenToLead, tokenToAdmin, tokenToMonitor, otherTeamsToken, endedToken,
      revokedToken

    /// What a decision means for them.
    func may(_ may: MayAsk) -> Bool {
      switch may {
      case .all: true
      case .people: [.owner, .otherMerchant, .lead, .otherLead, .admin].contains(self)
      case .keys: ![.nobody, .disabled, .endedToken, .revokedToken].contains(self)
      case .see: [.owner, .lead, .admin, .tokenToRead].contains(self)
      case .work: [.owner, .lead, .admin, .tokenToChange].contains(self)
      case .lead: [.lead, .admin, .tokenToLead].contains(self)
      case .seeSome:
        [.owner, .otherMerchant, .lead, .otherLead, .admin, .tokenToRead, .otherTeamsToken].contains(self)
      case .workInSome:
        [.owner, .otherMerchant, .lead, .otherLead, .admin, .tokenToChange, .otherTeamsToken].contains(self)
      case .leadSome: [.lead, .otherLead, .admin, .tokenToLead, .otherTeamsToken].contains(self)
      case .overview: [.lead, .otherLead, .admin, .tokenToRead, .otherTeamsToken].contains(self)
      case .admins: [.admin, .tokenToAdmin].contains(self)
      case .monitors: [.admin, .tokenToAdmin, .tokenToMonitor, .otherTeamsToken].contains(self)
      case .link, .noLink: false
      }
    }
  }

  private static let shop = ShopID(trusted: "s-1")

  private static func world() throws -> (TestServer, [Somebody: TestServer.Caller]) {
    let world = try TestServer()
    _ = try world.user.add(shop, ShopDetails(team: "east", owner: "Li"))
    _ = try world.user.add(ShopID(trusted: "s-2"), ShopDetails(team: "west", owner: "Wang"))
    let all = TokenScope.allCases
    var callers: [Somebody: TestServer.Caller] = [
      .nobody: TestServer.Caller(headers: [.secFetchSite: "same-origin"]),
      .owner: try world.addUser("Li", .merchant), .otherMerchant: try world.addUser("Wang", .merchant),
      .lead: try world.addUser("East", .lead, teams: ["east"]),
      .otherLead: try world.addUser("West", .lead, teams: ["west"]),
      .admin: try world.addUser("Root", .admin),
      .disabled: try world.addUser("Gone", .admin, isDisabled: true),
      .tokenToRead: try world.addToken([.read]), .tokenToChange: try world.addToken([.change]),
      .tokenToLead: try world.addToken([.lead]), .tokenToAdmin: try world.addToken([.admin]),
      .tokenToMonitor: try world.addToken([.metrics]),
      .otherTeamsToken: try world.addToken(all, teams: ["west"]),
      .revokedToken: try world.addToken(all, isRevoked: true),
    ]
    callers[.endedToken] = try world.addToken(all, endsIn: -60)
    return (world, callers)
  }

  private static func key(_ route: Route) -> String { "\(route.method.rawValue) \(route.path)" }

  private static func path(_ route: Route, secret: String = "none") -> String {
    var path = route.path
    for (name, value) in [
      "shop": "s-1", "item": "rebind-store", "run": "1", "link": "99", "token": "99", "secret": secret,
      "checklist": "after", "file": "none.css", "sha256": String(repeating: "0", count: 64), "number": "99",
      "name": "Nobody",
    ] { path = path.replacing("{\(name)}", with: value) }
    return path
  }

  @Test func everyRouteHasARow() throws {
    let (world, _) = try Self.world()
    #expect(Set(world.server.routes.map(Self.key)).symmetricDifference(AccessMatrix.rows.keys).sorted() == [])
  }

  @Test func exactlyThoseThatMayAreLetIn() async throws {
    let routes = try Self.world().0.server.routes.filter {
      !$0.path.hasPrefix("/l/") && !$0.path.hasSuffix("live")
    }
    for route in routes {
      guard let may = AccessMatrix.rows[Self.key(route)] else { continue }
      let (world, callers) = try Self.world()
      for (somebody, caller) in callers {
        let isIn = try await Self.isLetIn(route, Self.path(route), caller, world)
        #expect(isIn == somebody.may(may), "\(Self.key(route)) by \(somebody)")
      }
    }
  }

  @Test func linksOpenTheirShopAlone() async throws {
    let routes = try Self.world().0.server.routes.filter {
      $0.path.hasPrefix("/l/") && !$0.path.hasSuffix("live")
    }
    for route in routes {
      let isOpen = AccessMatrix.rows[Self.key(route)] == .link
      let (world, callers) = try Self.world()
      let links = [
        ("open", try world.addLink(to: Self.shop), isOpen),
        ("revoked", try world.addLink(to: Self.shop, isRevoked: true), false),
        ("ended", try world.addLink(to: Self.shop, endsIn: -60), false),
        ("made up", "AAAAAAAAAAAAAAAAAAAAAA", false),
      ]
      for (name, secret, expected) in links {
        let caller = TestServer.Caller(headers: [.cookie: "switchlist-name=Mei"])
        let isIn = try await Self.isLetIn(route, Self.path(route, secret: secret), caller, world)
        #expect(isIn == expected, "\(Self.key(route)) by a link that is \(name)")
      }
      // Whoever leads the shop gains nothing by an ended link.
      let ended = try await Self.isLetIn(
        route, Self.path(route, secret: links[2].1), callers[.lead] ?? .nobody, world)
      #expect(!ended)
    }
  }

  @Test func aLinkShowsNoOtherShop() async throws {
    let (world, _) = try Self.world()
    let secret = try world.addLink(to: ShopID(trusted: "s-2"))
    let page = try await world.ask(
      .get, "/l/\(secret)/", as: .init(headers: [.cookie: "switchlist-name=Mei"]))
    #expect(page.status == .ok)
    #expect(page.text.contains("s-2") && !page.text.contains("s-1"))
    // What opens as a link opens as nothing else, at the shop's own address or elsewhere.
    let other = try await world.ask(
      .get, "/shops/s-2/", as: .init(headers: [.cookie: "switchlist-session=\(secret)"]))
    #expect(other.status == .seeOther)
    #expect(other.headers[.location]?.hasPrefix("/sign-in") == true)
  }

  /// Whether the gate let a request pass, whatever came of it then.
  private static func isLetIn(
    _ route: Route, _ path: String, _ caller: TestServer.Caller, _ world: TestServer
  ) async throws -> Bool {
    let response = try await world.ask(route.method, path, as: caller, headers: [.accept: "application/json"])
    if response.status == .seeOther { return response.headers[.location]?.hasPrefix("/sign-in?back") != true }
    guard response.status.code >= 400 else { return true }
    if response.headers[.contentType]?.contains("json") != true, route.kind != .plain {
      return ![.unauthorized, .forbidden, .notFound, .gone].contains(response.status)
    }
    // What isn't told apart is whether there is nothing, or nothing that may be seen.
    if route.kind == .plain {
      return ![.unauthorized, .forbidden, .gone].contains(response.status)
        && (response.status != .notFound || route.need == .nothing)
    }
    let kind = (try response.json()["type"] as? String)?.split(separator: "#").last.map(String.init) ?? ""
    return !["problem-unauthorized", "problem-forbidden", "problem-not-found", "problem-link-ended"].contains(
      kind)
  }
}

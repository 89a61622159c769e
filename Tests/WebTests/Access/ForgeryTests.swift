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

/// Requests that another site, or another name for this machine, makes a browser send.
struct ForgeryTests {
  private static let path = "/shops/s-1/items/rebind-store/tick"

  private static func world() throws -> (TestServer, TestServer.Caller) {
    let world = try TestServer()
    _ = try world.user.add(ShopID(trusted: "s-1"), ShopDetails(team: "east", owner: "Li"))
    _ = try world.user.start(ShopID(trusted: "s-1"))
    var caller = try world.addUser("Li", .merchant)
    caller.headers[.secFetchSite] = nil
    return (world, caller)
  }

  @Test(arguments: [
    ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
    ["Origin": "null"], ["Referer": "https://evil.example/x"], [:],
  ])
  func refusesChangesFromElsewhere(headers: [String: String]) async throws {
    let (world, caller) = try Self.world()
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    fields[.contentType] = "application/x-www-form-urlencoded"
    let response = try await world.ask(.post, Self.path, as: caller, headers: fields, body: [])
    #expect(response.status == .forbidden)
    #expect(try world.state("rebind-store", of: "s-1") == .pending)
  }

  @Test(arguments: [
    ["Sec-Fetch-Site": "same-origin"], ["Origin": "http://localhost"],
    ["Referer": "http://localhost/shops/s-1/"],
  ])
  func takesChangesFromItsOwnPages(headers: [String: String]) async throws {
    let (world, caller) = try Self.world()
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    fields[.contentType] = "application/x-www-form-urlencoded"
    let response = try await world.ask(.post, Self.path, as: caller, headers: fields, body: [])
    #expect(response.status == .seeOther)
    #expect(try world.state("rebind-store", of: "s-1") == .done)
  }

  @Test func nothingChangesByAGet() async throws {
    let (world, _) = try Self.world()
    let admin = try world.addUser("Root", .admin)
    let secret = try world.addLink(to: ShopID(trusted: "s-1"))
    let before = try world.store.read { try $0.shop(ShopID(trusted: "s-1"))?.head }
    let log = try world.store.read { try $0.auditEvents(before: nil, limit: 100).count }
    for route in world.server.routes where route.method == .get && !route.path.hasSuffix("live") {
      var path = route.path
      for (name, value) in [
        "shop": "s-1", "secret": secret, "checklist": "after", "sha256": "00", "file": "x", "number": "1",
      ] { path = path.replacing("{\(name)}", with: value) }
      _ = try await world.ask(.get, path, as: admin)
      _ = try await world.ask(.get, path + "?did=tick&item=rebind-store&run=1", as: admin)
    }
    #expect(try world.store.read { try $0.shop(ShopID(trusted: "s-1"))?.head } == before)
    #expect(try world.store.read { try $0.auditEvents(before: nil, limit: 100).count } == log)
  }

  /// Where the server knows that pages come encrypted, what comes from plain pages is another's.
  @Test(arguments: [
    ("https://shops.example.cn", "https://shops.example.cn", true),
    ("https://shops.example.cn", "http://shops.example.cn", false),
    ("https://shops.example.cn", "https://shops.example.cn.evil.example", false),
    ("https://shops.example.cn", "http://localhost", false), (nil, "http://localhost", true),
    ("https://shops.example.cn:443/", "https://shops.example.cn", true),
    ("https://shops.example.cn:8443", "https://shops.example.cn:8443", true),
    ("https://shops.example.cn:8443", "https://shops.example.cn", false),
    ("https://Shops.example.cn", "https://shops.example.cn", true),
    (nil, "https://localhost", true), (nil, "ftp://localhost", false), (nil, "localhost", false),
  ])
  func comparesTheSchemeWhereItIsKnown(publicURL: String?, origin: String, isTaken: Bool) async throws {
    let world = try TestServer(options: WebOptions(publicURL: publicURL))
    _ = try world.user.add(ShopID(trusted: "s-1"), ShopDetails(team: "east", owner: "Li"))
    _ = try world.user.start(ShopID(trusted: "s-1"))
    var caller = try world.addUser("Li", .merchant)
    caller.headers[.secFetchSite] = nil
    let response = try await world.ask(
      .post, Self.path, as: caller,
      headers: [.origin: origin, .contentType: "application/x-www-form-urlencoded"], body: [])
    #expect(response.status == (isTaken ? .seeOther : .forbidden))
  }
}

extension TestServer {
  func state(_ item: String, of shop: String) throws -> ItemState? {
    try store.read { reading in
      try reading.run(1, of: ShopID(trusted: shop))?[ItemID(trusted: item)]?.state
    }
  }
}

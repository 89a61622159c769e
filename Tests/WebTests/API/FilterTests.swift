import Domain
import Foundation
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// A list that is narrowed by a name that nobody has is never answered as if all were well.
struct FilterTests {

  private func world() throws -> TestServer {
    let world = try TestServer()
    for (shop, team, owner) in [("s-1", "east", "Zhang Wei"), ("s-2", "west", "Zhao")] {
      try world.user.add(
        ShopID(trusted: shop),
        ShopDetails(platform: "douyin", team: team, owner: owner, tags: ["live"]))
      try world.user.start(ShopID(trusted: shop), "after", at: .switched)
    }
    return world
  }

  /// Each field of an operation that has a filter's name, with the way to ask with it.
  private func narrowed(_ world: TestServer) -> [(route: Route, operation: APIOperation, key: FilterKey)] {
    world.server.routes.flatMap { route -> [(Route, APIOperation, FilterKey)] in
      guard let operation = route.operation else { return [] }
      var fields: [APIOperation.Field] = route.method == .get ? operation.query : []
      if case .fields(let body) = operation.body, body.contains(where: { $0.name == "all" }) {
        fields += body.filter { $0.name == "team" }
      }
      return fields.compactMap { field in FilterKey(rawValue: field.name).map { (route, operation, $0) } }
    }
  }

  private static let near: [FilterKey: (wrong: String, right: String)] = [
    .team: ("esat", "east"), .owner: ("zhang wie", "Zhang Wei"), .platform: ("duoyin", "douyin"),
    .tag: ("lvie", "live"), .checklist: ("aftre", "after"), .item: ("rebind-stoer", "rebind-store"),
  ]

  private func ask(
    _ world: TestServer, _ route: Route, _ key: FilterKey, _ value: String, format: String?,
    as caller: TestServer.Caller
  ) async throws -> APIAnswer {
    let path = String(route.path.dropFirst("/api/v1".count)).replacing("{item}", with: "rebind-store")
    if route.method != .get {
      var body: [String: Any] = ["all": true, key.rawValue: value]
      if case .fields(let fields) = route.operation?.body {
        for field in fields where field.isRequired {
          body[field.name] =
            field.kind == .time ? "2026-12-01T10:00Z" : field.name == "checklist" ? "after" : "text"
        }
      }
      return try await world.call(route.method, path, as: caller, body)
    }
    let escaped = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let end = format.map { "&format=\($0)" } ?? ""
    return try await world.call(.get, "\(path)?\(key.rawValue)=\(escaped)\(end)", as: caller)
  }

  private func formats(_ operation: APIOperation) -> [String?] {
    let known = operation.query.first { $0.name == "format" }?.kind
    if case .oneOf(let formats) = known { return formats }
    return [nil]
  }

  @Test func aNameThatNobodyHasIsRefusedInEveryFormat() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    let all = narrowed(world)
    #expect(
      Set(all.map(\.operation.id)).isSuperset(of: ["listOverdue", "getReport", "getMatrix", "listShops"]))
    for (route, operation, key) in all {
      let (wrong, right) = try #require(Self.near[key])
      for format in formats(operation) {
        let what: Comment = "\(operation.id) \(key) \(format ?? "")"
        let answer = try await ask(world, route, key, wrong, format: format, as: admin)
        #expect(answer.status == 422, what)
        #expect(answer.text.contains(right) && answer.text.contains(wrong), what)
        let blank = try await ask(world, route, key, " ", format: format, as: admin)
        #expect(blank.status == 422, what)
        let written = try await ask(world, route, key, " \(right.uppercased()) ", format: format, as: admin)
        #expect(written.status == 200, what)
      }
    }
  }

  @Test func whatIsNotTheAskersIsAsUnknownAsWhatNobodyHas() async throws {
    let world = try world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    for (route, operation, key) in narrowed(world) where [.team, .owner].contains(key) {
      let others = try await ask(world, route, key, key == .team ? "west" : "Zhao", format: nil, as: lead)
      let nobodys = try await ask(world, route, key, key == .team ? "wset" : "Zaho", format: nil, as: lead)
      #expect(others.status == 422 && nobodys.status == 422, "\(operation.id)")
      #expect(!nobodys.text.contains("west") && !nobodys.text.contains("Zhao"), "\(operation.id)")
      func plain(_ answer: APIAnswer) -> String? {
        (answer.json["detail"] as? String)?.replacing(/'[^']*'/, with: "''")
      }
      #expect(plain(others) == plain(nobodys), "\(operation.id)")
    }
  }

  @Test func pagesSayThatThereIsNone() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    for page in [
      "/overdue?team=esat", "/overdue?owner=Nobody", "/switches?team=esat", "/done?team=esat",
      "/shops?team=esat",
    ] {
      let answer = try await world.ask(.get, page, as: admin)
      #expect(answer.status == .ok, "\(page)")
      #expect(answer.text.contains("none here"), "\(page)")
      #expect(!answer.text.contains("Nothing is overdue"), "\(page)")
    }
    let written = try await world.ask(.get, "/overdue?team=%20EAST", as: admin)
    #expect(written.text.contains("rebind-store") || written.text.contains("s-1"))
    #expect(try await world.ask(.get, "/shops?team=esat&format=csv", as: admin).status.code == 422)
  }
}

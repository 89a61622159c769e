import Domain
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Many shops with one request.
struct BulkTests {
  private func world() throws -> TestServer {
    let world = try TestServer()
    for (shop, team) in [("s-1", "east"), ("s-2", "east"), ("s-3", "west")] {
      try world.user.add(ShopID(trusted: shop), ShopDetails(team: team, owner: "Li"))
      try world.user.start(ShopID(trusted: shop), "after", at: .switched)
    }
    return world
  }

  private func outcomes(_ answer: APIAnswer) -> [String] {
    answer.list("shops").map { shop in
      let problem = (shop["problem"] as? [String: Any])?["type"] as? String
      let code = problem.flatMap { $0.split(separator: "-", maxSplits: 1).last.map(String.init) }
      return "\(shop["shop"] ?? "") \(shop["outcome"] ?? "")\(code.map { " \($0)" } ?? "")"
    }
  }

  @Test func ticksInEachAndNamesTheRefused() async throws {
    let world = try world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    try world.user.tick("s-2", "rebind-store")
    let answer = try await world.call(
      .post, "/items/rebind-store/tick", as: lead,
      ["shops": ["s-1", "s-2", "s-3", "s-9", "@x"], "note": "看到新账号"])
    #expect(
      outcomes(answer) == [
        "s-1 changed", "s-2 unchanged", "s-3 refused not-found", "s-9 refused not-found",
        "@x refused bad-shop-id",
      ])
    #expect(answer.json["changed"] as? Int == 1)
    #expect(answer.json["unchanged"] as? Int == 1)
    #expect(answer.json["refused"] as? Int == 3)
    #expect(try world.store.breaks() == [])
    #expect(try await events(of: "s-3", world) == 2)
  }

  private func events(of shop: ShopID, _ world: TestServer) async throws -> Int? {
    try world.store.read { try $0.shop(shop)?.head.number }
  }

  @Test func refusesOneShopByItself() async throws {
    let world = try world()
    let lead = try world.addUser("Root", .admin)
    try world.user.tick("s-1", "rebind-store")
    let answer = try await world.call(
      .post, "/items/check-products/tick", as: lead, ["shops": ["s-1", "s-2"]])
    #expect(outcomes(answer) == ["s-1 changed", "s-2 refused waiting"])
  }

  @Test func meansAllShopsThatMayBeChanged() async throws {
    let world = try world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let all = try await world.call(
      .post, "/items/rebind-store/assign", as: lead, ["all": true, "owner": "Zhao"])
    #expect(outcomes(all) == ["s-1 changed", "s-2 changed"])
    #expect(all.json["next"] is String == false)
    let other = try await world.call(
      .post, "/items/rebind-store/assign", as: lead, ["all": true, "team": "west", "owner": "Zhao"])
    #expect(outcomes(other) == [])
    for which in [["all": true, "shops": ["s-1"]], [:]] as [[String: Any]] {
      let unclear = try await world.call(.post, "/items/rebind-store/unblock", as: lead, which)
      #expect(unclear.status == 422)
    }
  }

  @Test func aRunCountsFromTheRecordedRebinding() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    try world.user.add("s-4")
    try world.switchAccount(of: "s-4", at: 3)
    let body: [String: Any] = [
      "shops": ["s-4"], "checklist": "after", "switched_at": "rebound", "again": true,
    ]
    let before = try await world.call(
      .post, "/runs", as: admin, body.merging(["switched_at": "2026-11-01T00:30Z"]) { $1 })
    #expect(outcomes(before) == ["s-4 changed"])
    let answer = try await world.call(.post, "/runs", as: admin, body)
    #expect(outcomes(answer) == ["s-4 changed"])
    #expect(try world.store.read { try $0.runs(of: "s-4").last?.switchedAt } == .hours(3))
    let wrong = try await world.call(
      .post, "/shops/s-4/runs", as: admin, ["checklist": "after", "switched_at": "rebond"])
    #expect(wrong.status == 422 && wrong.wrongFields == ["switched_at"])
    let one = try await world.call(
      .post, "/shops/s-4/runs", as: admin, ["checklist": "after", "switched_at": "rebound", "again": true])
    #expect(one.status == 200)
  }

  @Test func startsInShopsThatFollowNothingYet() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    try world.user.add("s-4", ShopDetails(team: "east"))
    let quiet = try await world.call(.post, "/runs", as: admin, ["all": true])
    #expect(outcomes(quiet) == ["s-1 unchanged", "s-2 unchanged", "s-3 unchanged", "s-4 changed"])
    let named = try await world.call(.post, "/runs", as: admin, ["shops": ["s-4"], "checklist": "after"])
    #expect(outcomes(named) == ["s-4 refused already-active"])
    let unknown = try await world.call(.post, "/runs", as: admin, ["all": true, "checklist": "aftr"])
    #expect(unknown.status == 404)
    #expect((unknown.json["detail"] as? String)?.contains("'after'") == true)
  }

  @Test func plansWithAnAccountForEach() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    for shop in ["s-1", "s-2"] {
      try await world.call(.post, "/shops/\(shop)/switch/bind", as: admin, ["account": "old-\(shop)"])
    }
    let answer = try await world.call(
      .post, "/switches/plan", as: admin, ["shops": ["s-1 new-1", "s-2 new 2", "s-3 new-3"]])
    #expect(outcomes(answer) == ["s-1 changed", "s-2 changed", "s-3 refused not-bound"])
    let shown = try await world.call(.get, "/shops/s-2/switch", as: admin)
    #expect((shown.json["switch"] as? [String: Any])?["to"] as? String == "new 2")
    let unbound = try await world.call(.post, "/switches/unbind", as: admin, ["shops": ["s-1", "s-2"]])
    #expect(unbound.json["changed"] as? Int == 2)
  }

  @Test func onlyLeadsOverrideRules() async throws {
    let world = try world()
    let owner = try world.addUser("Li", .merchant)
    let answer = try await world.call(
      .post, "/switches/unbind", as: owner, ["shops": ["s-1"], "override": true, "reason": "stolen"])
    #expect(answer.status == 403)
  }

  @Test func upgradesWhatIsActive() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    try world.user.add("s-4")
    let all = try await world.call(.post, "/upgrade", as: admin, ["all": true, "checklist": "after"])
    #expect(outcomes(all) == (1...4).map { "s-\($0) unchanged" })
    let named = try await world.call(.post, "/upgrade", as: admin, ["shops": ["s-4"], "checklist": "after"])
    #expect(outcomes(named) == ["s-4 refused no-runs"])
  }

  @Test func aKeyIsCarriedOutOnce() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    let key: HTTPFields = [.idempotencyKey: "many-1"]
    let body: [String: Any] = ["shops": ["s-1", "s-2"], "note": "x"]
    let first = try await world.call(.post, "/items/rebind-store/note", as: admin, body, headers: key)
    let again = try await world.call(.post, "/items/rebind-store/note", as: admin, body, headers: key)
    #expect(first.text == again.text)
    #expect(try await events(of: "s-1", world) == 3)
  }

  @Test func aKeyThatIsSentAgainMeanwhileIsCarriedOutOnce() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 1...4 {
        group.addTask {
          try await world.call(
            .post, "/items/rebind-store/note", as: admin, ["shops": ["s-1", "s-2"], "note": "x"],
            headers: [.idempotencyKey: "many-1"]
          ).status
        }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(statuses.contains(200))
    #expect(statuses.isSubset(of: [200, 409]))
    #expect(try await events(of: "s-1", world) == 3)
  }

  @Test func aShopThatIsNamedTwiceIsRefused() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    let answer = try await world.call(
      .post, "/switches/plan", as: admin, ["shops": ["s-1 one", "s-2 two", "s-1 other"]])
    #expect(answer.status == 422)
    #expect(try await events(of: "s-1", world) == 2)
  }

  @Test func beginningAnewNeedsAMoment() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    let body: [String: Any] = ["shops": ["s-1"], "checklist": "after", "again": true]
    #expect(try await world.call(.post, "/runs", as: admin, body).status == 422)
    let moment = "\(world.now.iso8601)"
    let dated = body.merging(["switched_at": moment]) { $1 }
    #expect(outcomes(try await world.call(.post, "/runs", as: admin, dated)) == ["s-1 changed"])
  }
}

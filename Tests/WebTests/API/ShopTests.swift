import Domain
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Shops over the API: the list, one, its items and its history.
struct ShopTests {
  private func world() throws -> TestServer {
    let world = try TestServer.open()
    try world.user.add("s-1", ShopDetails(name: "晨光小店", platform: "douyin", team: "east", owner: "Wang"))
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  @Test func addsShowsEditsAndArchives() async throws {
    let world = try TestServer.open()
    let added = try await world.call(
      .post, "/shops", ["id": "店-1", "name": "<b>晨光</b>", "team": "east", "tags": ["live", "big"]])
    #expect(added.headers[.location] == "/api/v1/shops/%E5%BA%97-1")
    let shown = try await world.call(.get, "/shops/%E5%BA%97-1")
    #expect(shown.json["name"] as? String == "<b>晨光</b>")
    #expect(shown.json["tags"] as? [String] == ["big", "live"])
    let edited = try await world.call(
      .patch, "/shops/%E5%BA%97-1", body: #"{"name": null, "owner": "Li", "tags": null}"#)
    #expect(edited.status == 415)
    let really = try await world.call(
      .patch, "/shops/%E5%BA%97-1", headers: [.contentType: "application/json"],
      body: #"{"name": null, "owner": "Li", "tags": null}"#)
    #expect(really.json["name"] is String == false)
    #expect(really.json["owner"] as? String == "Li")
    #expect(really.json["team"] as? String == "east")
    #expect(really.json["tags"] as? [String] == [])
    #expect(try await world.call(.post, "/shops/%E5%BA%97-1/archive").json["archived"] as? Bool == true)
    #expect(try await world.call(.get, "/shops").list("shops").isEmpty)
    #expect(try await world.call(.post, "/shops/%E5%BA%97-1/restore").json["archived"] as? Bool == false)
    #expect(try world.store.breaks() == [])
  }

  @Test func refusesWhatCannotBeAShop() async throws {
    let world = try world()
    #expect(try await world.call(.post, "/shops", ["id": "s-1"]).problem == "shop-exists")
    #expect(try await world.call(.post, "/shops", ["id": "@x"]).status == 422)
    #expect(try await world.call(.post, "/shops", ["name": "x"]).status == 422)
    #expect(try await world.call(.post, "/shops", ["id": "s-2", "time_zone": "Mars"]).status == 422)
    let faulty = try await world.call(
      .post, "/shops", ["id": "a b", "name": "\u{0}", "time_zone": "CST", "tags": ["x;y"]])
    #expect(faulty.status == 422 && faulty.problem == "bad-shop-id")
    #expect(faulty.wrongFields == ["id", "name", "time_zone", "tags"])
    let edited = try await world.call(.patch, "/shops/s-1", ["time_zone": "CST", "tags": ["x;y"]])
    #expect(edited.status == 422 && edited.wrongFields == ["time_zone", "tags"])
    #expect(try await world.call(.get, "/overdue?team=esat").wrongFields == ["team"])
    #expect(try await world.call(.get, "/shops/s-9").status == 404)
    #expect(try await world.call(.patch, "/shops/s-9", ["name": "x"]).status == 404)
  }

  @Test func ticksAndTakesBack() async throws {
    let world = try world()
    let ticked = try await world.call(
      .post, "/shops/s-1/items/rebind-store/tick", ["note": "看到新账号"])
    #expect(ticked.list("items").first?["changed"] as? Bool == true)
    let again = try await world.call(.post, "/shops/s-1/items/rebind-store/tick")
    #expect(again.list("items").first?["changed"] as? Bool == false)
    let status = try await world.call(.get, "/shops/s-1/status")
    let items = status.list("runs").first?["items"] as? [[String: Any]] ?? []
    #expect(items.map { $0["state"] as? String } == ["pending", "pending", "done"])
    #expect(items.last?["note"] as? String == "看到新账号")
    let back = try await world.call(.post, "/shops/s-1/items/rebind-store/untick", ["reason": "too soon"])
    #expect(back.list("items").first?["state"] as? String == "pending")
  }

  @Test func doesWhatElseIsDoneToItems() async throws {
    let world = try world()
    func change(_ item: String, _ action: String, _ body: [String: Any]? = nil) async throws -> APIAnswer {
      try await world.call(.post, "/shops/s-1/items/\(item)/\(action)", body)
    }
    #expect(try await change("check-products", "tick").problem == "waiting")
    #expect(try await change("rebuild-brand", "tick").status == 200)
    #expect(try await change("rebuild-brand", "confirm").problem == "same-person")
    #expect(try await change("rebind-store", "block", ["reason": "no code"]).status == 200)
    #expect(try await change("rebind-store", "unblock").status == 200)
    #expect(try await change("rebind-store", "note", ["note": "call them"]).status == 200)
    #expect(try await change("rebind-store", "assign", ["owner": "Zhao"]).status == 200)
    let due = ["due": "2026-12-01T10:00+08:00", "reason": "the platform is down"]
    #expect(try await change("rebind-store", "due", due).status == 200)
    #expect(try await change("rebind-store", "skip", ["reason": "not needed"]).status == 200)
    #expect(try await change("rebind-store", "skip").status == 422)
    #expect(try await change("nothing", "tick").status == 404)
    #expect(try await world.call(.post, "/shops/s-1/items/rebind-store/confirm", ["run": 7]).status == 404)
  }

  @Test func ticksSeveralItemsOrNone() async throws {
    let world = try world()
    let refused = try await world.call(.post, "/shops/s-1/tick", ["items": ["check-products", "nothing"]])
    #expect(refused.status == 404)
    let both = try await world.call(.post, "/shops/s-1/tick", ["items": ["check-products", "rebind-store"]])
    #expect(both.list("items").map { $0["state"] as? String } == ["done", "done"])
  }

  @Test func showsHistoryAPageAtATime() async throws {
    let world = try world()
    var after = 0
    var numbers: [Int] = []
    while true {
      let page = try await world.call(.get, "/shops/s-1/history?limit=1&after=\(after)")
      numbers += page.list("events").compactMap { $0["number"] as? Int }
      // What is written meanwhile comes at the end.
      if numbers.count == 1 { try await world.call(.post, "/shops/s-1/items/rebind-store/tick") }
      guard let next = page.json["next"] as? Int else { break }
      after = next
    }
    #expect(numbers == [1, 2, 3])
    #expect(try await world.call(.get, "/shops/s-1/history?after=9").list("events").isEmpty)
  }

  @Test func verifiesTheChain() async throws {
    let world = try world()
    let verdict = try await world.call(.get, "/shops/s-1/verification")
    #expect(verdict.json["ok"] as? Bool == true)
    let head = try #require(verdict.json["head"] as? String)
    #expect(
      try await world.call(.get, "/shops/s-1/verification?head=\(head)").json["holds_head"] as? Bool == true)
    let other = String(repeating: "0", count: 64)
    #expect(try await world.call(.get, "/shops/s-1/verification?head=\(other)").json["ok"] as? Bool == false)
    #expect(try await world.call(.get, "/shops/s-1/verification?head=abc").status == 422)
  }

  @Test func listsEachShopOnceWhileOthersChange() async throws {
    let world = try TestServer.open()
    for number in 1...9 {
      try world.user.add(ShopID(trusted: "s-\(number)"))
      try world.user.start(ShopID(trusted: "s-\(number)"), "after", at: .switched + Int64(number) * 60)
    }
    var after = ""
    var ids: [String] = []
    while true {
      let page = try await world.call(.get, "/shops?limit=2\(after)")
      ids += page.list("shops").compactMap { $0["id"] as? String }
      if ids.count == 2 { try world.user.tick("s-1", "rebind-store") }
      guard let next = page.json["next"] as? String else { break }
      after = "&after=\(next)"
    }
    #expect(ids.filter { $0 != "s-1" } == (2...9).map { "s-\($0)" })
  }

  @Test func anImportWarnsOfIDsThatLookCut() async throws {
    let world = try TestServer()
    try world.user.add("0012", ShopDetails(team: "east"))
    try world.user.add("0034", ShopDetails(team: "west"))
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let table = "id,team\n12,east\n34,east\n56,east\n"
    let answer = try await world.call(
      .post, "/shops/import", as: lead, headers: [.contentType: "text/csv"], body: table)
    // Of other teams' shops nothing is told.
    #expect((answer.json["warnings"] as? [String])?.count == 1)
    #expect((answer.json["warnings"] as? [String])?.first?.contains("'0012' is there already") == true)
    try world.user.add("0090", ShopDetails(team: "east"))
    let form =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nid,team\n90,east\n\r\n--b--\r\n"
    let page = try await world.ask(
      .post, "/shops/import", as: lead,
      headers: [.contentType: "multipart/form-data; boundary=b", .acceptLanguage: "en"],
      body: Array(form.utf8))
    #expect(page.text.contains("Imported, and worth a look"))
    #expect(page.text.contains("0090"))
  }

  @Test func ofAnotherTeamsShopOnlyThatItsIDIsTakenIsTold() async throws {
    let world = try TestServer()
    try world.user.add("s-9", ShopDetails(name: "Secret name", team: "west", owner: "Wang"))
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let added = try await world.call(.post, "/shops", as: lead, ["id": "s-9", "team": "east"])
    #expect(added.status == 409 && added.problem == "shop-exists")
    let form = try await world.ask(
      .post, "/shops/new", as: lead, headers: [.contentType: "application/x-www-form-urlencoded"],
      body: Array("id=s-9&team=east".utf8))
    let table = try await world.call(
      .post, "/shops/import", as: lead, headers: [.contentType: "text/csv"], body: "id,team\ns-9,east\n")
    #expect(form.status == .conflict && table.status == 403)
    for text in [added.text, form.text, table.text] {
      #expect(!["Secret", "west", "Wang"].contains { text.contains($0) })
    }
    #expect(try world.store.read { try $0.shop("s-9")?.shop.team } == "west")
  }

  @Test func aLeadImportsNoShopIntoAnotherTeam() async throws {
    let world = try TestServer()
    try world.user.add("s-1", ShopDetails(team: "east"))
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let form =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nid,team\ns-1,west\n\r\n--b--\r\n"
    let page = try await world.ask(
      .post, "/shops/import", as: lead, headers: [.contentType: "multipart/form-data; boundary=b"],
      body: Array(form.utf8))
    let table = try await world.call(
      .post, "/shops/import", as: lead, headers: [.contentType: "text/csv"], body: "id,team\ns-1,west\n")
    #expect(page.status == .forbidden && table.status == 403)
    #expect(try world.store.read { try $0.shop("s-1")?.shop.team } == "east")
  }
}

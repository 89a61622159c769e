import Domain
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Links and tokens: whose they are, that they can be seen and ended, and what was done by them.
struct CredentialTests {
  private let world: TestServer
  private let root: TestServer.Caller

  init() throws {
    world = try TestServer()
    root = try world.addUser("Root", .admin)
    try world.user.add("s-1", ShopDetails(team: "east"))
    try world.user.start("s-1", "after")
  }

  /// A link that somebody made, as whoever has opened it under a name sends requests.
  private func link(by maker: Author, named name: String, to shop: ShopID = "s-1") throws -> (
    path: String, caller: TestServer.Caller
  ) {
    let made = try world.store.write { transaction in
      try ManageLinks(secrets: world.server.services.dependencies.secrets, by: maker, now: world.now)
        .create(shop, in: transaction)
    }
    return ("/l/\(made.secret.text)/", TestServer.Caller(headers: [.cookie: "switchlist-name=\(name)"]))
  }

  private func post(
    _ path: String, as caller: TestServer.Caller, _ form: String = ""
  ) async throws -> (status: Int, text: String, location: String?) {
    let answer = try await world.ask(
      .post, path, as: caller, headers: [.contentType: "application/x-www-form-urlencoded"],
      body: Array(form.utf8))
    return (answer.status.code, answer.text, answer.headers[.location])
  }

  private func page(_ path: String, _ language: String = "en") async throws -> String {
    try await world.ask(.get, path, as: root, headers: [.acceptLanguage: language]).text
  }

  @Test func whenLinksAndTokensWereLastUsedIsWrittenDown() async throws {
    let (path, caller) = try link(by: .li, named: "Mei")
    let used = try world.addToken([.read])
    _ = try world.addToken([.read])
    world.now = .hours(5)
    #expect(try await world.ask(.get, path, as: caller).status == .ok)
    #expect(try await world.call(.get, "/shops/s-1/status", as: used).status == 200)
    await Housekeeping(services: world.server.services).writeDown(all: true)
    var ofTokens: [Moment?] = []
    let links = try world.store.read { reading in
      try reading.forEachToken { ofTokens.append($0.lastUsedAt) }
      return try reading.links(of: "s-1")
    }
    #expect(links.map(\.lastUsedAt) == [.hours(5)])
    #expect(ofTokens == [.hours(5), nil])
  }

  @Test func whatWasDoneByALinkSaysSo() async throws {
    _ = try link(by: .li, named: "Mei")
    let (path, caller) = try link(by: .li, named: "Root")
    #expect(try await post("\(path)items/rebind-store/tick", as: caller, "note=n").status == 303)
    #expect(try await post("\(path)items/rebuild-brand/tick", as: caller).status == 303)
    for (language, name) in [("en", "Root</bdi> (link 2)"), ("zh", "Root</bdi>（链接 2）")] {
      let shop = try await page("/shops/s-1/", language)
      #expect(shop.ranges(of: name).count == 2, "done, and awaiting confirmation")
      #expect(try await page("/shops/s-1/history", language).ranges(of: name).count == 2)
      #expect(try await page("/done", language).ranges(of: name).count == 1)
    }
    let token = try world.addToken([.read])
    let status = try await world.call(.get, "/shops/s-1/status", as: token)
    let items = status.list("runs").first?["items"] as? [[String: Any]] ?? []
    let done = try #require(items.first { $0["id"] as? String == "rebind-store" })
    #expect(done["changed_by"] as? String == "Root" && done["changed_by_link"] as? Int == 2)
    let asked = try #require(
      items.first { $0["id"] as? String == "rebuild-brand" }?["awaiting_confirmation"] as? [String: Any])
    #expect(asked["by"] as? String == "Root" && asked["by_link"] as? Int == 2)
    #expect(try world.store.breaks() == [])
  }

  @Test func aLinkConfirmsNothingThatItsMakerTicked() async throws {
    let lead = try world.addUser("Chen", .lead, teams: ["east"])
    #expect(try await post("/shops/s-1/items/rebuild-brand/tick", as: lead).status == 303)
    let (path, caller) = try link(by: .named("chen"), named: "Mei")
    // The page offers no button that would be refused, and says what to do.
    let shown = try await world.ask(.get, path, as: caller).text
    #expect(shown.contains("made the link that you opened. Sign in with an account of your own"))
    #expect(!shown.contains("items/rebuild-brand/confirm"))
    let refused = try await post("\(path)items/rebuild-brand/confirm", as: caller)
    #expect(refused.status == 409)
    #expect(refused.text.contains("who also made this link"))
    // So is a token's, also where another token made it.
    let script = try world.store.write { transaction in
      let secrets = world.server.services.dependencies.secrets
      let first = try ManageTokens(secrets: secrets, by: .named("Chen"), now: world.now)
        .create("first", scopes: [.admin], in: transaction).token
      return try ManageTokens(
        secrets: secrets, by: .byToken(first.number, "first", maker: first.maker), now: world.now
      ).create("second", scopes: [.change], in: transaction).secret.text
    }
    let bearer = TestServer.Caller(headers: [.authorization: "Bearer \(script)"])
    let answer = try await world.call(.post, "/shops/s-1/items/rebuild-brand/confirm", as: bearer)
    #expect(answer.problem == "maker-ticked" && answer.status == 409)
    // Somebody else's link confirms, and the maker, signed in, what was ticked by theirs.
    let (other, opener) = try link(by: .li, named: "Mei")
    #expect(try await post("\(other)items/rebuild-brand/confirm", as: opener).status == 303)
    #expect(try await post("\(path)items/rebuild-brand/untick", as: caller, "reason=r").status == 303)
    #expect(try await post("\(path)items/rebuild-brand/tick", as: caller).status == 303)
    #expect(try await post("/shops/s-1/items/rebuild-brand/confirm", as: lead).status == 303)
  }

  @Test func allThatWorksIsListedByWhoMadeIt() async throws {
    let zhao = try world.addUser("Zhao", .lead, teams: ["east"])
    let (path, caller) = try link(by: .named("Zhao"), named: "Mei")
    _ = try link(by: .li, named: "Mei")
    _ = try world.addToken([.read])
    try world.store.write { try $0.noteUse(ofLink: 1, of: "s-1", at: Moment(seconds: 1_793_580_000)) }
    let all = try await page("/credentials")
    #expect(all.contains("<bdi>Zhao</bdi>") && all.contains("<bdi>Li</bdi>"))
    #expect(all.contains("/tokens/1/revoke") && all.contains("/shops/s-1/links/2/revoke"))
    #expect(all.contains(#"<time datetime="2026-11-02T00:40:00Z">"#))
    for linked in ["/users", "/tokens"] { #expect(try await page(linked).contains("\"/credentials\"")) }
    let theirs = try await page("/credentials?by=zhao")
    #expect(theirs.contains("/shops/s-1/links/1/revoke") && !theirs.contains("/links/2/revoke"))
    #expect(try await page("/credentials?by=Zaho", "zh").contains("Zhao"), "the nearest is named")
    let revoked = try await post("/shops/s-1/links/1/revoke", as: root, "back=credentials&by=zhao")
    #expect(revoked.location == "/credentials?by=zhao")
    #expect(try await world.ask(.get, path, as: caller).status == .gone)
    #expect(try await post("/tokens/1/revoke", as: root, "back=https://x").location == "/tokens")
    #expect(try await world.ask(.get, "/credentials", as: zhao).status == .forbidden)
  }

  @Test func theAPIListsLiveLinksInParts() async throws {
    try world.user.add("s-2")
    for shop in ["s-2", "s-1", "s-1"] as [ShopID] { _ = try link(by: .named("Zhao"), named: "x", to: shop) }
    _ = try link(by: .li, named: "x", to: "s-2")
    let admin = try world.addToken([.admin])
    let first = try await world.call(.get, "/links?limit=2", as: admin)
    func names(_ answer: APIAnswer) -> [String] {
      answer.list("links").map { "\($0["shop"] ?? "") \($0["number"] ?? 0) \($0["maker"] ?? "")" }
    }
    #expect(names(first) == ["s-2 2 Li", "s-1 1 Zhao"])
    let next = try #require(first.json["next"] as? String)
    let second = try await world.call(.get, "/links?limit=2&after=\(next)", as: admin)
    #expect(names(second) == ["s-1 2 Zhao", "s-2 1 Zhao"])
    #expect(second.json["next"] is String == false)
    #expect(names(try await world.call(.get, "/links?by=LI", as: admin)) == ["s-2 2 Li"])
    #expect(try await world.call(.get, "/links?by=Lee", as: admin).status == 422)
    #expect(try await world.call(.get, "/links?after=x", as: admin).status == 422)
  }

  @Test func whoeverDisablesSomebodyMayEndWhatTheyMade() async throws {
    _ = try world.addUser("Zhao", .lead, teams: ["east"])
    let (path, caller) = try link(by: .named("Zhao"), named: "Mei")
    let admin = try world.addToken([.admin])
    let offered = try await page("/users")
    #expect(offered.contains("and revoke what they made (1 link)"))
    #expect(try await post("/users/disable", as: root, "name=Zhao").status == 303)
    #expect(try await page("/users").contains("made by them and still valid: 1 link"))
    #expect(try await world.ask(.get, path, as: caller).status == .ok)
    let counted = try await world.call(.patch, "/users/Zhao", as: admin, ["disabled": true])
    #expect(counted.json["live_links"] as? Int == 1 && counted.json["revoked_links"] as? Int == 0)
    for wrong in [["revoke": true], ["revoke": true, "disabled": false]] {
      #expect(try await world.call(.patch, "/users/Zhao", as: admin, wrong).status == 422)
    }
    let ended = try await world.call(.patch, "/users/Zhao", as: admin, ["disabled": true, "revoke": true])
    #expect(ended.json["live_links"] as? Int == 0 && ended.json["revoked_links"] as? Int == 1)
    #expect(try await world.ask(.get, path, as: caller).status == .gone)
    #expect(try world.store.breaks() == [])
  }

  @Test func thePageEndsWhatSomebodyMade() async throws {
    _ = try world.addUser("Zhao", .lead, teams: ["east"])
    let (path, caller) = try link(by: .named("Zhao"), named: "Mei")
    #expect(try await post("/users/disable", as: root, "name=Zhao&revoke=1").status == 303)
    #expect(try await world.ask(.get, path, as: caller).status == .gone)
    #expect(try await !page("/users").contains("still work"))
  }

  @Test func severalAttemptsAreOneEntry() async throws {
    try world.store.write {
      try $0.log(
        AuditEvent(
          kind: .signInThrottled, at: world.now, subject: "Li", by: "Li", address: "::1", attempts: 37))
    }
    #expect(try await page("/log").contains("sign-in slowed down × 37"))
    let answer = try await world.call(.get, "/log", as: try world.addToken([.admin]))
    #expect(answer.list("events").first?["attempts"] as? Int == 37)
  }
}

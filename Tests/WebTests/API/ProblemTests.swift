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

/// What programs are told when something isn't done.
struct ProblemTests {
  private static let rules = PlatformRules(
    platform: "douyin", coolDown: PlatformRules.CoolDown(usual: .days(7), most: .days(28)),
    betweenSwitches: nil,
    requires: [], checked: CivilDate(dayNumber: 20_777),
    places: [.coolDown: .init(file: "/srv/lists/platforms/douyin.yaml", line: 2, column: 12)])

  /// A shop that was unbound just now.
  private static func unboundWorld() async throws -> (TestServer, admin: TestServer.Caller) {
    let world = try TestServer(platforms: ["douyin": rules])
    let admin = try world.addUser("Root", .admin)
    _ = try world.user.add("s-1", ShopDetails(platform: "douyin", team: "east", owner: "Li"))
    try await world.call(.post, "/shops/s-1/switch/bind", as: admin, ["account": "old"])
    try await world.call(.post, "/shops/s-1/switch/plan", as: admin, ["account": "new"])
    let answer = try await world.call(.post, "/shops/s-1/switch/unbind", as: admin, [:])
    #expect(answer.status == 200, "\(answer.text)")
    return (world, admin)
  }

  @Test func aRuleIsToldByItsMembers() async throws {
    let (world, admin) = try await Self.unboundWorld()
    let answer = try await world.call(.post, "/shops/s-1/switch/rebind", as: admin, [:])
    #expect(answer.status == 409 && answer.problem == "forbidden-by-rule")
    #expect(answer.json["rule"] as? String == "cool-down")
    #expect(answer.json["place"] as? String == "platforms/douyin.yaml:2:12")
    #expect(answer.json["allowed_from"] as? String == (world.now + 7 * 86_400).iso8601)
    #expect(answer.list("violations").map { $0["rule"] as? String } == ["cool-down"])
    #expect(answer.list("errors").isEmpty)
  }

  @Test func placesAreToldToAdminsAlone() async throws {
    let (world, admin) = try await Self.unboundWorld()
    for (caller, isAdmin) in [
      (admin, true), (try world.addUser("Li", .merchant), false), (try world.addToken(.read, .change), false),
      (try world.addUser("Wu", .lead, teams: ["east"]), false),
    ] {
      let alone = try await world.call(.post, "/shops/s-1/switch/rebind", as: caller, [:])
      #expect((alone.json["place"] as? String != nil) == isAdmin, "\(alone.text)")
      let many = try await world.call(.post, "/switches/rebind", as: caller, ["shops": ["s-1"]])
      let problem = many.list("shops").first?["problem"] as? [String: Any]
      #expect(problem?["code"] as? String == "forbidden-by-rule")
      for text in [alone.text, many.text] {
        #expect(text.contains("douyin.yaml") == isAdmin, "\(text)")
        #expect(!text.contains("/srv"), "\(text)")
      }
    }
  }

  @Test func stepsAgainstARuleTellItsPlaceToAdminsAlone() async throws {
    for isAdmin in [true, false] {
      let (world, admin) = try await Self.unboundWorld()
      let caller = isAdmin ? admin : try world.addUser("Wu", .lead, teams: ["east"])
      let answer = try await world.call(
        .post, "/shops/s-1/switch/rebind", as: caller, ["override": true, "reason": "stolen"])
      #expect(answer.status == 200)
      #expect(
        answer.list("overridden").first?["place"] as? String == (isAdmin ? "platforms/douyin.yaml:2:12" : nil)
      )
      #expect(!answer.text.contains("/srv"))
    }
  }

  /// The page tells a merchant what to wait for, without rules' names and files.
  @Test func aPageTellsARuleInTheMerchantsWords() async throws {
    let (world, admin) = try await Self.unboundWorld()
    let form: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .acceptLanguage: "zh", .secFetchSite: "same-origin",
    ]
    let merchant = try await world.ask(
      .post, "/shops/s-1/switch/rebind", as: try world.addUser("Li", .merchant), headers: form, body: [])
    #expect(merchant.text.contains("还在等待期："))
    #expect(!merchant.text.contains("douyin.yaml") && !merchant.text.contains("cool-down"))
    let operating = try await world.ask(
      .post, "/shops/s-1/switch/rebind", as: admin, headers: form, body: [])
    #expect(operating.text.contains("platforms/douyin.yaml:2:12"))
  }

  @Test func anUnknownItemIsToldInWordsForPrograms() async throws {
    let world = try TestServer.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    let near = try await world.call(.post, "/shops/s-1/items/rebind-stor/tick", [:])
    #expect(near.status == 404 && near.problem == "unknown-item")
    #expect(
      near.json["detail"] as? String
        == "no run of 's-1' holds an item 'rebind-stor'; did you mean 'rebind-store'?")
  }

  /// The reference has an anchor for the type of every problem, and the document each code.
  @Test func everyCodeIsListed() async throws {
    let world = try TestServer()
    let page = try await world.ask(.get, "/api")
    let listed = try await world.ask(.get, "/api/openapi.json").json()["x-problem-codes"] as? [[String: Any]]
    for code in ProblemCode.allCases {
      #expect(page.text.contains("id=\"problem-\(code.rawValue)\""), "\(code)")
      let entry = listed?.first { $0["code"] as? String == code.rawValue }
      #expect(entry?["status"] as? Int == code.status.code, "\(code)")
      #expect(code.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(code)")
    }
  }

  /// A refusal that is added gets a code of its own.
  @Test(arguments: ["Domain/Refusal/Refusal.swift", "Operations/People/AccessRefusal.swift"])
  func everyRefusalHasACode(file: String) throws {
    let root = (1...4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let source = try String(contentsOf: root.appending(path: "Sources/\(file)"), encoding: .utf8)
    let names = source.matches(of: /(?m)^ +case ([a-zA-Z]+)/).map { String($0.output.1) }
    #expect(names.count > 15)
    for name in names where name != "forbidden" {
      #expect(ProblemCode(rawValue: ProblemCode.name(of: name)) != nil, "\(name)")
    }
  }
}

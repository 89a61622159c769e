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

/// The whole store over the API, and files of definitions.
struct TransferTests {
  private func export() async throws -> String {
    let world = try TestServer.open()
    try world.user.add("s-1", ShopDetails(name: "晨光小店", team: "east"))
    try world.user.start("s-1", "after", at: .switched)
    try world.user.tick("s-1", "rebind-store")
    return try await world.call(.get, "/export").text
  }

  @Test func whatIsExportedCanBeImported() async throws {
    let text = try await export()
    let world = try TestServer.open()
    let answer = try await world.call(
      .post, "/import", headers: [.contentType: "application/jsonl"], body: text)
    #expect(answer.json["shops"] as? Int == 1)
    #expect(answer.json["events"] as? Int == 3)
    #expect(try await world.call(.get, "/export").text == text)
    #expect(try world.store.breaks() == [])
  }

  @Test func onlyAnEmptyStoreTakesAnImport() async throws {
    let text = try await export()
    let type: HTTPFields = [.contentType: "application/jsonl"]
    let full = try TestServer.open()
    try full.user.add("s-2")
    #expect(try await full.call(.post, "/import", headers: type, body: text).problem == "not-empty")
    let scripted = try TestServer.open()
    _ = try scripted.addToken(.read)
    #expect(try await scripted.call(.post, "/import", headers: type, body: text).problem == "not-empty")
    let peopled = try TestServer()
    let admin = try peopled.addUser("Root", .admin)
    let refused = try await peopled.call(.post, "/import", as: admin, headers: type, body: text)
    #expect(refused.problem == "not-empty")
    #expect(try peopled.store.read { try $0.shop("s-1") } == nil)
  }

  @Test(arguments: [
    ("晨光", "暮光"), ("\"end\"", "\"ende\""), ("\n{\"end\"", "\n{}\n{\"end\""), ("switchlist-export", "other"),
  ])
  func whatWasChangedIsRefusedWhole(old: String, new: String) async throws {
    let text = try await export().replacing(old, with: new)
    let world = try TestServer.open()
    let answer = try await world.call(
      .post, "/import", headers: [.contentType: "application/jsonl"], body: text)
    #expect(answer.status == 422)
    #expect(answer.problem == "bad-export")
    #expect(try await world.call(.get, "/shops").list("shops").isEmpty)
  }

  @Test func aDefinitionIsShownWithWhatIsToSayOfIt() async throws {
    let world = try TestServer.open()
    let answer = try await world.call(.get, "/checklists/after")
    #expect(answer.json["file"] as? String == "after.yaml")
    #expect(answer.list("findings").first?["code"] as? String == "unusual-id")
    #expect((answer.json["definition"] as? [String: Any])?["checklist"] as? String == "after")
    #expect(try await world.call(.get, "/checklists/aftr").status == 404)
    #expect(try await world.call(.get, "/findings").json["warnings"] as? Int == 1)
    #expect(try await world.call(.get, "/schema").json["type"] as? String == "object")
  }

  @Test func aTextIsCheckedUnderAName() async throws {
    let world = try TestServer.open()
    let yaml: HTTPFields = [.contentType: "application/yaml"]
    let answer = try await world.call(
      .post, "/lint?file=calendars/cn.yaml", headers: yaml, body: "calendar: cn")
    #expect(answer.list("findings").first?["file"] as? String == "calendars/cn.yaml")
    for file in ["../x.yaml", "/etc/passwd", "x", "a/b.yaml", "calendars/../x.yaml", ".yaml"] {
      #expect(try await world.call(.post, "/lint?file=\(file)", headers: yaml, body: "x").status == 422)
    }
    let large = String(repeating: "x", count: 2 << 20)
    #expect(try await world.call(.post, "/lint", headers: yaml, body: large).status == 413)
  }
}

/// Lists as files for people and spreadsheets.
struct FormatTests {
  private func world() throws -> TestServer {
    let world = try TestServer()
    try world.user.add("s-1", ShopDetails(name: "=1+1", team: "east"))
    try world.user.add("s-2", ShopDetails(team: "west"))
    for shop in ["s-1", "s-2"] { try world.user.start(ShopID(trusted: shop), "after", at: .switched) }
    world.now = .hours(3)
    return world
  }

  @Test(arguments: [
    ("/overdue?format=csv", "text/csv", "\u{FEFF}shop,", "s-1"),
    ("/report?format=csv", "text/csv", "\u{FEFF}key,", "s-1"),
    ("/report?format=markdown", "text/markdown", "#", "s-1"),
    ("/report?format=html", "text/html", "<!doctype html>", "s-1"),
    ("/overdue?format=prometheus", "text/plain", "# HELP", "team=\"east\""),
    ("/overdue.csv", "text/csv", "\u{FEFF}shop,", "s-1"), ("/report.csv", "text/csv", "\u{FEFF}key,", "s-1"),
    ("/report.md?by=team", "text/markdown", "#", "east"),
    ("/report.html", "text/html", "<!doctype html>", "s-1"),
    ("/overdue.prom?team=east", "text/plain", "# HELP", "team=\"east\""),
  ])
  func isInThatFormOnlyOfWhatMayBeSeen(
    path: String, type: String, beginning: String, seen: String
  ) async throws {
    let world = try world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let answer = try await world.call(.get, path, as: lead)
    #expect(answer.headers[.contentType]?.hasPrefix(type) == true)
    #expect(answer.text.hasPrefix(beginning))
    #expect(answer.text.contains(seen))
    #expect(!answer.text.contains("s-2") && !answer.text.contains("west"))
    #expect(answer.headers[.contentSecurityPolicy]?.contains("unsafe") != true)
  }

  @Test func refusesOtherFormats() async throws {
    let world = try world()
    let admin = try world.addUser("Root", .admin)
    #expect(try await world.call(.get, "/report?format=pdf", as: admin).status == 422)
    #expect(try await world.call(.get, "/overdue?format=nagios", as: admin).status == 422)
  }
}

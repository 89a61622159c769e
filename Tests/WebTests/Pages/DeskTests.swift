import Domain
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct DeskTests {
  @Test func aFurtherPageIsRenewedWhereItStands() async throws {
    let world = try TestServer.open()
    for number in 10...70 { try world.user.add(ShopID(trusted: "s-\(number)")) }
    func page(_ path: String) async throws -> String {
      String(buffer: try await world.ask(.get, path, headers: [.accept: "text/html"]).body)
    }
    let first = try await page("/shops")
    #expect(first.contains(#"data-page="/shops""#))
    let next = try #require(first.firstMatch(of: /href="(\/shops\?after=[^"]+)"/)?.1)
    let further = try await page(String(next))
    #expect(!further.contains(">s-10<"))
    #expect(further.contains("data-page=\"\(next)\""))
  }

  /// The totals know teams, owners and states alone.
  @Test(arguments: [
    ("/shops", true), ("/shops?state=late", true), ("/shops?q=s", false), ("/shops?checklist=after", false),
  ])
  func whatIsNotCountedHasNoFigures(path: String, isCounted: Bool) async throws {
    let world = try TestServer.open()
    try world.user.add("s-1")
    let page = String(buffer: try await world.ask(.get, path, headers: [.accept: "text/html"]).body)
    #expect(page.contains("All <small>") == isCounted)
    #expect(page.contains("items outstanding") == (path == "/shops"))
  }

  @Test func switchesOfATeamStayThoseOfTheTeam() async throws {
    let world = try TestServer.open()
    try world.user.add("s-1", ShopDetails(team: "east"))
    let page = String(
      buffer: try await world.ask(.get, "/switches?team=east", headers: [.accept: "text/html"]).body)
    #expect(page.contains("<bdi>east</bdi>"))
    #expect(page.contains(#"href="/switches?team=east&amp;cooling=1""#))
  }

  @Test func anOwnerIsChosenInAnyCase() async throws {
    let world = try TestServer.open()
    try world.user.add("s-1", ShopDetails(owner: "Zhou"))
    for path in ["/shops?owner=zhou", "/overdue?owner=ZHOU"] {
      let page = String(buffer: try await world.ask(.get, path, headers: [.accept: "text/html"]).body)
      #expect(page.contains(#"<option value="Zhou" selected>Zhou</option>"#), "\(path)")
    }
  }

  @Test func aChoiceShowsWhatTheListIsNarrowedTo() async throws {
    let world = try TestServer.open()
    let page = String(
      buffer: try await world.ask(.get, "/overdue?owner=Zhou", headers: [.accept: "text/html"]).body)
    #expect(page.contains(#"<option value="Zhou" selected>Zhou (none here)</option>"#))
  }
}

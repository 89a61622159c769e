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

/// Each figure of the charts leads to the list of what it counts.
struct ChartTests {
  /// Five shops of two teams, each a day further than the one before.
  private func world() throws -> TestServer {
    let world = try TestServer.open()
    for number in 1...5 {
      world.now = .switched + Int64(number) * 86_400
      let shop = ShopID(trusted: "s-\(number)")
      try world.user.add(shop, ShopDetails(team: number < 3 ? "east" : "west", owner: "Li \(number)"))
      try world.user.start(shop, "after", at: world.now)
      if number % 2 == 0 {
        world.now = world.now + 3600
        try world.user.tick(shop, "rebind-store")
      }
    }
    world.now = .switched + 9 * 86_400
    return world
  }

  private struct Figure {
    let address: String
    let label: String
    var number: Int? { Int(label.prefix { $0.isNumber }) }
  }

  private func figures(_ page: TestResponse) -> [Figure] {
    let bars = page.text.matches(of: /<td class="n"><a href="([^"]+)">([^<]+)<\/a>/)
    let tiles = page.text.matches(of: /<li><a href="([^"]+)">[^<]*<b[^>]*>([^<]+)<\/b>/)
    return (bars.map { ($0.output.1, $0.output.2) } + tiles.map { ($0.output.1, $0.output.2) }).map {
      Figure(address: String($0.0).replacing("&amp;", with: "&"), label: String($0.1))
    }
  }

  private func rows(_ page: TestResponse) -> Int {
    max(0, page.text.matches(of: /<tr role="row">/).count - 1)
  }

  @Test(arguments: ["/charts", "/charts?team=west"])
  func eachFigureLeadsToItsList(path: String) async throws {
    let world = try world()
    let figures = figures(try await world.ask(.get, path))
    #expect(figures.count >= 10)
    for figure in figures {
      let list = try await world.ask(.get, figure.address)
      #expect(list.status == .ok, "\(figure.address)")
      #expect(!path.contains("team") || figure.address.contains("team=west"), "\(figure.address)")
      if figure.address.hasPrefix("/done?days=3650") {
        #expect(rows(list) > 0, "\(figure.address)")
      } else if !figure.address.contains("order=outstanding") {
        #expect(rows(list) == figure.number, "\(figure.address)")
      }
    }
  }

  @Test func ownersOfTheLeadsTeamsAloneAreToChooseFrom() async throws {
    let world = try TestServer()
    for (shop, team, owner) in [("s-1", "east", "Li"), ("s-2", "west", "Wang")] {
      try world.user.add(ShopID(trusted: shop), ShopDetails(team: team, owner: owner))
    }
    let east = try world.addUser("East", .lead, teams: ["east"])
    let page = try await world.ask(.get, "/shops", as: east)
    #expect(page.text.contains(#"<option value="Li">"#))
    #expect(!page.text.contains("Wang"))
    let none = try await world.ask(.get, "/shops?owner=Wang", as: east)
    #expect(rows(none) == 0)
  }

  @Test func theMatrixShowsTheChecklistThatIsFollowed() async throws {
    let world = try TestServer.open(checklists: [
      .named("after", [.named("one")]), .named("other", [.named("two", due: .hours(1)), .named("three")]),
    ])
    for number in 1...60 { try world.user.add(ShopID(trusted: "s-\(number)")) }
    try world.user.start("s-7", "other", at: .switched)
    let page = try await world.ask(.get, "/matrix")
    #expect(page.text.contains(#"<option value="other" selected>"#))
    #expect(page.text.matches(of: /<th scope="row">/).count == 1)
    // A shop that stands behind a page of others is found, too.
    try world.user.start("s-9", "after", at: .switched)
    let after = try await world.ask(.get, "/matrix?checklist=after")
    #expect(after.text.contains("s-9") && !after.text.contains("s-7"))
  }

  @Test func pagesCallItemsByTheirTitles() async throws {
    let world = try TestServer.open(checklists: [
      .named(
        "after",
        [.titled("one", "第一件", due: .hours(1)), .titled("two", "第二件", needs: ["one"], due: .hours(2))])
    ])
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    world.now = .hours(5)
    let chinese: HTTPFields = [.acceptLanguage: "zh"]
    let overdue = try await world.ask(.get, "/overdue", headers: chinese)
    #expect(overdue.text.contains("等待：第一件"))
    try world.user.tick("s-1", "one")
    let history = try await world.ask(.get, "/shops/s-1/history", headers: chinese)
    #expect(history.text.contains("勾选了 “第一件”"))
  }
}

extension ChecklistItem {
  fileprivate static func titled(
    _ id: ItemID, _ title: String, needs: [ItemID] = [], due: CalendarDuration
  ) -> ChecklistItem {
    ChecklistItem(
      id: id, title: LocalizedText(title), due: due, owner: nil, critical: false, needs: needs, when: .always,
      proof: [])
  }
}

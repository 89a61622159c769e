import Domain
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Figures of shops beside the server's own.
struct MetricsTests {
  private let world: TestServer

  init() throws {
    world = try TestServer()
    for (shop, team) in [("s-1", "east"), ("s-2", "west")] {
      try world.user.add(ShopID(trusted: shop), ShopDetails(team: team))
      try world.user.start(ShopID(trusted: shop), "after", at: .switched)
    }
  }

  private func lines(_ caller: TestServer.Caller) async throws -> [String] {
    let answer = try await world.ask(.get, "/metrics", as: caller)
    #expect(answer.status == .ok)
    return answer.text.split(separator: "\n").map(String.init)
  }

  @Test func showWhatIsLateInEachTeam() async throws {
    let monitor = try world.addToken(.metrics)
    world.now = .switched + 3 * 3600
    let lines = try await lines(monitor)
    #expect(lines.contains(#"switchlist_items_overdue{team="east",checklist="after"} 1"#))
    #expect(lines.contains(#"switchlist_items_outstanding{team="west",checklist="after"} 3"#))
    #expect(lines.contains(#"switchlist_oldest_overdue_seconds{team="west",checklist="after"} 3600"#))
    #expect(lines.contains("switchlist_store_readable 1"))
    #expect(
      lines.contains { $0.hasPrefix("switchlist_http_requests_total") || $0.contains("switchlist_limit{") })
  }

  @Test func showATokensTeamsAlone() async throws {
    let east = try await lines(try world.addToken(.metrics, teams: ["east"])).filter { $0.contains("team=") }
    #expect(east.isEmpty == false && east.allSatisfy { $0.contains(#"team="east""#) })
  }

  @Test func areMadeAgainWhenTheyAreOld() async throws {
    let monitor = try world.addToken(.metrics)
    let overdue = #"switchlist_items_overdue{team="east",checklist="after"} "#
    world.now = .switched + 3600
    #expect(try await lines(monitor).contains(overdue + "0"))
    world.now = .switched + 2 * 3600 + 60
    #expect(try await lines(monitor).contains(overdue + "1"))
  }
}

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

/// What a shop's page puts first while a switch goes on, and what it folds away.
struct NextTests {
  private let world: TestServer
  private let admin: TestServer.Caller

  init() throws {
    world = try TestServer(checklists: [
      .named("before", begins: .planned, [.named("think-it-over", due: .hours(1)), .named("tell-buyers")]),
      .named("after", [.named("rebind-store", due: .days(2)), .named("check-products", due: .days(3))]),
    ])
    admin = try world.addUser("Root", .admin)
    try world.user.add("s-1")
  }

  private func page() async throws -> String {
    try await world.ask(.get, "/shops/s-1/", as: admin, headers: [.acceptLanguage: "en"]).text
  }

  /// What follows a mark on the page.
  private func after(_ mark: String, on page: String) throws -> Substring {
    page[try #require(page.range(of: mark)?.upperBound)...]
  }

  @Test func isOfTheNewestMilestoneAlthoughOlderItemsAreLate() async throws {
    try world.switchAccount(of: "s-1", at: 3)
    let page = try await page()
    #expect(try after(#"aria-labelledby="next""#, on: page).prefix(200).contains("rebind-store"))
    let mark = #"<details class="fold" id="earlier""#
    let earlier = try after(mark, on: page)
    #expect(earlier.prefix(120).contains("Left from earlier steps: 2"))
    #expect(earlier.prefix(200).contains("1 overdue"))
    #expect(earlier.contains("think-it-over"))
    #expect(!page.dropLast(earlier.count).contains("think-it-over"))
  }

  @Test func comesFromEarlierOnesWhenNothingElseIsLeft() async throws {
    try world.switchAccount(of: "s-1", at: 3)
    var user = world.user
    user.now = world.now
    try user.tick("s-1", "rebind-store", "check-products")
    let page = try await page()
    #expect(try after(#"aria-labelledby="next""#, on: page).prefix(200).contains("think-it-over"))
    #expect(!page.contains(#"id="earlier""#))
  }

  @Test func aPlanIsAWeekAheadUntilAnotherTimeIsGiven() async throws {
    try world.take(.bind("old"), of: "s-1", at: 0)
    let page = try await page()
    let week = Zone.utc.local(.hours(7 * 24)).date
    let field = try after(#"<input type="datetime-local" name="for" value=""#, on: page).prefix { $0 != ">" }
    #expect(field.hasPrefix("\(week)T"))
    #expect(field.contains("required"))
  }
}

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// What senders may use up, over the whole way of a request.
struct QuotaTests {
  private static let shop = ShopID(trusted: "s-1")

  private static func world(_ limits: (Limit, Int)...) throws -> TestServer {
    var chosen = Limits()
    for (limit, number) in limits { chosen[limit] = number }
    let world = try TestServer(options: WebOptions(limits: chosen))
    _ = try world.user.add(shop, ShopDetails(team: "east", owner: "Li"))
    _ = try world.user.start(shop)
    return world
  }

  private static let visitor = TestServer.Caller(headers: [
    .cookie: "switchlist-name=Mei", .accept: "application/json",
    .contentType: "application/x-www-form-urlencoded",
  ])

  private static func note(_ world: TestServer, by secret: String, _ text: String = "x") async throws
    -> TestResponse
  {
    try await world.ask(
      .post, "/l/\(secret)/items/rebind-store/note", as: visitor, body: Array("note=\(text)".utf8))
  }

  @Test func aLinkChangesOnlySoMuchInAMinute() async throws {
    let world = try Self.world((.linkChanges, 2))
    let (link, other) = (try world.addLink(to: Self.shop), try world.addLink(to: Self.shop))
    for text in ["a", "b"] { #expect(try await Self.note(world, by: link, text).status == .ok) }
    let refused = try await Self.note(world, by: link, "c")
    #expect(refused.status == .tooManyRequests)
    #expect(refused.headers[.retryAfter] == "30")
    #expect(refused.text.contains("try again in 30 seconds"))
    #expect(try await Self.note(world, by: other, "d").status == .ok)
    world.now = world.now + 30
    #expect(try await Self.note(world, by: link, "e").status == .ok)
  }

  @Test func aShopIsChangedOnlySoOftenByWhoever() async throws {
    let world = try Self.world((.shopChanges, 2))
    for (number, isTaken) in [(1, true), (2, true), (3, false)] {
      let link = try world.addLink(to: Self.shop)
      let status = try await Self.note(world, by: link, "\(number)").status
      #expect(status == (isTaken ? .ok : .tooManyRequests))
    }
  }

  @Test func aLinkSendsOnlySoMuchInADay() async throws {
    let world = try Self.world((.linkBytes, 3000))
    let link = try world.addLink(to: Self.shop)
    let text = String(repeating: "x", count: 1400)
    for _ in 0..<2 { #expect(try await Self.note(world, by: link, text).status == .ok) }
    let refused = try await Self.note(world, by: link, text)
    #expect(refused.status == .tooManyRequests)
    #expect(refused.text.contains("within a day"))
  }

  private static func file(_ content: String, to action: String, _ world: TestServer, by secret: String)
    async throws -> TestResponse
  {
    let body = """
      --b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n\
      --b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n\
      \(content)\r\n--b--\r\n
      """
    return try await world.ask(
      .post, "/l/\(secret)/items/rebind-store/\(action)", as: visitor,
      headers: [.contentType: "multipart/form-data; boundary=b"], body: Array(body.utf8))
  }

  @Test(arguments: ["note", "block", "untick", "skip"])
  func aFileIsTakenOnlyWithATick(action: String) async throws {
    let world = try Self.world()
    let link = try world.addLink(to: Self.shop)
    let refused = try await Self.file("proof", to: action, world, by: link)
    #expect(refused.status == .unprocessableContent)
    #expect(try world.store.read { try $0.keptFiles(of: Self.shop).count } == 0)
  }

  @Test(arguments: [(Limit.shopFiles, 1), (.shopBytes, 10)])
  func aShopKeepsOnlySoManyFiles(limit: Limit, number: Int) async throws {
    let world = try Self.world((limit, number))
    let token = try world.addToken(.change)
    // What is kept already takes no more room.
    for (content, status) in [("first", 201), ("another", 413), ("first", 201)] {
      let answer = try await world.call(
        .post, "/shops/s-1/files", as: token, headers: [.contentType: "text/plain"], body: content)
      #expect(answer.status == status)
    }
    let link = try world.addLink(to: Self.shop)
    #expect(try await Self.file("a third", to: "tick", world, by: link).status == .contentTooLarge)
    #expect(try world.state("rebind-store", of: "s-1") == .pending)
    #expect(try world.store.read { try $0.keptFiles(of: Self.shop).count } == 1)
  }

  @Test(arguments: [(Limit.personChanges, 2), (.personBytes, 3000)])
  func aPersonAndATokenHaveLimitsOfTheirOwn(limit: Limit, number: Int) async throws {
    let world = try Self.world((limit, number))
    let text = String(repeating: "x", count: 1400)
    for caller in [try world.addToken(.read, .change), try world.addUser("Root", .admin)] {
      for count in 1...3 {
        let answer = try await world.call(
          .post, "/shops/s-1/items/rebind-store/note", as: caller, ["note": "\(count)\(text)"])
        #expect(answer.status == (count <= 2 ? 200 : 429))
      }
    }
  }

  @Test(arguments: [(Limit.linkFiles, true), (.personFiles, false)])
  func onlySoManyFilesAreSentInADay(limit: Limit, isByLink: Bool) async throws {
    let world = try Self.world((limit, 2))
    let (secret, token) = (try world.addLink(to: Self.shop), try world.addToken(.read, .change, .lead))
    for count in 1...3 {
      let status: Int
      if isByLink {
        status = try await Self.file("\(count)", to: "note", world, by: secret).status.code
      } else {
        let boundary = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
        status = try await world.ask(
          .post, "/api/v1/shops/s-1/files", as: token,
          headers: [.contentType: "multipart/form-data; boundary=b"],
          body: Array("\(boundary)\(count)\r\n--b--\r\n".utf8)
        ).status.code
      }
      #expect((status == 429) == (count == 3), "\(count): \(status)")
    }
  }

  @Test func limitsAndWhatTheyRefusedAreAmongTheFigures() async throws {
    let world = try Self.world((.linkChanges, 1))
    let link = try world.addLink(to: Self.shop)
    for _ in 0..<3 { _ = try await Self.note(world, by: link) }
    let figures = try await world.ask(.get, "/metrics", as: try world.addUser("Root", .admin)).text
    #expect(figures.contains("switchlist_limit{name=\"link-changes-per-minute\"} 1\n"))
    #expect(figures.contains("switchlist_refused_total{limit=\"link-changes-per-minute\"} 2\n"))
    for limit in Limit.allCases {
      #expect(figures.contains("switchlist_limit{name=\"\(limit.rawValue)\"}"))
    }
  }

  /// Operators read the table; the program does what the enumeration says.
  @Test func theReadmeHasEveryLimitWithItsDefault() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    var told: [String: String] = [:]
    for line in readme.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let names = cells[0].split(separator: ", ").map { $0.filter { $0 != "`" } }
      let numbers = cells[1].split(separator: ", ").map(String.init)
      for (name, number) in zip(names, numbers) { told[String(name)] = number }
    }
    for limit in Limit.allCases {
      let number = try #require(told[limit.rawValue], "\(limit.rawValue)")
      let plain = Int(number.filter(\.isNumber).isEmpty ? "0" : number.filter(\.isNumber)) ?? 0
      let unit = number.hasSuffix("GB") ? 1 << 30 : number.hasSuffix("MB") ? 1 << 20 : 1
      #expect(plain * unit == limit.standard, "\(limit.rawValue): \(number)")
    }
  }
}

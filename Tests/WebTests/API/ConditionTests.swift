import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Requests that are carried out once, and only on what was seen.
struct ConditionTests {
  private func world() throws -> TestServer {
    let world = try TestServer.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  private func events(_ world: TestServer) async throws -> Int {
    try await world.call(.get, "/shops/s-1/history").list("events").count
  }

  @Test func aKeyIsCarriedOutOnce() async throws {
    let world = try world()
    let key: HTTPFields = [.idempotencyKey: "8f14e45f-1"]
    let first = try await world.call(
      .post, "/shops/s-1/items/rebind-store/note", ["note": "x"], headers: key)
    let again = try await world.call(
      .post, "/shops/s-1/items/rebind-store/note", ["note": "x"], headers: key)
    #expect(again.text == first.text)
    #expect(again.status == 200)
    #expect(try await events(world) == 3)
  }

  @Test func aKeyIsForOneRequest() async throws {
    let world = try world()
    let key: HTTPFields = [.idempotencyKey: "8f14e45f-2"]
    try await world.call(.post, "/shops/s-1/items/rebind-store/note", ["note": "x"], headers: key)
    let other = try await world.call(
      .post, "/shops/s-1/items/rebind-store/note", ["note": "y"], headers: key)
    #expect(other.status == 422)
    #expect(other.problem == "idempotency-key-reused")
    let elsewhere = try await world.call(.post, "/shops/s-1/items/rebind-store/tick", [:], headers: key)
    #expect(elsewhere.status == 422)
    #expect(try await events(world) == 3)
  }

  @Test func keysOfDifferentPeopleDoNotMeet() async throws {
    let world = try TestServer()
    try world.user.add("s-1", .init(team: "east"))
    try world.user.start("s-1", "after", at: .switched)
    for name in ["Zhao", "Qian"] {
      let lead = try world.addUser(name, .lead, teams: ["east"])
      let answer = try await world.call(
        .post, "/shops/s-1/items/rebind-store/note", as: lead, ["note": name],
        headers: [.idempotencyKey: "same"])
      #expect(answer.status == 200)
    }
    #expect(try world.store.read { try $0.shop("s-1")?.head.number } == 4)
  }

  @Test func aRefusalIsNotKept() async throws {
    let world = try world()
    let key: HTTPFields = [.idempotencyKey: "8f14e45f-3"]
    let path = "/shops/s-1/items/check-products/tick"
    #expect(try await world.call(.post, path, [:], headers: key).status == 409)
    try world.user.tick("s-1", "rebind-store")
    #expect(try await world.call(.post, path, [:], headers: key).status == 200)
  }

  @Test func refusesKeysThatCannotBeKept() async throws {
    let world = try world()
    for key in ["", "a b", String(repeating: "x", count: 201)] {
      let answer = try await world.call(
        .post, "/shops/s-1/items/rebind-store/tick", [:], headers: [.idempotencyKey: key])
      #expect(answer.status == 400)
    }
  }

  @Test func changesOnlyWhatWasSeen() async throws {
    let world = try world()
    let seen = try #require(try await world.call(.get, "/shops/s-1/status").headers[.eTag])
    let match: HTTPFields = [.ifMatch: seen]
    let first = try await world.call(.post, "/shops/s-1/items/rebind-store/tick", [:], headers: match)
    #expect(first.status == 200)
    let second = try await world.call(.post, "/shops/s-1/items/check-products/tick", [:], headers: match)
    #expect(second.status == 412)
    #expect(second.problem == "changed-since")
    let any = try await world.call(
      .post, "/shops/s-1/items/check-products/tick", [:], headers: [.ifMatch: "*"])
    #expect(any.status == 200)
  }

  /// Whoever changes something goes on with what the answer gives, without reading the shop again.
  @Test func anAnswerToAChangeGivesTheNextTag() async throws {
    let world = try world()
    let first = try await world.call(.post, "/shops/s-1/items/rebind-store/tick", [:])
    let tag = try #require(first.headers[.eTag])
    let match: HTTPFields = [.ifMatch: tag]
    let second = try await world.call(.post, "/shops/s-1/items/check-products/tick", [:], headers: match)
    #expect(second.status == 200)
    #expect(try await world.call(.patch, "/shops/s-1", ["name": "x"], headers: match).status == 412)
    let next: HTTPFields = [.ifMatch: try #require(second.headers[.eTag])]
    #expect(try await world.call(.patch, "/shops/s-1", ["name": "x"], headers: next).status == 200)
    let added = try await world.call(.post, "/shops", ["id": "s-9"])
    let new: HTTPFields = [.ifMatch: try #require(added.headers[.eTag])]
    #expect(try await world.call(.patch, "/shops/s-9", ["name": "x"], headers: new).status == 200)
  }

  /// The shop may have changed since, and nobody saw how.
  @Test func anAnswerThatIsGivenAgainHasNoTag() async throws {
    let world = try world()
    let key: HTTPFields = [.idempotencyKey: "8f14e45f-9"]
    let path = "/shops/s-1/items/rebind-store/tick"
    #expect(try await world.call(.post, path, [:], headers: key).headers[.eTag] != nil)
    #expect(try await world.call(.post, path, [:], headers: key).headers[.eTag] == nil)
  }

  @Test(arguments: ["W/TAG", "\"x\", TAG", "\"x\",W/TAG , \"y\"", "*"])
  func tagsAreComparedWeakly(form: String) async throws {
    let world = try world()
    for path in ["/shops/s-1", "/shops/s-1/status"] {
      let tag = try #require(try await world.call(.get, path).headers[.eTag])
      let header = form.replacing("TAG", with: tag)
      #expect(try await world.call(.get, path, headers: [.ifNoneMatch: header]).status == 304, "\(header)")
      let other = try await world.call(.get, path, headers: [.ifNoneMatch: "W/\"x\""])
      #expect(other.status == 200)
    }
  }

  @Test(arguments: ["/shops/s-1", "/shops/s-1/status"])
  func whatIsStillRightIsNotSentAgain(path: String) async throws {
    let world = try world()
    let tag = try #require(try await world.call(.get, path).headers[.eTag])
    let again = try await world.call(.get, path, headers: [.ifNoneMatch: tag])
    #expect(again.status == 304)
    #expect(again.text.isEmpty)
    #expect(again.headers[.eTag] == tag)
    try world.user.tick("s-1", "rebind-store")
    let changed = try await world.call(.get, path, headers: [.ifNoneMatch: tag])
    #expect(changed.status == 200)
    #expect(changed.headers[.eTag] != tag)
  }

  @Test func aStatusChangesWhenSomethingFallsDue() async throws {
    let world = try world()
    world.now = .hours(1)
    let tag = try #require(try await world.call(.get, "/shops/s-1/status").headers[.eTag])
    world.now = .hours(2)
    let later = try await world.call(.get, "/shops/s-1/status", headers: [.ifNoneMatch: tag])
    #expect(later.status == 200)
    let progress = later.list("runs").first?["progress"] as? [String: Any]
    #expect(progress?["overdue"] as? Int == 1)
  }
}

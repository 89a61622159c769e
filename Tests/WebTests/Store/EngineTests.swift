import Domain
import HTTPTypes
import Operations
import Synchronization
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// A server whose store is far away: what waits for it holds up nothing else, and what it fails at is told.
struct EngineTests {
  private let engine: FakeEngine
  private let world: TestServer
  private let lead: TestServer.Caller

  init() throws {
    let made = Mutex<FakeEngine?>(nil)
    world = try TestServer { inner in
      let engine = FakeEngine(inner)
      made.withLock { $0 = engine }
      return engine
    }
    engine = try #require(made.withLock { $0 })
    _ = try world.user.add("s-1", ShopDetails(team: "east"))
    try world.user.start("s-1", "after")
    lead = try world.addUser("Li", .lead, teams: ["east"])
  }

  private static let paths = [
    "/shops", "/shops/s-1/", "/shops/s-1/history", "/shops/s-1/links", "/overdue", "/done", "/switches",
    "/matrix", "/charts", "/account", "/api/v1/shops", "/api/v1/shops/s-1", "/api/v1/shops/s-1/status",
    "/api/v1/shops/s-1/switch", "/api/v1/report", "/api/v1/overdue", "/readyz",
  ]

  @Test func healthIsAnsweredWhileTheStoreIsSilent() async throws {
    engine.hold()
    let asked = Self.paths.map { path in Task { try await world.ask(.get, path, as: lead).status } }
    while engine.waiting < Self.paths.count { await Task.yield() }
    #expect(try await world.ask(.get, "/healthz", as: .stranger).status == .ok)
    #expect(try await world.ask(.get, WebAssets.paths.style, as: .stranger).status == .ok)
    engine.letGo()
    for task in asked { #expect(try await task.value == .ok) }
  }

  @Test(arguments: paths) func eachFailureIsTold(path: String) async throws {
    var call = 0
    repeat {
      call += 1
      engine.fail(at: call)
      let answer = try await world.ask(.get, path, as: lead)
      if engine.calls < call {
        #expect(answer.status == .ok)
        break
      }
      #expect(answer.status == .serviceUnavailable, "call \(call)")
    } while call < 20
    #expect(2...19 ~= call)
  }

  @Test func aTickThatFailsAtAnyCallIsToldAndNotDone() async throws {
    let form: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
    ]
    var call = 0
    repeat {
      call += 1
      engine.fail(at: call)
      let answer = try await world.ask(
        .post, "/shops/s-1/items/rebind-store/tick", as: lead, headers: form, body: Array("run=1".utf8))
      if engine.calls < call {
        #expect(answer.status == .ok)
        break
      }
      #expect(answer.status == .serviceUnavailable, "call \(call)")
      #expect(try world.store.read { try $0.run(1, of: "s-1")?["rebind-store"]?.state } == .pending)
    } while call < 20
    #expect(2...19 ~= call)
    #expect(try world.store.read { try $0.run(1, of: "s-1")?["rebind-store"]?.state } == .done)
  }
}

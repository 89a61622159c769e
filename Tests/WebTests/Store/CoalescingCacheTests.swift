import Synchronization
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// What takes long to make isn't made more often than it has to be.
struct CoalescingCacheTests {
  /// A clock that stands until it is set, and figures that number themselves.
  private final class World: Sendable {
    let now = Mutex<Int64>(1_000_000)
    let made = Mutex(0)
    /// How long making them takes.
    let takes = Mutex<Int64>(0)

    func wait(_ milliseconds: Int64) { now.withLock { $0 += milliseconds } }

    func make() -> Int {
      wait(takes.withLock { $0 })
      return made.withLock { made in
        made += 1
        return made
      }
    }
  }

  private struct Failed: Error {}

  private let world = World()
  private let kept: CoalescingCache<String, Int>

  init() {
    let world = world
    kept = CoalescingCache(age: 60_000, limit: 2) { world.now.withLock { $0 } }
  }

  private func ask(_ key: String = "east") async throws -> Int {
    try await kept.value(of: key) { [world] in world.make() }
  }

  @Test func areMadeAgainOnceTheyAreOld() async throws {
    #expect(try await ask() == 1)
    world.wait(59_999)
    #expect(try await ask() == 1)
    world.wait(1)
    #expect(try await ask() == 2)
  }

  @Test func areKeptLongerWhereMakingThemTakesLong() async throws {
    world.takes.withLock { $0 = 20_000 }
    #expect(try await ask() == 1)
    world.wait(59_999)
    #expect(try await ask() == 1)
    world.wait(1)
    #expect(try await ask() == 2)
  }

  @Test func areMadeOnceHoweverManyAskMeanwhile() async throws {
    let (began, beginning) = AsyncStream.makeStream(of: Void.self)
    let (mayEnd, ending) = AsyncStream.makeStream(of: Void.self)
    async let first = kept.value(of: "east") { [world] in
      beginning.finish()
      for await _ in mayEnd {}
      return world.make()
    }
    for await _ in began {}
    world.wait(600_000)
    let second = Task.immediate { try await ask() }
    ending.finish()
    #expect(try await first == 1)
    #expect(try await second.value == 1)
  }

  @Test func areGivenForALittleLongerWhileTheNextAreMade() async throws {
    let graceful = CoalescingCache<String, Int>(age: 60_000, grace: 20_000, limit: 2) { [world] in
      world.now.withLock { $0 }
    }
    let (mayEnd, ending) = AsyncStream.makeStream(of: Void.self)
    let first = try await graceful.value(of: "east") { [world] in world.make() }
    #expect(first == 1)
    world.wait(60_000)
    for _ in 0..<2 {
      let given = try await graceful.value(of: "east") { [world] in
        for await _ in mayEnd {}
        return world.make()
      }
      #expect(given == 1)
    }
    world.wait(30_000)
    let waiting = Task.immediate { try await graceful.value(of: "east") { 9 } }
    ending.finish()
    #expect(try await waiting.value == 2)
  }

  @Test func ofOthersAreOthers() async throws {
    #expect(try await ask("east") == 1)
    #expect(try await ask("west") == 2)
    #expect(try await ask("east") == 1)
  }

  @Test func areForgottenWhereThereAreTooMany() async throws {
    for (number, key) in ["east", "west", "south"].enumerated() { #expect(try await ask(key) == number + 1) }
    #expect(try await ask("south") == 3)
    #expect(try await ask("east") == 4)
  }

  @Test func aFailureIsNotKept() async throws {
    await #expect(throws: Failed.self) { try await kept.value(of: "east") { throw Failed() } }
    #expect(try await ask() == 1)
  }
}

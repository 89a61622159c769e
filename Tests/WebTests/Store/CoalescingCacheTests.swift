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
    try await kept.figures(key) { [world] in world.make() }
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
    async let first = kept.figures("east") { [world] in
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
    await #expect(throws: Failed.self) { try await kept.figures("east") { throw Failed() } }
    #expect(try await ask() == 1)
  }
}

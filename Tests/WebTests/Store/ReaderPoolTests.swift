import Domain
import NIOCore
import NIOPosix
import Operations
import Synchronization
import TestSupport
import Testing

@testable import Storage
@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Requests that a thread was brought together read together, and nobody reads less than was there before.
struct ReaderPoolTests {
  private let folder: TemporaryFolder
  private let readers: ReaderPool
  /// Writes as another program does.
  private let other: StoreUser
  private let loop = MultiThreadedEventLoopGroup.singleton.next()

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let version = try SQLiteVersion(path: path)
    readers = ReaderPool(
      turns: LoopTurns(), version: { try version.current() }, open: { try SQLiteShopStore(readingAt: path) })
    other = StoreUser(try SQLiteShopStore(path: path), [])
  }

  private func count() throws -> Int { try readers.read { try $0.countShops(ShopFilter()) } }

  /// Runs the body as an answer to one request, of several that came together.
  private func inOneTurn<Output: Sendable>(_ body: @escaping @Sendable () throws -> Output) async throws
    -> Output
  {
    try await loop.submit(body).get()
  }

  @Test func whatCameTogetherSeesOneState() async throws {
    let (seen, versions) = try await inOneTurn {
      let first = (try count(), try readers.version())
      try other.add("s-1")
      let second = (try count(), try readers.version())
      return ([first.0, second.0], [first.1, second.1])
    }
    #expect(seen == [0, 0])
    #expect(versions[0] == versions[1])
    let (later, version) = try await inOneTurn { (try count(), try readers.version()) }
    #expect(later == 1)
    #expect(version != versions[0])
  }

  @Test func whatWasCommittedHereIsSeenAtOnce() async throws {
    let seen = try await inOneTurn {
      let before = try count()
      try other.add("s-1")
      readers.committed()
      return [before, try count(), try count()]
    }
    #expect(seen == [0, 1, 1])
  }

  @Test func elsewhereEachReadingSeesWhatIsThere() async throws {
    #expect(try count() == 0)
    try other.add("s-1")
    #expect(try count() == 1)
  }

  @Test func aReadingInsideAnotherIsItsOwn() async throws {
    try other.add("s-1")
    try other.add("s-2")
    let seen = try await inOneTurn {
      var seen: [String] = []
      try readers.read { outer in
        try outer.forEachShop(ShopFilter()) { shop in
          try readers.read { inner in
            try inner.forEachShop(ShopFilter()) { seen.append("\(shop.shop.id) \($0.shop.id)") }
          }
        }
      }
      return seen
    }
    #expect(seen == ["s-1 s-1", "s-1 s-2", "s-2 s-1", "s-2 s-2"])
  }

  @Test func aReadingThatFailsLeavesNothingBehind() async throws {
    let seen = try await inOneTurn {
      let before = try count()
      #expect(throws: StoreError.locked(path: "here")) {
        try readers.read { _ in throw StoreError.locked(path: "here") }
      }
      try other.add("s-1")
      return [before, try count()]
    }
    #expect(seen == [0, 1])
  }
}

import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// A store that can't be written can still be read.
@Suite struct ReadOnlyTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("店?#%.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let user = StoreUser(try SQLiteShopStore(path: path), [.named("after", [.named("one", due: .hours(1))])])
    try user.add("s-1")
    try user.start("s-1")
  }

  @Test func everythingIsReadAndNothingWritten() throws {
    let expected = try SQLiteShopStore(path: path).exported()
    let before = try Data(contentsOf: URL(filePath: path))
    let store = try SQLiteShopStore(readingAt: path)
    #expect(try store.exported() == expected)
    #expect(try store.breaks() == [])
    #expect(try store.read { try $0.overdueLines(OverdueFilter(now: .now, until: .now)).count } == 1)
    #expect(throws: StoreError.readOnly(path: path)) { try store.write { _ in } }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func aLogBesideItIsReadToo() throws {
    let writer = try SQLiteShopStore(path: path)
    try StoreUser(writer).tick("s-1", "one")
    #expect(SQLiteFile.hasLog(path))
    let store = try SQLiteShopStore(readingAt: path)
    #expect(try store.exported() == writer.exported())
    #expect(try store.read { try $0.run(1, of: "s-1")?.state } == .finished)
  }

  @Test func manyThreadsMayRead() throws {
    let store = try SQLiteShopStore(readingAt: path)
    let expected = try store.exported()
    struct Different: Error {}
    try concurrently(16) { _ in
      if try store.exported() != expected { throw Different() }
    }
  }
}

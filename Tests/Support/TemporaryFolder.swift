import Foundation
import Operations
import Storage

/// A folder of a test's own, gone with the test.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let name = "switchlist-tests-\(UUID().uuidString)"
    path = Self.parent.appending(path: name).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// In memory where there is such a place: tests make hundreds of stores, and each waits for the disk.
  private static let parent =
    FileManager.default.isWritableFile(atPath: "/dev/shm")
    ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// A store that is gone with its value; the engine is the one that the test was asked to use.
package struct TemporaryStore: Sendable {
  package let store: any ShopStore
  private let keeping: any Sendable

  package init(_ store: some ShopStore, keeping: some Sendable) {
    self.store = store
    self.keeping = keeping
  }

  /// A new store in a file.
  package static func sqlite() throws -> TemporaryStore {
    let folder = try TemporaryFolder()
    let path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    return TemporaryStore(try SQLiteShopStore(path: path), keeping: folder)
  }
}

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
  /// Connects to the same store once more, as another process does.
  package let another: @Sendable () throws -> any ShopStore

  package init(another: @escaping @Sendable () throws -> any ShopStore) throws {
    store = try another()
    self.another = another
  }

  /// A new store in a file.
  package static func sqlite() throws -> TemporaryStore {
    let folder = try TemporaryFolder()
    try SQLiteShopStore.write(creatingAt: folder.file("store.sqlite")) { _ in }
    return try TemporaryStore { try SQLiteShopStore(path: folder.file("store.sqlite")) }
  }
}

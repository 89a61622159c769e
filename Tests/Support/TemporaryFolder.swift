import Foundation
import Operations
import Storage

/// A folder of a test's own, gone with the test.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let name = "switchlist-tests-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appending(path: name).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

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

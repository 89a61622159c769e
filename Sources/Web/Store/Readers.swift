import Operations
import Synchronization

/// Connections for reading, as many as are in use at once; each is lent to one reader at a time.
final class Readers: Sendable {
  private let open: @Sendable () throws -> any ShopStore
  private let free = Mutex<[any ShopStore]>([])

  init(open: @escaping @Sendable () throws -> any ShopStore) { self.open = open }

  /// Runs the body in one transaction that sees one state of the store.
  func read<Result>(_ body: (any ShopReading) throws -> Result) throws -> Result {
    let store = try free.withLock { $0.popLast() } ?? open()
    defer { free.withLock { $0.append(store) } }
    return try store.read(body)
  }
}

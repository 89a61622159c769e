import Operations
import Synchronization

/// What happens once, before a store's next transaction that writes.
final class WritingHook: Sendable {
  private let body = Mutex<(@Sendable (any StoreWriting) throws -> Void)?>(nil)

  func set(_ body: @escaping @Sendable (any StoreWriting) throws -> Void) { self.body.withLock { $0 = body } }

  func take() -> (@Sendable (any StoreWriting) throws -> Void)? {
    body.withLock { body in
      defer { body = nil }
      return body
    }
  }
}

/// A store in which something may happen between a request and its transaction.
struct HookedStore: ShopStore {
  let store: any ShopStore
  let hook: WritingHook

  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output { try store.read(body) }

  func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    if let before = hook.take() { try store.write { try before($0) } }
    return try store.write(body)
  }

  func beginSnapshot() throws -> (any StoreSnapshot)? { try store.beginSnapshot() }
}

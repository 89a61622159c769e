import Dispatch
import Domain
import Operations
import Synchronization

/// A server's access to a store in a SQLite file. Requests read synchronously on the thread that handles
/// them, which takes less time than switching threads; changes that arrive together share a commit.
package final class SQLiteStoreAccess: StoreAccess {
  private let path: String
  private let versions: SQLiteVersion
  private let readers: ReaderPool
  private let commit: GroupCommit
  private let observer = CommitObserver()
  private let background = WorkQueue("switchlist.readers", width: 8)
  private let streams = DispatchQueue(label: "switchlist.streaming", qos: .utility, attributes: .concurrent)

  /// Throws a `StoreError`.
  ///
  /// - Parameters:
  ///   - writer: the only connection for writing.
  ///   - monotonicMilliseconds: a monotonic clock, to measure how long a transaction has been open.
  ///   - turns: the turns of the threads that serve requests.
  package init(
    path: String, writer: any ShopStore, monotonicMilliseconds: @escaping @Sendable () -> Int64,
    turns: any RequestTurns
  ) throws {
    self.path = path
    let versions = try SQLiteVersion(path: path)
    self.versions = versions
    let readers = ReaderPool(
      turns: turns, version: { try versions.current() }, open: { try SQLiteShopStore(readingAt: path) })
    self.readers = readers
    let observer = observer
    commit = GroupCommit(store: writer, monotonicMilliseconds: monotonicMilliseconds) { changes in
      readers.committed()
      observer.notify(changes)
    }
  }

  package func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    switch load {
    case .request: return try readers.read(body)
    case .background: return try await background.run { [readers] in try readers.read(body) }
    case .stream:
      return try await withCheckedThrowingContinuation { continuation in
        streams.async { [readers] in continuation.resume(with: Result { try readers.read(body) }) }
      }
    }
  }

  package func change<Output: Sendable>(
    of shop: ShopID?, _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await commit(body)
  }

  package func version() async throws -> Int64 { try readers.version() }

  /// SQLite has no notifications across processes, so it is polled once a second.
  package func changes() -> AsyncStream<Void> {
    let last = Mutex(try? versions.current())
    return AsyncStream { [versions] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        guard let version = try? versions.current() else { continue }
        let isNew = last.withLock { last in
          defer { last = version }
          return last != version
        }
        if isNew { return () }
      }
      return nil
    }
  }

  package func observeCommits(_ body: @escaping @Sendable (_ changes: Int) -> Void) {
    observer.set(body)
  }
}

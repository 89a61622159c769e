import Domain

/// A server's asynchronous access to its store. Each body runs in one transaction, on a thread that the
/// engine chooses, so that waiting for a disk or a network holds up nobody else.
package protocol StoreAccess: Sendable {
  /// Runs the body on a consistent state. Throws what the body throws, or a `StoreError`.
  func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output

  /// Returns the body's result once its writes are durable. Throws what the body throws, with its writes
  /// undone, or a `StoreError`.
  ///
  /// The body may run twice, so its effects outside of the store have to allow for that.
  ///
  /// - Parameter shop: the one shop that the body changes; nil: several, or none.
  func change<Output: Sendable>(
    of shop: ShopID?, _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output

  /// A number that differs from the previous one if anything in the store has changed. It may lag behind, but
  /// never gets ahead of what is read next.
  func version() async throws -> Int64

  /// Yields when something in the store may have changed, whoever changed it. Ends with the task that
  /// iterates.
  func changes() -> AsyncStream<Void>

  /// - Parameter body: called after each commit, with the number of changes in it.
  func observeCommits(_ body: @escaping @Sendable (_ changes: Int) -> Void)
}

/// The kind of a read, by which the engine chooses a thread.
package enum ReadLoad: Sendable {
  /// A few rows that a request is waiting for.
  case request
  /// Many rows.
  case background
  /// Passes data on while reading, and may have to wait for the recipient.
  case stream
}

extension StoreAccess {
  /// Changes several shops, or what isn't a shop's.
  package func change<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await change(of: nil, body)
  }

  /// Reads with `ReadLoad.request`.
  package func read<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    try await read(.request, body)
  }
}

/// A thread's turns of taking up requests. Requests of one turn may share a state of the store.
package protocol RequestTurns: Sendable {
  /// Whether the calling thread is taking up requests in turns.
  var isTakingTurns: Bool { get }

  /// Runs a body on the calling thread once everything that it has taken up has been processed.
  func atEnd(_ body: @escaping @Sendable () -> Void)
}

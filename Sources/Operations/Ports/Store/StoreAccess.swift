/// How a server comes to its store: each body runs in one transaction, on a thread that the engine chooses, so that one
/// that waits for a disk or a network holds up nobody else.
package protocol StoreAccess: Sendable {
  /// What the body reads of one state of the store. Throws what the body throws, or a `StoreError`.
  func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output

  /// What the body gave, once all that it wrote is durable. Throws what the body throws, and then nothing of it is there,
  /// or a `StoreError`.
  ///
  /// The body may run twice: what it does besides writing to the store has to bear that.
  func change<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output

  /// A number that differs from the one before once anything in the store has changed, at the latest as it was before
  /// what is read next.
  func version() async throws -> Int64

  /// Yields whenever something in the store may have changed, whoever changed it; ends with its task.
  func changes() -> AsyncStream<Void>

  /// - Parameter body: called after each commit with how many changes were in it.
  func observeCommits(_ body: @escaping @Sendable (_ changes: Int) -> Void)
}

/// How much a reading is.
package enum ReadLoad: Sendable {
  /// What a request needs at once: some rows.
  case request
  /// What reads many rows.
  case background
  /// What hands on what it reads as it goes, and may wait for whom it hands it to.
  case stream
}

extension StoreAccess {
  /// What a request needs at once.
  package func read<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    try await read(.request, body)
  }
}

/// The turns in which a thread takes up requests: what it has taken up in one may share a state of the store.
package protocol RequestTurns: Sendable {
  /// Whether the calling thread works in turns.
  var isCurrent: Bool { get }

  /// Runs a body on the calling thread once all that it has taken up had its turn.
  func atEnd(_ body: @escaping @Sendable () -> Void)
}

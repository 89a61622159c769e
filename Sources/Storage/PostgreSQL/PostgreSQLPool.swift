import Dispatch
import Operations
import Synchronization

/// Connections that transactions share, each used by one at a time.
final class PostgreSQLPool: Sendable {
  /// A connection, and what is known of the definitions that it has read.
  final class Member: @unchecked Sendable {
    // Unchecked, because only the thread that has taken it uses it.
    let connection: PostgreSQLConnection
    var cache = DefinitionCache()

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    var transaction: ShopTransaction<PostgreSQLConnection> {
      ShopTransaction(connection: connection, cache: cache)
    }
  }

  private let address: PostgreSQLAddress
  private let patience: Int32?
  private let free: DispatchSemaphore
  private let idle = Mutex<[Member]>([])

  /// - Parameter size: how many connections there are at the most.
  /// - Parameter patience: how long a statement may be without an answer, in milliseconds; nil: without end.
  init(_ address: PostgreSQLAddress, size: Int, patience: Int32?) {
    self.address = address
    self.patience = patience
    free = DispatchSemaphore(value: size)
  }

  /// Lends a connection to the calling thread, which waits at most ten seconds for one. Throws a `PostgreSQLError`,
  /// or `StoreError.locked` where all are taken for that long.
  func withMember<Output>(_ body: (Member) throws -> Output) throws -> Output {
    if free.wait(timeout: .now() + .seconds(10)) == .timedOut { throw StoreError.locked(path: address.name) }
    defer { free.signal() }
    let member = try idleMember() ?? Member(address.connect())
    member.connection.patience = patience
    defer { if !member.connection.isBroken { idle.withLock { $0.append(member) } } }
    return try body(member)
  }

  /// One that leads to a server that is still the primary, as far as this process knows.
  private func idleMember() -> Member? {
    while let member = idle.withLock({ $0.popLast() }) {
      if !address.isFormer(member.connection.timeline) { return member }
    }
    return nil
  }

  /// Closes connections that nobody uses, which after a failover lead to a server that is gone.
  func closeIdle() {
    let closed = idle.withLock { members in
      defer { members = [] }
      return members
    }
    _ = closed
  }
}

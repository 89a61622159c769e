import Domain
import Formats
import Glibc
import Operations

/// A store in a PostgreSQL database, which any number of processes share.
package final class PostgreSQLStore: ShopStore {
  let address: PostgreSQLAddress
  let pool: PostgreSQLPool

  /// Throws a `StoreError` where the database has none of this program's tables, or tables of another version.
  package convenience init(_ address: PostgreSQLAddress, connections: Int = 4) throws {
    self.init(unchecked: address, connections: connections)
    switch try standing() {
    case .current: return
    case .none: throw StoreError.notMigrated(path: address.name)
    case .behind: throw StoreError.olderSchema(path: address.name)
    case .ahead(let oldest): throw StoreError.newerSchema(path: address.name, needs: oldest)
    }
  }

  private init(unchecked address: PostgreSQLAddress, connections: Int) {
    self.address = address
    pool = PostgreSQLPool(address, size: connections)
  }

  /// Makes the tables, or brings them to this version's schema, one process at a time. Returns whether anything was
  /// changed.
  @discardableResult
  package static func migrate(_ address: PostgreSQLAddress) throws -> Bool {
    let store = PostgreSQLStore(unchecked: address, connections: 1)
    return try store.transaction(.writing) { transaction in
      // Released at the end of the transaction. The number is the letters "swlist".
      try transaction.connection.run("SELECT pg_advisory_xact_lock($1)", [.integer(0x73_776C_6973_74)])
      switch try Migrator.standing(inPostgreSQL: transaction.connection) {
      case .current: return false
      case .ahead(let oldest): throw StoreError.newerSchema(path: address.name, needs: oldest)
      case .none, .behind:
        try Migrator.apply(transaction.connection, dialect: .postgreSQL)
        return true
      }
    }
  }

  private func standing() throws -> Migrator.Standing {
    try transaction(.reading) { try Migrator.standing(inPostgreSQL: $0.connection) }
  }

  package func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.reading) { try body($0) }
  }

  package func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try transaction(.writing) { try body($0) }
  }

  enum TransactionKind {
    /// Sees one state of the store throughout.
    case reading
    /// Each statement sees what has been committed; a shop's row is locked before anything is decided about it.
    case writing

    var begin: String {
      switch self {
      case .reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
      case .writing: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
      }
    }
  }

  /// Runs a transaction, again where that is safe: where it lost against another one, or where the connection was lost
  /// before COMMIT was sent. Throws what the body throws, or a `StoreError`.
  func transaction<Output>(
    _ kind: TransactionKind, _ body: (ShopTransaction<PostgreSQLConnection>) throws -> Output
  ) throws -> Output {
    var attempt = 1
    while true {
      do {
        return try pool.withMember { member in try once(kind, member, body) }
      } catch let error as PostgreSQLError {
        if error.endsConnection { pool.closeIdle() }
        let isWorthwhile = error.isConflict || error.endsConnection && error.state != nil || error.isLost
        if attempt == 5 || !isWorthwhile { throw error.storeError(address.name) }
        usleep(useconds_t.random(in: 10_000...50_000) * useconds_t(attempt))
        attempt += 1
      } catch let error as CorruptRow {
        throw StoreError.damaged(path: address.name, detail: error.detail)
      } catch let error as JSONCursor.Fault {
        throw StoreError.damaged(
          path: address.name, detail: "\(error.expected) expected at byte \(error.offset)")
      } catch let error as MalformedDefinition {
        throw StoreError.damaged(path: address.name, detail: error.problem)
      } catch let error as ShopRecord.Contradiction {
        throw StoreError.damaged(path: address.name, detail: error.problem)
      }
    }
  }

  private func once<Output>(
    _ kind: TransactionKind, _ member: PostgreSQLPool.Member,
    _ body: (ShopTransaction<PostgreSQLConnection>) throws -> Output
  ) throws -> Output {
    let connection = member.connection
    try connection.execute(kind.begin)
    let output: Output
    do { output = try body(member.transaction) } catch {
      // It may hold a definition that is rolled back.
      member.cache = DefinitionCache()
      if !connection.isBroken { try? connection.execute("ROLLBACK") }
      throw error
    }
    try commit(kind, member)
    return output
  }

  /// A COMMIT may wait for a standby without end, and nothing of ours cancels it.
  private func commit(_ kind: TransactionKind, _ member: PostgreSQLPool.Member) throws {
    let connection = member.connection
    connection.forgetWarnings()
    let patience = connection.patience
    if kind == .writing { connection.patience = nil }
    defer { connection.patience = patience }
    do { try connection.execute("COMMIT") } catch let error as PostgreSQLError {
      member.cache = DefinitionCache()
      if kind == .reading || !error.endsConnection { throw error }
      throw StoreError.outcomeUnknown(path: address.name)
    }
    // The server answers "done" where the wait for the standby was cancelled by somebody else.
    if connection.warnings.contains(where: { $0.state == "01000" }) {
      throw StoreError.outcomeUnknown(path: address.name)
    }
  }
}

extension PostgreSQLError {
  /// The connection was lost, not refused.
  var isLost: Bool { state == nil && message.contains("closed the connection") || message.contains("lost") }
}

extension Migrator {
  static func standing(inPostgreSQL connection: PostgreSQLConnection) throws -> Standing {
    let hasTable = try connection.first("SELECT to_regclass('migration') IS NOT NULL", []) { $0.flag(0) }
    return try standing(connection, hasMigrationTable: hasTable ?? false)
  }
}

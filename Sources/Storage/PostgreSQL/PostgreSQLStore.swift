import Domain
import Formats
import Glibc
import Operations

/// A store in a PostgreSQL database, which any number of processes share.
package final class PostgreSQLStore: ShopStore {
  let address: PostgreSQLAddress
  let pool: PostgreSQLPool
  /// For what is read as slowly as somebody takes it.
  private let streams: PostgreSQLPool
  /// How long to wait for a COMMIT, in milliseconds; nil: until the connection ends. Who stops waiting doesn't know
  /// whether it was carried out, and cancels nothing.
  private let commitPatience: Int32?

  /// Throws a `StoreError` where the database has none of this program's tables, or tables of another version.
  package convenience init(
    _ address: PostgreSQLAddress, connections: Int = 4, patience: Int32? = 120_000,
    commitPatience: Int32? = 30_000
  ) throws {
    self.init(
      unchecked: address, connections: connections, patience: patience, commitPatience: commitPatience)
    switch try standing() {
    case .current: return
    case .none: throw StoreError.notMigrated(path: address.name)
    case .behind: throw StoreError.olderSchema(path: address.name)
    case .ahead(let oldest): throw StoreError.newerSchema(path: address.name, needs: oldest)
    }
  }

  private init(
    unchecked address: PostgreSQLAddress, connections: Int, patience: Int32? = 120_000,
    commitPatience: Int32? = nil
  ) {
    self.address = address
    self.commitPatience = commitPatience
    pool = PostgreSQLPool(address, size: connections, patience: patience)
    streams = PostgreSQLPool(address, size: 6, patience: patience)
  }

  /// Makes the tables, or brings them to this version's schema, one process at a time. Returns whether anything was
  /// changed.
  @discardableResult
  package static func migrate(_ address: PostgreSQLAddress) throws -> Bool {
    let store = PostgreSQLStore(unchecked: address, connections: 1)
    return try store.transaction(.writing) { transaction in
      // A statement over all rows may take long; keepalives tell whether the server is there.
      transaction.connection.patience = nil
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

  /// Throws a `StoreError` where the database can't be reached, or has none of this program's tables.
  package static func status(of address: PostgreSQLAddress) throws -> StoreStatus {
    let store = PostgreSQLStore(unchecked: address, connections: 1)
    return try store.transaction(.reading) { transaction in
      let connection = transaction.connection
      let schema: StoreStatus.Schema =
        switch try Migrator.standing(inPostgreSQL: connection) {
        case .none: throw StoreError.notMigrated(path: address.name)
        case .current: .current
        case .behind: .behind
        case .ahead: .ahead
        }
      var tables: Set<String> = []
      var bytes = 0
      try connection.query(
        """
        SELECT tablename, pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass)
        FROM pg_tables WHERE schemaname = current_schema()
        """, []
      ) { row in
        tables.insert(row.text(0))
        bytes += Int(row.integer(1))
      }
      let migration = try connection.first("SELECT MAX(name) FROM migration", []) { $0.text(0) }
      let version = try connection.first("SHOW server_version", []) { $0.text(0) }
      let isReadOnly = try connection.first("SHOW default_transaction_read_only", []) { $0.text(0) == "on" }
      return StoreStatus(
        path: address.name, engine: "PostgreSQL \(version ?? "")", bytes: bytes, logBytes: 0,
        isWritable: !(isReadOnly ?? false), isReadableByOthers: nil, schema: schema,
        migration: migration ?? "", counts: try StoreStatus.Counts(connection, tables: tables))
    }
  }

  private func standing() throws -> Migrator.Standing {
    try transaction(.reading) { try Migrator.standing(inPostgreSQL: $0.connection) }
  }

  package func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.reading) { try body($0) }
  }

  /// Like `read`, for a few rows: a server that is silent for some seconds counts as gone.
  func readBriefly<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.readingBriefly) { try body($0) }
  }

  /// Like `read`, on connections that nothing else waits for.
  func readSlowly<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.reading, on: streams) { try body($0) }
  }

  package func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try transaction(.writing) { try body($0) }
  }

  /// Like `write`, but waits only a second for what somebody else has locked, then throws `StoreError.locked`.
  func writeBriefly<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try transaction(.writingBriefly) { try body($0) }
  }

  /// A number that differs after any transaction has changed anything: made of the numbers of those that have begun
  /// and those under way, and of the server's timeline.
  func version() throws -> Int64 {
    // One statement is a transaction of its own, and takes one turn to the server instead of three.
    let text = try transaction(.single) { transaction in
      let text = try transaction.connection.first("SELECT CAST(pg_current_snapshot() AS TEXT)", []) {
        $0.text(0)
      }
      return (text ?? "") + (transaction.connection.timeline ?? "")
    }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int64(bitPattern: hash)
  }

  enum TransactionKind {
    /// Sees one state of the store throughout.
    case reading
    /// The same, of a few rows.
    case readingBriefly
    /// One statement that changes nothing.
    case single
    /// Each statement sees what has been committed; a shop's row is locked before anything is decided about it.
    case writing
    /// The same, with little patience for others' locks.
    case writingBriefly

    var begin: String {
      switch self {
      case .single: ""
      case .reading, .readingBriefly: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
      case .writing: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
      case .writingBriefly:
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = '1s'"
      }
    }

    var isReading: Bool {
      switch self {
      case .reading, .readingBriefly, .single: true
      case .writing, .writingBriefly: false
      }
    }

    /// How long the server may be silent at the most, in milliseconds; nil: as long as the pool allows. Longer than what
    /// is waited for locks.
    var patience: Int32? {
      switch self {
      case .reading, .writing: nil
      case .single, .readingBriefly, .writingBriefly: 4000
      }
    }
  }

  /// Runs a transaction, again where that is safe: where it lost against another one, or where the connection was lost
  /// before COMMIT was sent. Throws what the body throws, or a `StoreError`.
  func transaction<Output>(
    _ kind: TransactionKind, on pool: PostgreSQLPool? = nil,
    _ body: (ShopTransaction<PostgreSQLConnection>) throws -> Output
  ) throws -> Output {
    let pool = pool ?? self.pool
    var attempt = 1
    var hasRead = false
    while true {
      do {
        return try pool.withMember { member in
          try once(kind, member) { transaction in
            // What a reading has passed on can't be taken back.
            hasRead = kind.isReading
            return try body(transaction)
          }
        }
      } catch let error as PostgreSQLError {
        if error.endsConnection, error.isOfAnOpenConnection { pool.closeIdle() }
        if hasRead { throw error.storeError(address.name) }
        if attempt == 5 || !error.isConflict && !(error.endsConnection && error.isOfAnOpenConnection) {
          throw error.storeError(address.name)
        }
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
    connection.beginRecord()
    if let patience = kind.patience { connection.patience = min(patience, connection.patience ?? patience) }
    if kind == .single { return try body(member.transaction) }
    try connection.execute(kind.begin)
    let output: Output
    let witness: CommitWitness
    do {
      output = try body(member.transaction)
      witness = try kind.isReading ? .nothing : CommitWitness(of: connection)
    } catch {
      // It may hold a definition that is rolled back.
      member.cache = DefinitionCache()
      if !connection.isBroken { try? connection.execute("ROLLBACK") }
      throw error
    }
    try commit(kind, member, witness)
    return output
  }

  /// A COMMIT may wait for a standby without end, and nothing of ours cancels it.
  private func commit(_ kind: TransactionKind, _ member: PostgreSQLPool.Member, _ witness: CommitWitness)
    throws
  {
    let connection = member.connection
    let patience = connection.patience
    if !kind.isReading { connection.patience = commitPatience }
    defer { connection.patience = patience }
    connection.forgetWarnings()
    do {
      // A transaction that has failed is rolled back by COMMIT, which is no error to the server.
      if try connection.perform("COMMIT") != "COMMIT" {
        throw StoreError.unreachable(path: address.name, detail: "the transaction had failed")
      }
    } catch let error as PostgreSQLError {
      member.cache = DefinitionCache()
      if !error.endsConnection { throw error }
      switch witness.outcome(on: address) {
      case .committed: return
      case .undone: throw PostgreSQLError(state: "08006", message: error.message)
      case .unknown: throw StoreError.outcomeUnknown(path: address.name)
      }
    }
    // The server answers "done" where the wait for the standby was cancelled by somebody else.
    if connection.warnings.contains(where: { $0.state == "01000" }) {
      throw StoreError.outcomeUnknown(path: address.name)
    }
  }
}

extension Migrator {
  static func standing(inPostgreSQL connection: PostgreSQLConnection) throws -> Standing {
    let hasTable = try connection.first("SELECT to_regclass('migration') IS NOT NULL", []) { $0.flag(0) }
    return try standing(connection, hasMigrationTable: hasTable ?? false)
  }
}

import CSQLite

/// Statements and transactions on a SQLite connection, by direct calls of its C interface: it reads rows by
/// the hundred thousand, and an object for each would cost several times as much as the row.
///
/// Used by one thread at a time.
final class SQLiteConnection: SQLConnection {
  private struct Prepared {
    let handle: OpaquePointer
    /// By parameter number, SQLite's index of it; nil if the statement doesn't use that number.
    let parameters: [Int32?]
  }

  enum TransactionKind {
    /// Takes locks when needed, and sees the store as of its first read.
    case deferred
    /// Waits for the write lock before it reads anything.
    case immediate
  }

  static let locksRows = false

  private let database: OpaquePointer
  private var statements: [UnsafePointer<UInt8>: Prepared] = [:]
  private var composed: [String: Prepared] = [:]

  init(_ database: OpaquePointer) {
    self.database = database
  }

  /// Finalizes cached statements. Must be called before the connection is closed.
  func close() {
    for statement in statements.values { sqlite3_finalize(statement.handle) }
    for statement in composed.values { sqlite3_finalize(statement.handle) }
    (statements, composed) = ([:], [:])
  }

  /// Commits what the body did, or rolls it back if the body throws or the commit fails.
  func inTransaction<Output>(_ kind: TransactionKind, _ body: () throws -> Output) throws -> Output {
    try run(kind == .immediate ? "BEGIN IMMEDIATE" : "BEGIN", [])
    do {
      let result = try body()
      try run("COMMIT", [])
      return result
    } catch {
      if isInTransaction { _ = try? run("ROLLBACK", []) }
      throw error
    }
  }

  func execute(_ sql: String) throws {
    try check(sqlite3_exec(database, sql, nil, nil, nil))
  }

  func savepoint<Output>(_ body: () throws -> Output) throws -> Output {
    try run("SAVEPOINT part", [])
    do {
      let output = try body()
      try run("RELEASE part", [])
      return output
    } catch {
      if isInTransaction {
        try run("ROLLBACK TO part", [])
        try run("RELEASE part", [])
      }
      throw error
    }
  }

  /// False after errors on which SQLite has already rolled back.
  private var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

  @discardableResult
  func run(_ sql: StaticString, _ values: [SQLValue]) throws -> Int {
    try query(sql, values) { _ in }
    return Int(sqlite3_changes(database))
  }

  func query(_ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Void) throws {
    try query(prepare(sql, count: values.count), values, body)
  }

  func query(composed sql: String, _ values: [SQLValue], _ body: (Row) throws -> Void) throws {
    try query(prepare(composed: sql, count: values.count), values, body)
  }

  private func query(
    _ statement: Prepared, _ values: [SQLValue], _ body: (Row) throws -> Void
  ) throws {
    defer {
      sqlite3_reset(statement.handle)
      sqlite3_clear_bindings(statement.handle)
    }
    let lent = Self.bytes(of: values)
    try lent.withUnsafeBytes { lent in
      try bind(values, lent, to: statement)
      let row = Row(statement: statement.handle)
      while true {
        let code = sqlite3_step(statement.handle)
        if code == SQLITE_ROW {
          try body(row)
          continue
        }
        if code == SQLITE_DONE { return }
        try check(code)
      }
    }
  }

  /// The values' texts and bytes concatenated. SQLite reads them here until the statement has run: letting it
  /// copy each would cost more than most rows.
  private static func bytes(of values: [SQLValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.reduce(1) { $0 + $1.byteCount })
    for value in values {
      switch value {
      case .null, .integer: break
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .utf8(let more), .bytes(let more): bytes.append(contentsOf: more)
      }
    }
    // The address must not be null even for an empty text, which isn't NULL.
    bytes.append(0)
    return bytes
  }

  private func bind(
    _ values: [SQLValue], _ lent: UnsafeRawBufferPointer, to statement: Prepared
  ) throws {
    var offset = 0
    for (index, value) in values.enumerated() {
      let end = offset + value.byteCount
      if let position = statement.parameters[index] {
        let bytes = UnsafeRawBufferPointer(rebasing: lent[offset..<end])
        try check(bind(value, bytes, to: statement.handle, at: position))
      }
      offset = end
    }
  }

  private func prepare(_ sql: StaticString, count: Int) throws -> Prepared {
    if let known = statements[sql.utf8Start], known.parameters.count >= count { return known }
    let text = UnsafeBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
    let prepared = try prepare(text, count: count)
    statements[sql.utf8Start] = prepared
    return prepared
  }

  private func prepare(composed sql: String, count: Int) throws -> Prepared {
    if let known = composed[sql], known.parameters.count >= count { return known }
    var text = sql
    let prepared = try text.withUTF8 { try prepare($0, count: count) }
    composed[sql] = prepared
    return prepared
  }

  private func prepare(_ sql: UnsafeBufferPointer<UInt8>, count: Int) throws -> Prepared {
    var handle: OpaquePointer?
    let code = sql.withMemoryRebound(to: CChar.self) { text in
      sqlite3_prepare_v3(
        database, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    }
    try check(code)
    guard let handle else { throw SQLiteError(SQLITE_MISUSE, message: "there is no statement in it") }
    let parameters = (0..<count).map { index -> Int32? in
      let position = sqlite3_bind_parameter_index(handle, "$\(index + 1)")
      return position == 0 ? nil : position
    }
    return Prepared(handle: handle, parameters: parameters)
  }

  private func bind(
    _ value: SQLValue, _ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32
  ) -> Int32 {
    let count = Int32(bytes.count)
    return switch value {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let value): sqlite3_bind_int64(statement, index, value)
    case .text, .utf8:
      sqlite3_bind_text(
        statement, index, bytes.assumingMemoryBound(to: CChar.self).baseAddress, count, nil)
    case .bytes: sqlite3_bind_blob(statement, index, bytes.baseAddress, count, nil)
    }
  }

  private func check(_ code: Int32) throws {
    if code == SQLITE_OK { return }
    throw SQLiteError(code, on: database)
  }

  struct Row: SQLRow {
    let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool {
      sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
    }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

    func text(_ column: Int) -> String {
      withUTF8(column) { String(decoding: $0, as: UTF8.self) }
    }

    func withBytes<Output>(
      _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Output
    ) rethrows -> Output {
      let start = sqlite3_column_blob(statement, Int32(column))
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    func withUTF8<Output>(
      _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Output
    ) rethrows -> Output {
      let start = sqlite3_column_text(statement, Int32(column))
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      return try body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }
  }
}

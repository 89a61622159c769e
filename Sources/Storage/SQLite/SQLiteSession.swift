import GRDB
import GRDBSQLite

/// SQLite's C calls under GRDB's connection and transactions: rows by the hundred thousand go through here,
/// where a row object for each would cost several times what the row does.
///
/// Used by one thread at a time, while GRDB lends its connection or on a connection of its own.
final class SQLiteSession: SQLSession {
  private struct Prepared {
    let handle: OpaquePointer
    /// SQLite's own index of `$1`, `$2`, …; nil where the statement doesn't use that number.
    let parameters: [Int32?]
  }

  private let connection: OpaquePointer
  private var statements: [UnsafePointer<UInt8>: Prepared] = [:]

  init(_ connection: OpaquePointer) {
    self.connection = connection
  }

  /// Ends the compiled statements; to be called before the connection is closed.
  func close() {
    for statement in statements.values { sqlite3_finalize(statement.handle) }
    statements = [:]
  }

  func execute(_ sql: String) throws {
    try check(sqlite3_exec(connection, sql, nil, nil, nil))
  }

  func run(_ sql: StaticString, _ values: [SQLValue]) throws {
    try query(sql, values) { _ in }
  }

  func query(_ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Void) throws {
    let statement = try prepare(sql, count: values.count)
    defer {
      sqlite3_reset(statement.handle)
      sqlite3_clear_bindings(statement.handle)
    }
    for (index, value) in values.enumerated() {
      guard let position = statement.parameters[index] else { continue }
      try check(bind(value, to: statement.handle, at: position))
    }
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

  private func prepare(_ sql: StaticString, count: Int) throws -> Prepared {
    if let known = statements[sql.utf8Start], known.parameters.count >= count { return known }
    var handle: OpaquePointer?
    let code = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount) { text in
      sqlite3_prepare_v3(
        connection, text, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    }
    try check(code)
    guard let handle else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    let parameters = (0..<count).map { index -> Int32? in
      let position = sqlite3_bind_parameter_index(handle, "$\(index + 1)")
      return position == 0 ? nil : position
    }
    let prepared = Prepared(handle: handle, parameters: parameters)
    statements[sql.utf8Start] = prepared
    return prepared
  }

  private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
    // SQLite copies what it is given.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .text(var text):
      return text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { buffer in
          sqlite3_bind_text(statement, index, buffer.baseAddress, Int32(buffer.count), transient)
        }
      }
    case .bytes(let bytes):
      return bytes.withUnsafeBytes { buffer in
        sqlite3_bind_blob(statement, index, buffer.baseAddress, Int32(buffer.count), transient)
      }
    }
  }

  private func check(_ code: Int32) throws {
    if code == SQLITE_OK { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
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

    func withBytes<Result>(
      _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
      let start = sqlite3_column_blob(statement, Int32(column))
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    func withUTF8<Result>(
      _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
      let start = sqlite3_column_text(statement, Int32(column))
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      return try body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }
  }
}

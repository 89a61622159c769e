import CSQLite
import Operations
import Synchronization

/// Detects whether anything in a store has changed, whoever changed it.
package final class SQLiteVersion: Sendable {
  /// Unchecked, because it is only used under the lock.
  private struct Connection: @unchecked Sendable {
    let handle: OpaquePointer
    let statement: OpaquePointer
  }

  private let path: String
  private let connection: Mutex<Connection>

  /// Throws a `StoreError`.
  package init(path: String) throws {
    self.path = path
    SQLiteLibrary.prepare
    let file = try SQLiteFile.target(of: path)
    var handle: OpaquePointer?
    var statement: OpaquePointer?
    guard sqlite3_open_v2(file, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
      sqlite3_prepare_v2(handle, "PRAGMA data_version", -1, &statement, nil) == SQLITE_OK,
      let handle, let statement
    else {
      let detail = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close(handle)
      throw StoreError.unreachable(path: path, detail: detail)
    }
    connection = Mutex(Connection(handle: handle, statement: statement))
  }

  deinit {
    connection.withLock { connection in
      sqlite3_finalize(connection.statement)
      sqlite3_close(connection.handle)
    }
  }

  /// A number that changes whenever another connection commits.
  package func current() throws -> Int64 {
    try connection.withLock { connection in
      defer { sqlite3_reset(connection.statement) }
      guard sqlite3_step(connection.statement) == SQLITE_ROW else {
        throw StoreError.unreachable(path: path, detail: String(cString: sqlite3_errmsg(connection.handle)))
      }
      return sqlite3_column_int64(connection.statement, 0)
    }
  }
}

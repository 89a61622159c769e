import CSQLite
import Operations
import Synchronization

/// A connection to a writable file, which others may be writing, too.
///
/// Unchecked, because the lock lets only one thread at a time use the connection.
final class WritableConnection: @unchecked Sendable {
  private let connection: OpaquePointer
  private let lock = Mutex(())

  /// Opens an existing file. Every commit waits until its log is on the disk. Throws an `SQLiteError`, also
  /// if the file isn't a database.
  init(_ file: String) throws {
    SQLiteLibrary.prepare
    var connection: OpaquePointer?
    let opened = sqlite3_open_v2(file, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard opened == SQLITE_OK, let connection else {
      defer { sqlite3_close_v2(connection) }
      throw SQLiteError(opened, on: connection)
    }
    self.connection = connection
    sqlite3_extended_result_codes(connection, 1)
    sqlite3_busy_timeout(connection, 10_000)
    let code = sqlite3_exec(
      connection,
      """
      PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4000; SELECT 1 FROM sqlite_master LIMIT 1
      """, nil, nil, nil)
    if code != SQLITE_OK { throw SQLiteError(code, on: connection) }
  }

  deinit { sqlite3_close_v2(connection) }

  func withConnection<Output>(_ body: (OpaquePointer) throws -> Output) rethrows -> Output {
    try lock.withLock { _ in try body(connection) }
  }
}

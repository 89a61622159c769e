import CSQLite

/// Copies a database to a new file, page by page.
struct SQLiteCopy {
  /// Pages per step; 256 KB.
  private static let pages: Int32 = 64

  private let connection: OpaquePointer

  /// Throws an `SQLiteError`.
  init(_ file: String) throws {
    SQLiteLibrary.prepare
    var connection: OpaquePointer?
    let code = sqlite3_open_v2(file, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let connection else {
      sqlite3_close_v2(connection)
      throw SQLiteError(code, on: nil)
    }
    self.connection = connection
    // No journal or syncing is needed: an unfinished copy is discarded, since it has no final name yet, and a
    // finished one is synced as a whole.
    sqlite3_exec(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nil, nil, nil)
  }

  /// - Parameter source: may be inside a read transaction, whose state is then copied.
  func run(from source: OpaquePointer, progress: (Int, Int) -> Void) throws {
    guard let copying = sqlite3_backup_init(connection, "main", source, "main") else { throw failure() }
    var code = SQLITE_OK
    var waits = 0
    repeat {
      code = sqlite3_backup_step(copying, Self.pages)
      let total = Int(sqlite3_backup_pagecount(copying))
      progress(total - Int(sqlite3_backup_remaining(copying)), total)
      if code == SQLITE_BUSY || code == SQLITE_LOCKED {
        waits += 1
        if waits > 200 { break }
        sqlite3_sleep(50)
        code = SQLITE_OK
      }
    } while code == SQLITE_OK
    sqlite3_backup_finish(copying)
    if code != SQLITE_DONE { throw failure(code) }
  }

  private func failure(_ code: Int32? = nil) -> SQLiteError {
    SQLiteError(
      code ?? sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
  }

  func close() { sqlite3_close_v2(connection) }
}

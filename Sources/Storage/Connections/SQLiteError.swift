import CSQLite
import Operations

/// What SQLite said of a call that failed.
struct SQLiteError: EngineError, CustomStringConvertible {
  /// Extended, as `SQLITE_IOERR_FSYNC`.
  let code: Int32
  /// In SQLite's words.
  let message: String

  init(_ code: Int32, message: String) { (self.code, self.message) = (code, message) }

  /// Of the last call on a connection; `code` is that of a connection that couldn't be opened.
  init(_ code: Int32, on connection: OpaquePointer?) {
    self.code = connection.map(sqlite3_extended_errcode) ?? code
    message = connection.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
  }

  /// As `SQLITE_IOERR`, whatever the input or output was.
  var primaryCode: Int32 { code & 0xFF }

  var description: String { "SQLite \(code): \(message)" }
}

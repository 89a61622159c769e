import CSQLite
import Operations

/// An error that SQLite returned.
struct SQLiteError: EngineError, CustomStringConvertible {
  /// The extended code, such as `SQLITE_IOERR_FSYNC`.
  let code: Int32
  /// SQLite's message.
  let message: String

  init(_ code: Int32, message: String) { (self.code, self.message) = (code, message) }

  /// Describes the last error on a connection. `code` applies if the connection couldn't be opened.
  init(_ code: Int32, on connection: OpaquePointer?) {
    self.code = connection.map(sqlite3_extended_errcode) ?? code
    message = connection.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
  }

  /// Without the extension, such as `SQLITE_IOERR` for all errors of input and output.
  var primaryCode: Int32 { code & 0xFF }

  var description: String { "SQLite \(code): \(message)" }
}

import Foundation
import GRDB
import GRDBSQLite
import Operations

/// One connection to a store's file, used by one thread at a time.
enum SQLiteConnection {
  /// Durable means on the disk: every commit waits until its log is.
  static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Opens a file that can't be written, as it stands: with its log where there is one, else as a file
  /// that nobody changes.
  static func openReadOnly(_ path: String) throws -> OpaquePointer {
    var plain = CharacterSet.urlPathAllowed
    plain.remove(charactersIn: "?#%")
    let name = path.addingPercentEncoding(withAllowedCharacters: plain) ?? path
    var connection: OpaquePointer?
    let code = sqlite3_open_v2(
      "file:\(name)?\(SQLiteFile.hasLog(path) ? "mode=ro" : "immutable=1")", &connection,
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let connection else {
      sqlite3_close_v2(connection)
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
    sqlite3_busy_timeout(connection, 10_000)
    return connection
  }
}

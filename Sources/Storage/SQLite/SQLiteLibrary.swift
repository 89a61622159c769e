import GRDBSQLite

/// The library below the store.
package enum SQLiteLibrary {
  /// Of the library that is loaded.
  package static var version: String { String(cString: sqlite3_libversion()) }
}

import GRDBSQLite

/// The library below the store.
public enum SQLiteLibrary {
  /// Of the library that is loaded.
  public static var version: String { String(cString: sqlite3_libversion()) }
}

import CSQLite

package enum SQLiteLibrary {
  /// The version of SQLite that is loaded.
  package static var version: String { String(cString: sqlite3_libversion()) }

  /// Must be evaluated before the first connection is opened; takes effect once.
  static let prepare: Void = sqlite_setup_uncounted_memory()
}

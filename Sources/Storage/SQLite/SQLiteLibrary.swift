import CSQLite

/// The library below the store.
package enum SQLiteLibrary {
  /// Of the library that is loaded.
  package static var version: String { String(cString: sqlite3_libversion()) }

  /// To be called before the first connection is opened; what it does it does once.
  static let prepare: Void = sqlite_setup_uncounted_memory()
}

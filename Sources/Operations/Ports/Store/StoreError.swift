/// Why a store can't be used. Nothing was changed.
package enum StoreError: Error, Sendable, Hashable {
  /// There is no file at this path.
  case missing(path: String)
  /// The file isn't a store.
  case notAStore(path: String)
  /// Made by a later version of the program, at least `needs` if known.
  case newerSchema(path: String, needs: ProgramVersion? = nil)
  /// Another process held a lock for longer than the time-out.
  case locked(path: String)
  /// The location isn't writable.
  case readOnly(path: String)
  /// A log beside the file can't be read without write access.
  case logUnreadable(path: String)
  /// Another process wrote to it while it was read without locks.
  case changedWhileRead(path: String)
  case full(path: String)
  /// The file's contents are inconsistent.
  case damaged(path: String, detail: String)
  /// The file can't be opened, read or written.
  case unreachable(path: String, detail: String)
  /// A URL whose scheme this version doesn't support.
  case unknownEngine(String)
  /// An import requires an empty store.
  case notEmpty(path: String)
  /// A new file was requested, but one exists.
  case exists(path: String)
  /// Another store's log lies where the new store's would be, and would be mistaken for it.
  case strayLog(path: String)
  /// The PostgreSQL client library can't be loaded.
  case noPostgreSQLLibrary(path: String, detail: String)
  /// A PostgreSQL URL that can't be read.
  case badAddress(String, detail: String)
  /// A PostgreSQL URL in which a sign of the password, most likely, was taken for one of the URL's own.
  case ambiguousAddress(String)
  /// A PostgreSQL URL with a password, given where other users of the machine see it.
  case passwordInAddress(String)
  /// The database has none of this program's tables.
  case notMigrated(path: String)
  /// The database's tables are of an earlier version of the program.
  case olderSchema(path: String)
  /// A pooler between program and database gives each transaction another connection.
  case pooledByTransaction(path: String)
  /// It isn't known whether the change was made.
  case outcomeUnknown(path: String)
}

/// Why a store can't be used. Nothing was changed.
package enum StoreError: Error, Sendable, Hashable {
  /// There is nothing at this path.
  case missing(path: String)
  /// There is a file that isn't a store.
  case notAStore(path: String)
  /// A later version of the program made it.
  case newerSchema(path: String, needs: ProgramVersion? = nil)
  /// Another program has kept it locked for longer than the time-out.
  case locked(path: String)
  /// Nothing can be written where it is.
  case readOnly(path: String)
  /// There is a log beside it that can't be read without writing.
  case logUnreadable(path: String)
  /// Others wrote to it while it was read without their locks.
  case changedWhileRead(path: String)
  /// The disk is full.
  case full(path: String)
  /// What is in the file contradicts itself.
  case damaged(path: String, detail: String)
  /// The file can't be opened, read or written.
  case unreachable(path: String, detail: String)
  /// A URL of a kind that this version doesn't know.
  case unknownEngine(String)
  /// An import asks for an empty store.
  case notEmpty(path: String)
  /// A new file was asked for, and there is one already.
  case exists(path: String)
  /// The log of another store lies where a new store's would be, and would be taken for it.
  case strayLog(path: String)
}

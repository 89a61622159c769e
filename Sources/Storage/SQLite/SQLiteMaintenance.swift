import CSQLite
import Glibc
import Operations

/// Reports on a store's file, checks it and copies it, even while others write to it. Changes nothing, not
/// even an outdated schema: a backup before an upgrade should be of the store as it is.
package final class SQLiteMaintenance {
  private enum Backing {
    case writable(WritableConnection)
    case readOnly(ReadOnlyConnection)
  }

  private let path: String
  private let file: String
  private let backing: Backing

  /// Opens the file at a path; throws a `StoreError`.
  package convenience init(path: String) throws { try self.init(path: path, neverWrites: false) }

  /// - Parameter neverWrites: avoids leaving a log beside the file, even if one could be written.
  private init(path: String, neverWrites: Bool) throws {
    self.path = path
    let file = try SQLiteFile.target(of: path)
    self.file = file
    let access = try SQLiteFile.access(file, name: path)
    if access == .missing { throw StoreError.missing(path: path) }
    backing = try SQLiteError.translating(path: path) {
      access == .readWrite && !neverWrites
        ? .writable(try WritableConnection(file))
        : .readOnly(try ReadOnlyConnection(file, name: path))
    }
  }

  deinit { if case .readOnly(let handle) = backing { handle.close() } }

  /// Throws `StoreError.notAStore` for another database.
  package func status() throws -> StoreStatus {
    try inSnapshot { handle in
      let connection = SQLiteConnection(handle)
      defer { connection.close() }
      let schema: StoreStatus.Schema =
        switch try Migrator.standing(inSQLite: connection) {
        case .none: throw StoreError.notAStore(path: path)
        case .current: .current
        case .behind: .behind
        case .ahead: .ahead
        }
      var migration = ""
      try connection.query("SELECT max(name) FROM migration", []) { migration = $0.text(0) }
      var isWritable = false
      if case .writable = backing { isWritable = true }
      return StoreStatus(
        path: path, engine: "SQLite \(String(cString: sqlite3_libversion()))", bytes: SQLiteFile.size(file),
        logBytes: SQLiteFile.size(file + "-wal"), isWritable: isWritable,
        isReadableByOthers: SQLiteFile.isReadableByOthers(file), schema: schema, migration: migration,
        counts: try IntegrityCheck(connection).counts())
    }
  }

  /// Faults in the file that the engine finds, and rows with dangling references; at most a hundred of each.
  package func faults() throws -> [StoreFault] {
    do {
      return try inSnapshot { handle in
        let connection = SQLiteConnection(handle)
        defer { connection.close() }
        return try IntegrityCheck(connection).faults()
      }
    } catch StoreError.damaged(_, let detail) {
      return [.structure(detail)]
    }
  }

  /// Copies the store as of now to a new file, which is checked before it gets its name. Others may use the
  /// store meanwhile. Throws a `StoreError`, also if the file exists.
  ///
  /// - Parameter progress: called with the numbers of pages copied and in total.
  @discardableResult
  package func backUp(to copy: String, progress: (Int, Int) -> Void) throws -> StoreStatus {
    let target = try Self.newFile(copy)
    let draft = SQLiteFile.draftName(for: target)
    defer { SQLiteFile.removeDraft(draft) }
    try SQLiteFile.makeEmptyDraft(draft, for: target)
    try copyPages(to: draft, name: copy, progress)
    let status = try Self.examined(draft, name: copy, copyOf: path)
    guard try SQLiteFile.publish(draft, as: target) else { throw StoreError.exists(path: copy) }
    return status
  }

  /// Makes a new store from a copy, migrated to this version's schema, all or nothing. Throws a `StoreError`,
  /// also if there is a store already.
  @discardableResult
  package static func restore(
    from copy: String, to path: String, progress: (Int, Int) -> Void
  ) throws -> StoreStatus {
    let target = try newFile(path)
    let source = try SQLiteMaintenance(path: copy, neverWrites: true)
    if try source.status().schema == .ahead { throw StoreError.newerSchema(path: copy) }
    try SQLiteFile.makeFolder(SQLiteFile.folder(of: target), for: path)
    let draft = SQLiteFile.draftName(for: target)
    defer { SQLiteFile.removeDraft(draft) }
    try SQLiteFile.makeEmptyDraft(draft, for: target)
    try source.copyPages(to: draft, name: path, progress)
    _ = try examined(draft, name: path, copyOf: copy)
    try SQLiteShopStore.writeAndClose(draft, name: path) { _ in }
    try SQLiteFile.sync(draft, name: path)
    guard try SQLiteFile.publish(draft, as: target) else { throw StoreError.exists(path: path) }
    return try SQLiteMaintenance(path: path).status()
  }

  private static func newFile(_ path: String) throws -> String {
    let target = try SQLiteFile.target(of: path)
    var info = stat()
    if lstat(target, &info) == 0 { throw StoreError.exists(path: path) }
    return target
  }

  /// The status of an unpublished copy. Throws if the copy is damaged, which means that the original is.
  private static func examined(_ draft: String, name: String, copyOf original: String) throws -> StoreStatus {
    try SQLiteFile.sync(draft, name: name)
    let copy = try SQLiteMaintenance(path: draft, neverWrites: true)
    guard let fault = try copy.faults().first else { return try copy.status() }
    throw StoreError.damaged(path: original, detail: fault.detail)
  }

  /// Reads one state of the store, whatever others write meanwhile.
  private func inSnapshot<Output>(_ body: (OpaquePointer) throws -> Output) throws -> Output {
    try SQLiteError.translating(path: path) {
      switch backing {
      case .writable(let writable):
        try writable.withConnection { handle in
          let connection = SQLiteConnection(handle)
          defer { connection.close() }
          return try connection.inTransaction(.deferred) { try body(handle) }
        }
      case .readOnly(let handle): try handle.withConnection(body)
      }
    }
  }

  private func copyPages(to draft: String, name: String, _ progress: (Int, Int) -> Void) throws {
    try inSnapshot { source in
      // This read begins the snapshot, so that the copy needn't start over whenever somebody writes.
      sqlite3_exec(source, "SELECT 1 FROM sqlite_master", nil, nil, nil)
      try SQLiteError.translating(path: name) {
        let copy = try SQLiteCopy(draft)
        defer { copy.close() }
        try copy.run(from: source, progress: progress)
      }
    }
  }
}

extension StoreFault {
  /// The engine's words, if it found the fault.
  fileprivate var detail: String {
    switch self {
    case .structure(let detail): detail
    case .reference(let table, let row, let parent):
      "\(table)\(row.map { " \($0)" } ?? "") refers to a \(parent) that isn't there"
    }
  }
}

import CSQLite
import Glibc
import Operations

/// Says how a store's file stands, examines it and copies it, also while others write to it. Nothing in it is changed, not even
/// an older schema: whoever backs up before an upgrade wants the store as it is.
package final class SQLiteMaintenance {
  private enum Backing {
    case writable(WritableConnection)
    case readOnly(ReadOnlyConnection)
  }

  private let path: String
  private let file: String
  private let backing: Backing

  /// Opens what is at a path; throws a `StoreError`.
  package convenience init(path: String) throws { try self.init(path: path, neverWrites: false) }

  /// - Parameter neverWrites: leaves no log beside the file, also where one could be written.
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

  /// How the store stands. Throws `StoreError.notAStore` for another database.
  package func status() throws -> StoreStatus {
    try inSnapshot { handle in
      let connection = SQLiteConnection(handle)
      defer { connection.close() }
      let schema: StoreStatus.Schema =
        switch try Migrations.standing(inSQLite: connection) {
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

  /// What the engine finds wrong in the file, and rows that refer to nothing; at most a hundred of each.
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

  /// Copies the store as it is at this moment to a new file, which is examined before it gets its name. Others may read
  /// and write the store meanwhile. Throws a `StoreError`, also for a file that is there already.
  ///
  /// - Parameter progress: told how many pages of how many were copied.
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

  /// Makes a new store of a copy, with this version's schema; it appears whole or not at all. Throws a `StoreError`, also where
  /// there is a store already.
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

  /// How a copy stands that isn't published yet; throws where it is damaged, which the original then is.
  private static func examined(_ draft: String, name: String, copyOf original: String) throws -> StoreStatus {
    try SQLiteFile.sync(draft, name: name)
    let copy = try SQLiteMaintenance(path: draft, neverWrites: true)
    guard let fault = try copy.faults().first else { return try copy.status() }
    throw StoreError.damaged(path: original, detail: fault.detail)
  }

  /// What is read sees one state of the store, whatever others write meanwhile.
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
      // From here on the snapshot is held, so that a copy needn't begin again when somebody writes.
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
  /// In the engine's words.
  fileprivate var detail: String {
    switch self {
    case .structure(let detail): detail
    case .reference(let table, let row, let parent):
      "\(table)\(row.map { " \($0)" } ?? "") refers to a \(parent) that isn't there"
    }
  }
}

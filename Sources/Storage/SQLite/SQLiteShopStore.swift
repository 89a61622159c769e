import CSQLite
import Glibc
import Operations
import Synchronization

/// A store in one SQLite file.
package final class SQLiteShopStore: ShopStore {
  private enum Backing: Sendable {
    case writable(WritableConnection)
    /// The error says why nothing can be written.
    case readOnly(ReadOnlyConnection, StoreError)
  }

  private let path: String
  private let backing: Backing
  private let state = ConnectionState()
  private let upgraded = Atomic(false)

  /// Opens the store at a path. Throws a `StoreError`, also if there is none, so that a wrong path never
  /// looks like good news.
  package convenience init(path: String) throws {
    try self.init(file: try SQLiteFile.target(of: path), name: path)
  }

  /// - Parameter name: how errors refer to the store.
  private convenience init(file: String, name: String) throws {
    switch try SQLiteFile.access(file, name: name) {
    case .missing: throw StoreError.missing(path: name)
    case .readWrite:
      do {
        let connection = try SQLiteError.translating(path: name) { try WritableConnection(file) }
        try self.init(name: name, .writable(connection))
      } catch StoreError.full {
        // The log's index doesn't fit on the disk any more, but the store can still be read.
        try self.init(name: name, try Self.readOnly(file, name: name, .full(path: name)))
      }
    case .readOnly:
      do {
        try self.init(name: name, try Self.readOnly(file, name: name, .readOnly(path: name)))
      } catch StoreError.unreachable where SQLiteFile.hasLog(file) {
        throw StoreError.logUnreadable(path: name)
      } catch StoreError.readOnly where SQLiteFile.hasLog(file) {
        throw StoreError.logUnreadable(path: name)
      }
    }
  }

  /// Opens a store for reading only, even if it is writable.
  package convenience init(readingAt path: String) throws {
    let file = try SQLiteFile.target(of: path)
    try self.init(name: path, try Self.readOnly(file, name: path, .readOnly(path: path)))
  }

  private init(name: String, _ backing: Backing) throws {
    path = name
    self.backing = backing
    try checkSchema()
  }

  private static func readOnly(_ file: String, name: String, _ reason: StoreError) throws -> Backing {
    try SQLiteError.translating(path: name) {
      .readOnly(try ReadOnlyConnection(file, name: name), reason)
    }
  }

  /// Changes a store, creating it if there is none: it appears with the change in it, or not at all.
  ///
  /// If another process creates it first, the body runs again on that store, and its earlier writes are
  /// dropped.
  ///
  /// - Parameter opened: called if the store exists already.
  @discardableResult
  package static func write<Output>(
    creatingAt path: String, opened: (SQLiteShopStore) -> Void = { _ in },
    _ body: (any StoreWriting) throws -> Output
  ) throws -> Output {
    let file = try SQLiteFile.target(of: path)
    if try SQLiteFile.access(file, name: path) != .missing {
      let store = try SQLiteShopStore(path: path)
      opened(store)
      return try store.write(body)
    }
    let draft = SQLiteFile.draftName(for: file)
    defer { SQLiteFile.removeDraft(draft) }
    try SQLiteFile.makeDraft(draft, for: file)
    let result = try writeAndClose(draft, name: path, body)
    if try SQLiteFile.publish(draft, as: file) { return result }
    return try SQLiteShopStore(path: path).write(body)
  }

  /// Leaves no log beside the file, and migrates it to this version's schema.
  static func writeAndClose<Output>(
    _ file: String, name: String, _ body: (any StoreWriting) throws -> Output
  ) throws -> Output {
    let store = try SQLiteShopStore(file: file, name: name)
    return try store.write(body)
  }

  deinit {
    switch backing {
    case .writable(let writable): writable.withConnection { _ in state.connection?.close() }
    case .readOnly(let handle, _):
      state.connection?.close()
      handle.close()
    }
  }

  package func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.deferred) { transaction in try body(transaction) }
  }

  package func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try transaction(.immediate) { transaction in try body(transaction) }
  }

  package func beginSnapshot() throws -> (any StoreSnapshot)? {
    guard case .readOnly(let serial, _) = backing, let handle = serial.take() else { return nil }
    do {
      return try SQLiteError.translating(path: path) {
        try SQLiteSnapshot(state.transaction(on: handle), path: path) { serial.giveBack() }
      }
    } catch {
      serial.giveBack()
      throw error
    }
  }

  func transaction<Output>(
    _ kind: SQLiteConnection.TransactionKind, _ body: (ShopTransaction<SQLiteConnection>) throws -> Output
  ) throws -> Output {
    try SQLiteError.translating(path: path) {
      switch backing {
      case .writable(let writable):
        return try writable.withConnection { handle in
          let transaction = state.transaction(on: handle)
          do {
            return try transaction.connection.inTransaction(kind) { try body(transaction) }
          } catch {
            // The cache may hold a definition that was rolled back.
            state.forgetDefinitions()
            throw SQLiteError.isForWantOfRoom(error, on: handle) ? StoreError.full(path: path) : error
          }
        }
      case .readOnly(let serial, let reason):
        if kind == .immediate { throw reason }
        return try serial.withConnection { handle in
          let transaction = state.transaction(on: handle)
          try transaction.connection.run("BEGIN", [])
          defer { _ = try? transaction.connection.run("COMMIT", []) }
          return try body(transaction)
        }
      }
    }
  }

  private func checkSchema() throws {
    let standing = try transaction(.deferred) { try Migrator.standing(inSQLite: $0.connection) }
    switch standing {
    case .current: return
    case .none: throw StoreError.notAStore(path: path)
    case .ahead(let oldest): throw StoreError.newerSchema(path: path, needs: oldest)
    case .behind:
      try transaction(.immediate) { try Migrator.apply($0.connection, dialect: .sqlite) }
      upgraded.store(true, ordering: .relaxed)
    }
  }

  /// Whether opening it migrated its schema to this version's.
  package var wasUpgraded: Bool { upgraded.load(ordering: .relaxed) }

  /// Whether the store's group or other users of the machine may read or write its file, which contains
  /// credentials and files given as proof. Older versions made it so, and it isn't changed behind its owner's
  /// back.
  package static func isReadableByOthers(path: String) -> Bool {
    (try? SQLiteFile.target(of: path)).map(SQLiteFile.isReadableByOthers) ?? false
  }

  /// Creates the folder for a file and its missing parents, accessible only to their owner. Throws a
  /// `StoreError`.
  package static func makeFolder(for path: String) throws {
    try SQLiteFile.makeFolder(SQLiteFile.folder(of: path), for: path)
  }
}

/// A transaction that spans several reads.
///
/// Unchecked, because only the thread that began it uses it.
private final class SQLiteSnapshot: StoreSnapshot, @unchecked Sendable {
  private let transaction: ShopTransaction<SQLiteConnection>
  private let path: String
  private let ended: () -> Void

  init(
    _ transaction: ShopTransaction<SQLiteConnection>, path: String, ended: @escaping () -> Void
  ) throws {
    (self.transaction, self.path, self.ended) = (transaction, path, ended)
    try transaction.connection.run("BEGIN", [])
  }

  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try SQLiteError.translating(path: path) { try body(transaction) }
  }

  func end() {
    _ = try? transaction.connection.run("COMMIT", [])
    ended()
  }
}

/// The state of a store's connection.
///
/// Unchecked, because it is only used while the connection is lent to one thread.
private final class ConnectionState: @unchecked Sendable {
  private(set) var connection: SQLiteConnection?
  private var cache = DefinitionCache()

  func forgetDefinitions() { cache = DefinitionCache() }

  func transaction(on handle: OpaquePointer) -> ShopTransaction<SQLiteConnection> {
    let connection = self.connection ?? SQLiteConnection(handle)
    self.connection = connection
    return ShopTransaction(connection: connection, cache: cache)
  }
}

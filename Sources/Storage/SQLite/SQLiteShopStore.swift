import CSQLite
import Glibc
import Operations
import Synchronization

/// A store in one SQLite file.
package final class SQLiteShopStore: ShopStore {
  private enum Backing: Sendable {
    case writable(WritableConnection)
    /// Why nothing can be written.
    case readOnly(ReadOnlyConnection, StoreError)
  }

  private let path: String
  private let backing: Backing
  private let state = ConnectionState()
  private let upgraded = Atomic(false)

  /// Opens the store at a path; throws a `StoreError`, also where there is none, so that a wrong path never
  /// reports "all well".
  package convenience init(path: String) throws {
    try self.init(file: try SQLiteFile.target(of: path), name: path)
  }

  /// - Parameter name: what errors call the store.
  private convenience init(file: String, name: String) throws {
    switch try SQLiteFile.access(file, name: name) {
    case .missing: throw StoreError.missing(path: name)
    case .readWrite:
      do {
        let connection = try SQLiteError.translating(path: name) { try WritableConnection(file) }
        try self.init(name: name, .writable(connection))
      } catch StoreError.full {
        // Not even the log's index fits on the disk; what is there can still be read.
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

  /// Opens a store as one that can't be written, whoever asks.
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

  /// Changes a store, and makes it where there is none: it appears with the change in it, or not at all.
  ///
  /// Where another maker is faster, the body runs again, on that store; what it wrote before is dropped.
  ///
  /// - Parameter opened: told of a store that is there already.
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

  /// Leaves the file without a log beside it, and with this version's schema.
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

  /// See `ShopStore`.
  package func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output {
    try transaction(.deferred) { transaction in try body(transaction) }
  }

  /// See `ShopStore`.
  package func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try transaction(.immediate) { transaction in try body(transaction) }
  }

  /// See `ShopStore`.
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
            // It may hold a definition that was rolled back.
            state.forgetDefinitions()
            throw SQLiteError.isForWantOfRoom(error, on: handle) ? StoreError.full(path: path) : error
          }
        }
      case .readOnly(let serial, let reason):
        if kind == .immediate { throw reason }
        return try serial.withConnection { handle in
          let transaction = state.transaction(on: handle)
          try transaction.connection.run("BEGIN", [])
          defer { try? transaction.connection.run("COMMIT", []) }
          return try body(transaction)
        }
      }
    }
  }

  private func checkSchema() throws {
    let standing = try transaction(.deferred) { try Migrations.standing(inSQLite: $0.connection) }
    switch standing {
    case .current: return
    case .none: throw StoreError.notAStore(path: path)
    case .ahead(let oldest): throw StoreError.newerSchema(path: path, needs: oldest)
    case .behind:
      try transaction(.immediate) { try Migrations.apply($0.connection, dialect: .sqlite) }
      upgraded.store(true, ordering: .relaxed)
    }
  }

  /// Whether opening it brought its schema up to this program's.
  package var wasUpgraded: Bool { upgraded.load(ordering: .relaxed) }

  /// Whether others on the machine may read or write the store's file, or people of its group: it holds who may use it
  /// and what they gave as proof. Older programs made it so, and it isn't changed behind its owner's back.
  package static func isReadableByOthers(path: String) -> Bool {
    (try? SQLiteFile.target(of: path)).map(SQLiteFile.isReadableByOthers) ?? false
  }

  /// Makes the folder that a file is to be in, and those above it, for their owner alone. Throws a `StoreError`.
  package static func makeFolder(for path: String) throws {
    try SQLiteFile.makeFolder(SQLiteFile.folder(of: path), for: path)
  }
}

/// A transaction that goes on over several readings.
///
/// Unchecked, because the thread that began it alone uses it.
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
    try? transaction.connection.run("COMMIT", [])
    ended()
  }
}

/// What belongs to the one connection of a store.
///
/// Unchecked, because it is touched only while the connection is lent to one thread.
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

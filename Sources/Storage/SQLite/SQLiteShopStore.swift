import Foundation
import GRDB
import GRDBSQLite
import Operations

/// A store in one SQLite file.
public final class SQLiteShopStore: ShopStore {
  private enum Backing: Sendable {
    case writable(DatabaseQueue)
    case readOnly(SerialConnection)
  }

  private let path: String
  private let backing: Backing
  private let state: SessionState

  /// Opens the store at a path; throws a `StoreError`, also where there is none, so that a wrong path never
  /// reports "all well".
  public convenience init(path: String) throws {
    try self.init(file: path, name: path)
  }

  /// - Parameter name: what errors call the store.
  private init(file: String, name: String) throws {
    path = name
    state = SessionState()
    let plain = SQLiteFile.plain(file)
    switch try SQLiteFile.access(plain) {
    case .missing: throw StoreError.missing(path: name)
    case .readWrite:
      backing = .writable(
        try SQLiteErrors.translating(path: name) {
          try DatabaseQueue(path: plain, configuration: SQLiteConnection.configuration())
        })
    case .readOnly:
      backing = .readOnly(
        try SQLiteErrors.translating(path: name) { SerialConnection(try SQLiteConnection.openReadOnly(plain)) })
    }
    try checkSchema()
  }

  /// Changes a store, and makes it where there is none: it appears with the change in it, or not at all.
  ///
  /// Where another maker is faster, the body runs again, on that store; what it wrote before is dropped.
  @discardableResult
  public static func write<Result>(
    creatingAt path: String, _ body: (any ShopWriting) throws -> Result
  ) throws -> Result {
    if try SQLiteFile.access(SQLiteFile.plain(path)) != .missing {
      return try SQLiteShopStore(path: path).write(body)
    }
    let draft = try SQLiteFile.makeDraft(for: path)
    defer { SQLiteFile.removeDraft(draft) }
    let result = try writeAndClose(draft, name: path, body)
    if try SQLiteFile.publish(draft, as: path) { return result }
    return try SQLiteShopStore(path: path).write(body)
  }

  /// Leaves the file without a log beside it.
  private static func writeAndClose<Result>(
    _ file: String, name: String, _ body: (any ShopWriting) throws -> Result
  ) throws -> Result {
    let store = try SQLiteShopStore(file: file, name: name)
    return try store.write(body)
  }

  deinit {
    switch backing {
    case .writable(let queue): queue.inDatabase { _ in state.session?.close() }
    case .readOnly(let connection):
      state.session?.close()
      connection.close()
    }
  }

  /// See `ShopStore`.
  public func read<Result>(_ body: (any ShopReading) throws -> Result) throws -> Result {
    try transaction(.deferred) { transaction in try body(transaction) }
  }

  /// See `ShopStore`.
  public func write<Result>(_ body: (any ShopWriting) throws -> Result) throws -> Result {
    try transaction(.immediate) { transaction in try body(transaction) }
  }

  func transaction<Result>(
    _ kind: Database.TransactionKind, _ body: (ShopTransaction<SQLiteSession>) throws -> Result
  ) throws -> Result {
    try SQLiteErrors.translating(path: path) {
      switch backing {
      case .writable(let queue):
        return try queue.inDatabase { database in
          guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE)
          }
          let transaction = state.transaction(on: connection)
          var result: Result?
          do {
            try database.inTransaction(kind) {
              result = try body(transaction)
              return .commit
            }
          } catch {
            // It may hold a definition that was rolled back.
            state.forgetDefinitions()
            throw error
          }
          guard let result else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
          return result
        }
      case .readOnly(let serial):
        if kind == .immediate { throw StoreError.readOnly(path: path) }
        return try serial.withConnection { connection in
          let transaction = state.transaction(on: connection)
          try transaction.session.execute("BEGIN")
          defer { try? transaction.session.execute("COMMIT") }
          return try body(transaction)
        }
      }
    }
  }

  private func checkSchema() throws {
    let standing = try transaction(.deferred) { transaction in
      let table = try transaction.session.first(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'", []
      ) { _ in true }
      return try Migrations.standing(transaction.session, hasMigrationTable: table != nil)
    }
    switch standing {
    case .current: return
    case .none: throw StoreError.notAStore(path: path)
    case .ahead: throw StoreError.newerSchema(path: path)
    case .behind:
      try transaction(.immediate) { try Migrations.apply($0.session, dialect: .sqlite) }
    }
  }
}

/// What belongs to the one connection of a store.
///
/// Unchecked, because it is touched only while the connection is lent to one thread.
private final class SessionState: @unchecked Sendable {
  private(set) var session: SQLiteSession?
  private var cache = DefinitionCache()

  func forgetDefinitions() { cache = DefinitionCache() }

  func transaction(on connection: OpaquePointer) -> ShopTransaction<SQLiteSession> {
    let session = self.session ?? SQLiteSession(connection)
    self.session = session
    return ShopTransaction(session: session, cache: cache)
  }
}

/// A connection that one thread at a time may use.
///
/// Unchecked, because the lock sees to that.
private final class SerialConnection: @unchecked Sendable {
  private let connection: OpaquePointer
  private let lock = NSLock()

  init(_ connection: OpaquePointer) { self.connection = connection }

  func withConnection<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(connection)
  }

  func close() { sqlite3_close_v2(connection) }
}

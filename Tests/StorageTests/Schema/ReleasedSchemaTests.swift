import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// Stores of each released schema, with data in them, are brought to this version's on every engine.
///
/// `Released` holds a store of each schema as SQL. The files are never edited; a new migration adds one.
@Suite struct ReleasedSchemaTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Released")
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { !$0.hasSuffix(".statements.sql") }.map { String($0.dropLast(".sql".count)) }.sorted()

  private let temporary: TemporaryFolder
  private let path: String

  init() throws {
    temporary = try TemporaryFolder()
    path = temporary.file("store.sqlite")
  }

  private func load(_ name: String) throws {
    let sql = try String(contentsOf: Self.folder.appending(path: name + ".sql"), encoding: .utf8)
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func exported(_ store: any ShopStore) throws -> String {
    var lines: [UInt8] = []
    _ = try store.read { reading in
      try ExportStore()(from: reading) { bytes in
        lines += bytes
        bytes.removeAll()
      }
    }
    return String(decoding: lines, as: UTF8.self)
  }

  /// What the store says about its shops that doesn't follow from their events.
  private func breaks(_ store: any ShopStore) throws -> [String] {
    try store.read { reading in
      var found: [String] = []
      try reading.forEachShop(ShopFilter(includesArchived: true)) { stored in
        let verdict = try VerifyHistory()(stored.shop.id, head: nil, in: reading)
        found += verdict.breaks.map { "\(stored.shop.id): \($0)" }
      }
      return found
    }
  }

  @Test func thereIsOneOfEachSchemaBefore() {
    #expect(Self.names == Schema.migrations.dropLast().map(\.name))
  }

  @Test(arguments: names) func aFileIsBroughtUp(name: String) throws {
    try load(name)
    let store = try SQLiteShopStore(path: path)
    #expect(store.wasUpgraded)
    #expect(try breaks(store) == [])
    #expect(try store.read { try $0.countShops(ShopFilter(includesArchived: true)) } == 3)
    let first = try exported(store)
    let again = try SQLiteShopStore(path: path)
    #expect(!again.wasUpgraded)
    #expect(try exported(again) == first)
  }

  @Test(.enabled(if: TemporaryStore.server != nil), arguments: names)
  func aDatabaseIsBroughtUp(name: String) throws {
    try load(name)
    let address = try TemporaryStore.schema(on: #require(TemporaryStore.server))
    try copy(to: address.connect(), upTo: name)
    #expect(throws: StoreError.self) { try PostgreSQLStore(address) }
    #expect(try PostgreSQLStore.migrate(address))
    let store = try PostgreSQLStore(address)
    #expect(try breaks(store) == [])
    #expect(try !PostgreSQLStore.migrate(address))
    #expect(try exported(store) == exported(SQLiteShopStore(path: path)))
    let (ours, theirs) = (try StoredNames(address), try StoredNames(path: path))
    defer { theirs.close() }
    for kind: StoredNames.Kind in [
      .shops, .items(ofShop: "s-2"), .itemsOfAll, .teams, .owners, .checklists, .users,
    ] {
      for prefix in ["", "s", "西"] {
        let found = try ours.names(kind, beginning: prefix, limit: 10)
        #expect(try found == theirs.names(kind, beginning: prefix, limit: 10))
        #expect(!found.isEmpty || prefix != "" || kind == .users)
      }
    }
  }

  /// What the version before sends to PostgreSQL, recorded from its commands, pages and API, while neighbouring
  /// versions run side by side.
  private func statements() throws -> [String] {
    let file = Self.folder.appending(path: "005-closing.statements.sql")
    return try String(contentsOf: file, encoding: .utf8).split(separator: ";\n\n").map(String.init)
  }

  @Test(.enabled(if: TemporaryStore.server != nil))
  func theVersionBeforeUnderstandsADatabaseOfThisOne() throws {
    let address = try TemporaryStore.schema(on: #require(TemporaryStore.server))
    try PostgreSQLStore.migrate(address)
    let connection = try address.connect()
    let statements = try statements()
    #expect(statements.count > 100)
    for (number, statement) in statements.enumerated() {
      #expect(throws: Never.self, "\(statement)") {
        do { try connection.execute("PREPARE before\(number) AS \(statement)") } catch let error
          as PostgreSQLError where error.state == "42P18"
        {
          // The program sends the types of parameters that aren't used with the statement.
        }
      }
    }
  }

  @Test func theVersionBeforeUnderstandsAFileOfThisOne() throws {
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let queue = try DatabaseQueue(path: path)
    let shared = try statements().filter { statement in
      !["pg_", "FOR UPDATE", "migration"].contains(where: statement.contains)
    }
    #expect(shared.count > 90)
    try queue.read { database in
      for statement in shared {
        #expect(throws: Never.self, "\(statement)") { try database.makeStatement(sql: statement) }
      }
    }
    try queue.close()
  }

  /// Makes the schema's tables in a database, and copies the file's rows.
  private func copy(to connection: PostgreSQLConnection, upTo name: String) throws {
    for migration in Schema.migrations where migration.name <= name {
      for statement in migration.statements {
        try connection.execute(Dialect.postgreSQL.rendering(statement))
      }
    }
    try connection.execute("CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY)")
    // Rows may come before those that they refer to.
    try connection.execute("SET session_replication_role = replica")
    let queue = try DatabaseQueue(path: path)
    try queue.read { database in
      for table in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(table)")
        while let row = try rows.next() {
          try connection.execute(
            """
            INSERT INTO \(table) (\(row.columnNames.joined(separator: ", ")))
            VALUES (\(row.databaseValues.map(literal).joined(separator: ", ")))
            """)
        }
      }
    }
    try queue.close()
  }

  private func literal(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: "NULL"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): "'" + text.replacing("'", with: "''") + "'"
    case .blob(let data): "'\\x" + data.map { String(format: "%02x", $0) }.joined() + "'"
    }
  }
}

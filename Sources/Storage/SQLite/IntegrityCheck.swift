import Operations

/// Examines a SQLite store inside one transaction.
struct IntegrityCheck {
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  func faults() throws -> [StoreFault] {
    var faults: [StoreFault] = []
    try connection.query("PRAGMA integrity_check", []) { row in
      let line = row.text(0)
      if line != "ok" { faults.append(.structure(line)) }
    }
    // References can only be checked once the tables can be read.
    if !faults.isEmpty { return faults }
    try connection.query("PRAGMA foreign_key_check", []) { row in
      if faults.count == 100 { return }
      faults.append(
        .reference(table: row.text(0), row: row.optionalInteger(1), to: row.optionalText(2) ?? ""))
    }
    return faults
  }

  func counts() throws -> StoreStatus.Counts {
    var tables: Set<String> = []
    try connection.query("SELECT name FROM sqlite_master WHERE type = 'table'", []) {
      tables.insert($0.text(0))
    }
    return try StoreStatus.Counts(connection, tables: tables)
  }
}

extension Migrator {
  /// The state of a database that may not be a store.
  static func standing(inSQLite connection: SQLiteConnection) throws -> Standing {
    let table = try connection.first(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration' AND sql LIKE '%(name TEXT%'",
      []
    ) { _ in true }
    return try standing(connection, hasMigrationTable: table != nil)
  }
}

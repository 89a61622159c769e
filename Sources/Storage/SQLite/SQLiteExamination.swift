import Operations

/// Looks a SQLite store over inside one transaction.
struct SQLiteExamination {
  private let session: SQLiteSession

  init(_ session: SQLiteSession) { self.session = session }

  func faults() throws -> [StoreFault] {
    var faults: [StoreFault] = []
    try session.query("PRAGMA integrity_check", []) { row in
      let line = row.text(0)
      if line != "ok" { faults.append(.structure(line)) }
    }
    // What refers to what is known only once the tables can be read.
    if !faults.isEmpty { return faults }
    try session.query("PRAGMA foreign_key_check", []) { row in
      if faults.count == 100 { return }
      faults.append(
        .reference(table: row.text(0), row: row.optionalInteger(1), to: row.optionalText(2) ?? ""))
    }
    return faults
  }

  func counts() throws -> StoreStatus.Counts {
    var tables: Set<String> = []
    try session.query("SELECT name FROM sqlite_master WHERE type = 'table'", []) { tables.insert($0.text(0)) }
    var counts = StoreStatus.Counts()
    if tables.contains("shop") {
      try session.query("SELECT count(*), total(archived) FROM shop", []) { row in
        counts.shops = try row.count(0)
        counts.archivedShops = try row.count(1)
      }
      try session.query("SELECT count(*), total(state = 'active') FROM run", []) { row in
        counts.runs = try row.count(0)
        counts.activeRuns = try row.count(1)
      }
      try session.query("SELECT count(*) FROM event", []) { counts.events = try $0.count(0) }
    }
    if tables.contains("user_account") {
      try session.query("SELECT count(*) FROM user_account", []) { counts.users = try $0.count(0) }
      try session.query("SELECT count(*) FROM access_token", []) { counts.tokens = try $0.count(0) }
      try session.query("SELECT count(*) FROM shop_link", []) { counts.links = try $0.count(0) }
      try session.query("SELECT count(*), total(size) FROM kept_file WHERE deleted_at IS NULL", []) { row in
        counts.files = try row.count(0)
        counts.fileBytes = try row.count(1)
      }
    }
    return counts
  }
}

extension Migrations {
  /// How a database stands of which it isn't known whether it is a store.
  static func standing(inSQLite session: SQLiteSession) throws -> Standing {
    let table = try session.first(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration' AND sql LIKE '%(name TEXT%'",
      []
    ) { _ in true }
    return try standing(session, hasMigrationTable: table != nil)
  }
}

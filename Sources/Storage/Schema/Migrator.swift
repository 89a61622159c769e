import Operations

/// Migrates a store's tables to this version's schema, and recognizes a later version's store.
enum Migrator {
  enum Standing: Equatable {
    /// Not a store: there is no table of migrations.
    case none
    case current
    case behind
    /// Made by a later version. `oldest`, the oldest version that may use it, is nil for stores from before
    /// that was recorded.
    case ahead(oldest: ProgramVersion?)
  }

  static func standing(_ connection: some SQLConnection, hasMigrationTable: Bool) throws -> Standing {
    guard hasMigrationTable else { return .none }
    var applied: [String] = []
    try connection.query("SELECT name FROM migration ORDER BY name", []) { row in applied.append(row.text(0))
    }
    let known = Schema.migrations.map(\.name)
    if applied == known { return .current }
    if known.starts(with: applied) { return .behind }
    let oldest = try oldestProgram(connection, applied)
    // Additions by a later version may not concern this one.
    if let oldest, oldest <= .current, applied.starts(with: known) { return .current }
    return .ahead(oldest: oldest)
  }

  private static func oldestProgram(_ connection: some SQLConnection, _ applied: [String]) throws
    -> ProgramVersion?
  {
    guard let first = Schema.migrations.first(where: { $0.oldest != nil }), applied.contains(first.name)
    else {
      return nil
    }
    return try connection.first("SELECT value FROM meta WHERE name = $1", [.text(Schema.oldestProgram)]) {
      row in
      ProgramVersion(row.text(0))
    } ?? nil
  }

  /// Applies missing migrations inside the caller's transaction.
  static func apply(_ connection: some SQLConnection, dialect: Dialect) throws {
    try connection.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY)")
    var applied: Set<String> = []
    try connection.query("SELECT name FROM migration", []) { row in applied.insert(row.text(0)) }
    for migration in Schema.migrations where !applied.contains(migration.name) {
      for statement in migration.statements {
        try connection.execute(dialect.rendering(statement))
      }
      try migration.fill?(connection)
      try connection.run("INSERT INTO migration (name) VALUES ($1)", [.text(migration.name)])
      guard let oldest = migration.oldest else { continue }
      try connection.run(
        """
        INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """, [.text(Schema.oldestProgram), .text(oldest.text)])
    }
  }
}

/// The words in which the engines' SQL differs.
struct Dialect: Sendable {
  let clustered: String
  let bytes: String
  /// A text's column, which compares by bytes.
  let text: String
  /// A join whose order SQLite's planner keeps.
  let orderedJoin: String

  static let sqlite = Dialect(
    clustered: " WITHOUT ROWID", bytes: "BLOB", text: "TEXT", orderedJoin: "CROSS JOIN")
  static let postgreSQL = Dialect(
    clustered: "", bytes: "BYTEA", text: #"TEXT COLLATE "C""#, orderedJoin: "JOIN")

  func rendering(_ statement: String) -> String {
    var text = statement.replacing("{clustered}", with: clustered).replacing("{bytes}", with: bytes)
    if orderedJoin != "CROSS JOIN" { text = text.replacing("CROSS JOIN", with: orderedJoin) }
    if self.text != "TEXT", text.hasPrefix("CREATE TABLE") || text.hasPrefix("ALTER TABLE") {
      text = text.replacing(" TEXT", with: " \(self.text)")
    }
    return text
  }
}

/// Brings a store's tables to this version's, and knows a store of a later one.
enum Migrations {
  enum Standing: Equatable {
    /// Not a store: the table of migrations is missing.
    case none
    case current
    case behind
    /// A later version of the program made it.
    case ahead
  }

  static func standing(_ session: some SQLSession, hasMigrationTable: Bool) throws -> Standing {
    guard hasMigrationTable else { return .none }
    var applied: [String] = []
    try session.query("SELECT name FROM migration ORDER BY name", []) { row in applied.append(row.text(0)) }
    let known = Schema.migrations.map(\.name)
    if applied == known { return .current }
    return known.starts(with: applied) ? .behind : .ahead
  }

  /// Applies what is missing, inside the transaction that the caller opened.
  static func apply(_ session: some SQLSession, dialect: Dialect) throws {
    try session.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY)")
    var applied: Set<String> = []
    try session.query("SELECT name FROM migration", []) { row in applied.insert(row.text(0)) }
    for migration in Schema.migrations where !applied.contains(migration.name) {
      for statement in migration.statements {
        try session.execute(dialect.rendering(statement))
      }
      try migration.fill?(session)
      try session.run("INSERT INTO migration (name) VALUES ($1)", [.text(migration.name)])
    }
  }
}

/// The words in which the engines differ.
struct Dialect: Sendable {
  let clustered: String
  let bytes: String

  static let sqlite = Dialect(clustered: " WITHOUT ROWID", bytes: "BLOB")

  func rendering(_ statement: String) -> String {
    statement.replacing("{clustered}", with: clustered).replacing("{bytes}", with: bytes)
  }
}

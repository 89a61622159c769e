import Operations

/// Looks up names in a store for shell completion: a limited number, quickly, and without writing anything.
package struct StoredNames {
  package enum Kind: Sendable, Hashable {
    /// Shops that aren't archived, by id.
    case shops
    /// Items of a shop's active runs, by id; empty if it has none.
    case items(ofShop: String)
    /// Items of all active runs, by id.
    case itemsOfAll
    /// Teams of shops.
    case teams
    /// Owners of shops and of outstanding items.
    case owners
    /// Checklists of runs, by id.
    case checklists
    case users
  }

  private enum Source {
    case file(ReadOnlyConnection, path: String)
    case database(PostgreSQLStore)
  }

  private let source: Source

  /// Throws a `StoreError`.
  package init(_ address: PostgreSQLAddress) throws {
    source = .database(try PostgreSQLStore(address, connections: 1, patience: 3000))
  }

  /// Throws a `StoreError`.
  package init(path: String) throws {
    let file = try SQLiteFile.target(of: path)
    if try SQLiteFile.access(file, name: path) == .missing { throw StoreError.missing(path: path) }
    let handle = try SQLiteError.translating(path: path) { try ReadOnlyConnection(file, name: path) }
    source = .file(handle, path: path)
  }

  /// Sorted names that begin with a prefix, at most `limit`.
  package func names(_ kind: Kind, beginning prefix: String, limit: Int) throws -> [String] {
    switch source {
    case .file(let handle, let path):
      try SQLiteError.translating(path: path) {
        try handle.withConnection { handle in
          let connection = SQLiteConnection(handle)
          defer { connection.close() }
          return try Self.names(kind, beginning: prefix, limit: limit, on: connection)
        }
      }
    case .database(let store):
      try store.transaction(.reading) { transaction in
        try Self.names(kind, beginning: prefix, limit: limit, on: transaction.connection)
      }
    }
  }

  private static func names(
    _ kind: Kind, beginning prefix: String, limit: Int, on connection: some SQLConnection
  ) throws -> [String] {
    var names: [String] = []
    var values: [SQLValue] = [.text(prefix), .text(prefix + "\u{10FFFF}"), .integer(limit)]
    if case .items(let shop) = kind { values.append(.text(shop)) }
    try connection.query(statement(kind), values) { names.append($0.text(0)) }
    return names
  }

  private static func statement(_ kind: Kind) -> StaticString {
    switch kind {
    case .shops: "SELECT id FROM shop WHERE archived = 0 AND id >= $1 AND id < $2 ORDER BY id LIMIT $3"
    case .items:
      """
      SELECT DISTINCT item.id FROM run JOIN item ON item.shop = run.shop AND item.run = run.number
      WHERE run.shop = $4 AND run.state = 'active' AND item.id >= $1 AND item.id < $2 ORDER BY item.id LIMIT $3
      """
    case .itemsOfAll:
      """
      SELECT DISTINCT id FROM (SELECT id FROM item WHERE open = 1 LIMIT 10000) AS open_item
      WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3
      """
    case .teams: "SELECT DISTINCT team FROM shop WHERE team >= $1 AND team < $2 ORDER BY team LIMIT $3"
    case .owners:
      """
      SELECT owner FROM (
        SELECT owner FROM shop WHERE owner >= $1 AND owner < $2
        UNION SELECT owner FROM item WHERE open = 1 AND owner >= $1 AND owner < $2
      ) AS known ORDER BY owner LIMIT $3
      """
    case .checklists:
      """
      SELECT DISTINCT checklist FROM (SELECT checklist FROM run LIMIT 10000) AS known
      WHERE checklist >= $1 AND checklist < $2 ORDER BY checklist LIMIT $3
      """
    case .users: "SELECT name FROM user_account WHERE name >= $1 AND name < $2 ORDER BY name LIMIT $3"
    }
  }

  package func close() {
    if case .file(let handle, _) = source { handle.close() }
  }
}

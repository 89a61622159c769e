import Operations
import Storage
import Testing

/// An engine that keeps stores. What every engine promises is tested with all of them.
package struct StoreEngine: Sendable, CustomTestStringConvertible {
  package let name: String
  /// Makes an empty store of its own.
  package let make: @Sendable () throws -> TemporaryStore

  package var testDescription: String { name }

  package static let sqlite = StoreEngine(name: "SQLite", make: TemporaryStore.sqlite)

  /// PostgreSQL, where there is a server for tests.
  package static let postgreSQL = TemporaryStore.server.map { server in
    StoreEngine(name: "PostgreSQL", make: { try TemporaryStore.postgreSQL(on: server) })
  }

  /// Whatever an engine promises is tested on each of these.
  package static let all = [sqlite] + (postgreSQL.map { [$0] } ?? [])
}

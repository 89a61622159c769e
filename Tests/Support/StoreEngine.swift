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

  /// A second engine joins here, and has to pass what the first does.
  package static let all = [sqlite]
}

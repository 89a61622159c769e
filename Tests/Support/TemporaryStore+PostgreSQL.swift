import Foundation
import Operations
import Synchronization

@testable import Storage

extension TemporaryStore {
  /// The server that `Tests/run` starts; nil where tests are run without it.
  package static let server = ProcessInfo.processInfo.environment["SWITCHLIST_TEST_POSTGRES"]

  private static let count = Atomic<Int>(0)

  /// A new store in a schema of its own, in the database of the tests' server.
  static func postgreSQL(on server: String) throws -> TemporaryStore {
    let address = try schema(on: server)
    try PostgreSQLStore.migrate(address)
    return try TemporaryStore { try PostgreSQLStore(address) }
  }

  /// The address of a new, empty schema.
  package static func schema(on server: String) throws -> PostgreSQLAddress {
    let number = count.add(1, ordering: .relaxed).newValue
    let schema = "t\(getpid())_\(number)"
    try PostgreSQLAddress(server, refusesPassword: false).connect().execute("CREATE SCHEMA \(schema)")
    return try PostgreSQLAddress(
      "\(server)?options=-csearch_path%3D\(schema)", refusesPassword: false)
  }
}

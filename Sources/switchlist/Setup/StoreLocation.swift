import Reports
import Storage

/// Where a store is.
enum StoreLocation {
  case file(String)
  case postgreSQL(PostgreSQLAddress)

  /// For messages; without credentials.
  var name: String {
    switch self {
    case .file(let path): path
    case .postgreSQL(let address): address.name
    }
  }
}

import GRDB
import Operations

/// Says of an engine's error what it means for whoever runs the program.
enum SQLiteErrors {
  static func translating<Result>(path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw storeError(error, path: path)
    } catch let error as Inconsistency {
      throw StoreError.damaged(path: path, detail: error.detail)
    }
  }

  private static func storeError(_ error: DatabaseError, path: String) -> StoreError {
    let detail = error.message ?? "SQLite \(error.extendedResultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
    case .SQLITE_FULL: .full(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
    case .SQLITE_NOTADB: .notAStore(path: path)
    case .SQLITE_CORRUPT, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: .damaged(path: path, detail: detail)
    default: .unreachable(path: path, detail: detail)
    }
  }
}

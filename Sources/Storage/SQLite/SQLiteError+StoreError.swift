import CSQLite
import Domain
import Formats
import Glibc
import Operations

/// What an engine's errors mean for the person who runs the program.
extension SQLiteError {
  static func translating<Output>(path: String, _ body: () throws -> Output) throws -> Output {
    do {
      return try body()
    } catch let error as SQLiteError {
      throw storeError(error, path: path)
    } catch let error as CorruptRow {
      throw StoreError.damaged(path: path, detail: error.detail)
    } catch let error as JSONCursor.Fault {
      throw StoreError.damaged(path: path, detail: "\(error.expected) expected at byte \(error.offset)")
    } catch let error as MalformedDefinition {
      throw StoreError.damaged(path: path, detail: error.problem)
    } catch let error as ShopRecord.Contradiction {
      throw StoreError.damaged(path: path, detail: error.problem)
    }
  }

  private static func storeError(_ error: SQLiteError, path: String) -> StoreError {
    switch error.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path)
    case SQLITE_FULL: .full(path: path)
    case SQLITE_IOERR where isFull(path), SQLITE_CANTOPEN where isFull(path): .full(path: path)
    case SQLITE_READONLY, SQLITE_PERM: .readOnly(path: path)
    case SQLITE_NOTADB: .notAStore(path: path)
    case SQLITE_CORRUPT, SQLITE_CONSTRAINT, SQLITE_MISMATCH: .damaged(path: path, detail: error.message)
    default: .unreachable(path: path, detail: error.message)
    }
  }

  /// Whether the engine's last system call failed because a disk, a quota or a limit was full.
  static func isForWantOfRoom(_ error: any Error, on connection: OpaquePointer) -> Bool {
    guard let error = error as? SQLiteError, [SQLITE_IOERR, SQLITE_CANTOPEN].contains(error.primaryCode)
    else { return false }
    return [ENOSPC, EDQUOT, EFBIG].contains(sqlite3_system_errno(connection))
  }

  /// SQLite reports a log or index that can't be created as "unable to open", whatever the reason, so this
  /// tries whether a page fits beside the store.
  private static func isFull(_ path: String) -> Bool {
    let probe = SQLiteFile.draftName(for: path)
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let wantOfRoom = [ENOSPC, EDQUOT, EFBIG]
    if descriptor < 0 { return wantOfRoom.contains(errno) }
    defer {
      close(descriptor)
      unlink(probe)
    }
    let page = [UInt8](repeating: 0, count: 4096)
    return write(descriptor, page, page.count) < page.count && wantOfRoom.contains(errno)
  }
}

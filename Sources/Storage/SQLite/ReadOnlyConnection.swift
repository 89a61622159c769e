import CSQLite
import Dispatch
import Formats
import Glibc
import Operations

/// A connection to a file that this process can't write, while others may be writing it.
///
/// Unchecked, because the semaphore lets only one thread at a time use the connection.
final class ReadOnlyConnection: @unchecked Sendable {
  private let connection: OpaquePointer
  /// Keeps writers from checkpointing their log into the file while it is read without locks; nil if SQLite
  /// locks the file itself.
  private let guardian: SharedFileLock?
  private let name: String
  private let turn = DispatchSemaphore(value: 1)

  /// Opens the file with its log if there is one, otherwise as immutable. If a log appears or disappears in
  /// between, retries for up to a second. Throws an `SQLiteError` or a `StoreError`.
  init(_ file: String, name: String) throws {
    self.name = name
    for _ in 0..<200 {
      if SQLiteFile.hasLogFiles(file), let connection = try? Self.open(file, "mode=ro") {
        (self.connection, guardian) = (connection, nil)
        return
      }
      if !SQLiteFile.hasLog(file), let guardian = SharedFileLock(file), !SQLiteFile.hasLog(file) {
        connection = try Self.open(file, "immutable=1")
        self.guardian = guardian
        return
      }
      usleep(5000)
    }
    throw SQLiteFile.hasLog(file) ? StoreError.logUnreadable(path: name) : StoreError.locked(path: name)
  }

  /// The connection returned has been read from, so it holds its lock among the file's users.
  private static func open(_ file: String, _ mode: String) throws -> OpaquePointer {
    SQLiteLibrary.prepare
    let name = PercentEncoding.encoded(file, keeping: "-_.~/")
    var connection: OpaquePointer?
    var code = sqlite3_open_v2(
      "file:\(name)?\(mode)", &connection,
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    if code == SQLITE_OK {
      code = sqlite3_exec(
        connection, "PRAGMA cache_size = -8000; BEGIN; SELECT 1 FROM sqlite_master; COMMIT", nil, nil, nil)
    }
    guard code == SQLITE_OK, let connection else {
      sqlite3_close_v2(connection)
      throw SQLiteError(code, on: nil)
    }
    sqlite3_busy_timeout(connection, 10_000)
    return connection
  }

  /// Throws if the file changed while it was read without locks.
  func withConnection<Output>(_ body: (OpaquePointer) throws -> Output) throws -> Output {
    turn.wait()
    defer { turn.signal() }
    let before = guardian?.lastChange
    do {
      let result = try body(connection)
      if guardian?.lastChange == before { return result }
    } catch {
      if guardian?.lastChange == before { throw error }
    }
    throw StoreError.changedWhileRead(path: name)
  }

  /// Lends the connection to the calling thread until it is given back; nil if every read has to be checked
  /// for changes.
  func take() -> OpaquePointer? {
    guard guardian == nil else { return nil }
    turn.wait()
    return connection
  }

  func giveBack() { turn.signal() }

  func close() { sqlite3_close_v2(connection) }
}

/// The lock that a SQLite reader holds on a file, taken without SQLite.
///
/// It belongs to the open file description rather than the process, so that it isn't lost when SQLite closes
/// its own descriptor.
private final class SharedFileLock: Sendable {
  private let descriptor: Int32

  /// Nil while a writer is checkpointing its log into the file.
  init?(_ file: String) {
    descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    // By SQLite's file format, readers lock the 510 bytes that follow the pending and reserved bytes at 1
    // GiB.
    var range = flock()
    range.l_type = Int16(F_RDLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = 0x4000_0002
    range.l_len = 510
    let setOpenFileLock: Int32 = 37  // F_OFD_SETLK
    if fcntl(descriptor, setOpenFileLock, &range) != 0 {
      Glibc.close(descriptor)
      return nil
    }
  }

  deinit { Glibc.close(descriptor) }

  /// The modification time in seconds and nanoseconds, and the size.
  var lastChange: [Int] {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return [] }
    return [info.st_mtim.tv_sec, info.st_mtim.tv_nsec, Int(info.st_size)]
  }
}

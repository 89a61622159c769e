import Foundation
import GRDB
import Operations

/// Finds, makes and names the file of a store.
enum SQLiteFile {
  enum Access: Equatable {
    case missing
    case readOnly
    case readWrite
  }

  /// Throws `StoreError.notAStore` for a folder or an empty file.
  static func access(_ path: String) throws -> Access {
    var info = stat()
    guard stat(path, &info) == 0 else {
      if errno == ENOENT { return .missing }
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    guard info.st_mode & S_IFMT == S_IFREG, info.st_size > 0 else { throw StoreError.notAStore(path: path) }
    // SQLite writes its log beside the file.
    let folder = (path as NSString).deletingLastPathComponent
    let canWrite = Glibc.access(path, W_OK) == 0 && Glibc.access(folder.isEmpty ? "." : folder, W_OK) == 0
    return canWrite ? .readWrite : .readOnly
  }

  /// Makes a store whole under another name and then gives it its own, so that no moment shows half of one
  /// and of many makers one wins.
  static func create(_ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try makeFolder(folder, for: path) }
    let draft = "\(path).\(getpid()).new"
    defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) } }
    unlink(draft)
    try SQLiteErrors.translating(path: path) {
      let queue = try DatabaseQueue(path: draft, configuration: SQLiteConnection.configuration())
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        guard let connection = database.sqliteConnection else { return }
        let session = SQLiteSession(connection)
        defer { session.close() }
        try database.inTransaction(.immediate) {
          try Migrations.apply(session, dialect: .sqlite)
          return .commit
        }
      }
      try queue.close()
    }
    if link(draft, path) != 0, errno != EEXIST {
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    syncFolder(folder.isEmpty ? "." : folder)
  }

  private static func makeFolder(_ folder: String, for path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.unreachable(path: path, detail: "\(folder): \(error.localizedDescription)")
    }
  }

  /// A name is on the disk when its folder is.
  private static func syncFolder(_ folder: String) {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }
}

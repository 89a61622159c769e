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
    let canWrite = Glibc.access(path, W_OK) == 0 && Glibc.access(folder(of: path), W_OK) == 0
    return canWrite ? .readWrite : .readOnly
  }

  /// The path as SQLite must see it: never one of the names that mean something else to it.
  static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./\(path)" }

  /// Makes an empty store under a name of its own, from which `publish` gives it its true one.
  static func makeDraft(for path: String) throws -> String {
    try makeFolder(folder(of: path), for: path)
    removeAbandonedDrafts(of: path)
    let draft = "\(path).\(getpid()).new"
    removeDraft(draft)
    try SQLiteErrors.translating(path: path) {
      let queue = try DatabaseQueue(path: plain(draft), configuration: SQLiteConnection.configuration())
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
    return draft
  }

  /// Gives a draft, which nobody has open, its name; false when another maker was faster.
  static func publish(_ draft: String, as path: String) throws -> Bool {
    if link(draft, path) != 0 {
      if errno == EEXIST { return false }
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    syncFolder(folder(of: path))
    return true
  }

  static func removeDraft(_ draft: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
  }

  /// Takes away what makers left that were killed: their process is gone.
  private static func removeAbandonedDrafts(of path: String) {
    let folder = folder(of: path)
    let name = (path as NSString).lastPathComponent + "."
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for file in files where file.hasPrefix(name) && file.hasSuffix(".new") {
      guard let process = pid_t(file.dropFirst(name.count).dropLast(".new".count)) else { continue }
      if kill(process, 0) != 0, errno == ESRCH { removeDraft("\(folder)/\(file)") }
    }
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
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

import Formats
import FoundationEssentials
import Glibc
import Operations

/// Finds, creates and names store files.
enum SQLiteFile {
  enum Access: Equatable {
    case missing
    case readOnly
    case readWrite
  }

  /// The resolved, absolute path, so that it is never a name that means something special to SQLite. Throws a
  /// `StoreError` for a dangling link.
  static func target(of path: String) throws -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    var info = stat()
    if lstat(path, &info) == 0 {
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    return path.hasPrefix("/") ? path : "./\(path)"
  }

  /// - Parameter name: how errors refer to the file. Throws `StoreError.notAStore` for a folder or an empty
  ///   file.
  static func access(_ file: String, name: String) throws -> Access {
    var info = stat()
    guard stat(file, &info) == 0 else {
      if errno == ENOENT { return .missing }
      throw StoreError.unreachable(path: name, detail: String(cString: strerror(errno)))
    }
    guard info.st_mode & S_IFMT == S_IFREG, info.st_size > 0 else { throw StoreError.notAStore(path: name) }
    if Glibc.access(file, R_OK) != 0 {
      throw StoreError.unreachable(path: name, detail: String(cString: strerror(errno)))
    }
    try checkEnd(of: file, size: Int(info.st_size), name: name)
    // SQLite needs to write its log beside the file.
    let canWrite = Glibc.access(file, W_OK) == 0 && Glibc.access(folder(of: file), W_OK) == 0
    return canWrite ? .readWrite : .readOnly
  }

  /// Whether the store is open somewhere or was left with a log.
  static func hasLogFiles(_ file: String) -> Bool {
    Glibc.access(file + "-wal", F_OK) == 0 || Glibc.access(file + "-shm", F_OK) == 0
  }

  static func hasLog(_ file: String) -> Bool {
    var info = stat()
    return stat(file + "-wal", &info) == 0 && info.st_size > 0
  }

  /// SQLite silently fills a truncated last page with zeros.
  private static func checkEnd(of file: String, size: Int, name: String) throws {
    // While there is a log, pages may be missing from the file legitimately.
    if hasLog(file) { return }
    guard let handle = fopen(file, "r") else { return }
    defer { fclose(handle) }
    var header = [UInt8](repeating: 0, count: 18)
    guard fread(&header, 1, header.count, handle) == header.count,
      header.starts(with: Array("SQLite format 3".utf8))
    else { return }
    let stated = Int(header[16]) << 8 | Int(header[17])
    if !size.isMultiple(of: stated == 1 ? 65_536 : max(stated, 1)) {
      throw StoreError.damaged(path: name, detail: "its end is missing")
    }
  }

  /// A unique name beside the store to be made.
  static func draftName(for path: String) -> String {
    "\(path)\(draftMark)\(getpid())-\(HexText.of((0..<8).map { _ in UInt8.random(in: 0...255) }))"
  }

  private static let draftMark = ".switchlist-draft-"

  /// Creates an empty file under a draft's name, which `publish` later replaces by the real one. Refuses a
  /// path beside which a log was left, since SQLite would play it into whatever appears there.
  static func makeEmptyDraft(_ draft: String, for path: String) throws {
    if Glibc.access(folder(of: path), W_OK) != 0 {
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    // If the store exists by now, the log is its own: another process made the store first and is using it.
    if hasLog(path), Glibc.access(path, F_OK) != 0 { throw StoreError.strayLog(path: path) }
    removeAbandonedDrafts(of: path)
    try makePrivateFile(draft, for: path)
  }

  /// Creates an empty store under a draft's name.
  static func makeDraft(_ draft: String, for path: String) throws {
    try makeFolder(folder(of: path), for: path)
    try makeEmptyDraft(draft, for: path)
    try SQLiteError.translating(path: path) {
      try WritableConnection(draft).withConnection { handle in
        let connection = SQLiteConnection(handle)
        defer { connection.close() }
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.inTransaction(.immediate) { try Migrator.apply(connection, dialect: .sqlite) }
      }
    }
  }

  /// Gives a draft, which must not be open, its real name; false if another process was faster.
  static func publish(_ draft: String, as path: String) throws -> Bool {
    if link(draft, path) != 0 {
      switch errno {
      case EEXIST: return false
      case EPERM, ENOSYS, ENOTSUP: if try !renameAlone(draft, to: path) { return false }
      default: throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
      }
    }
    syncFolder(folder(of: path))
    return true
  }

  /// For file systems without hard links: checks and renames under a lock.
  private static func renameAlone(_ draft: String, to path: String) throws -> Bool {
    let turn = "\(path).new-turn"
    guard mkdir(turn, 0o700) == 0 else {
      if errno == EEXIST { throw StoreError.locked(path: path) }
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    defer { rmdir(turn) }
    var info = stat()
    if stat(path, &info) == 0 { return false }
    if rename(draft, path) == 0 { return true }
    throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
  }

  static func removeDraft(_ draft: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
  }

  /// Removes drafts of killed processes: over an hour old, and the process is gone.
  private static func removeAbandonedDrafts(of path: String) {
    let folder = folder(of: path)
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last
    let prefix = (name.map { String(Substring($0)) } ?? "") + draftMark
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for file in files where file.hasPrefix(prefix) {
      var info = stat()
      guard let process = pid_t(file.dropFirst(prefix.count).prefix { $0 != "-" }),
        stat("\(folder)/\(file)", &info) == 0, time(nil) - info.st_mtim.tv_sec > 3600,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink("\(folder)/\(file)")
    }
  }

  /// Foundation's equivalent crashes on one-letter names.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Creates a folder and missing parents, accessible only to their owner, since a store contains
  /// credentials.
  static func makeFolder(_ folder: String, for path: String) throws {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST || errno == EISDIR {
      return try checkFolder(folder, for: path)
    }
    if errno == ENOENT, Self.folder(of: folder) != folder {
      try makeFolder(Self.folder(of: folder), for: path)
      if mkdir(folder, 0o700) == 0 || errno == EEXIST { return try checkFolder(folder, for: path) }
    }
    throw StoreError.unreachable(path: path, detail: "\(folder): \(String(cString: strerror(errno)))")
  }

  private static func checkFolder(_ folder: String, for path: String) throws {
    var info = stat()
    let isThere = stat(folder, &info) == 0
    if isThere, info.st_mode & S_IFMT == S_IFDIR { return }
    throw StoreError.unreachable(
      path: path, detail: "\(folder): \(String(cString: strerror(isThere ? ENOTDIR : errno)))")
  }

  /// Creates the file before SQLite does, readable only by its owner whatever the umask: SQLite gives its
  /// logs the same mode.
  private static func makePrivateFile(_ file: String, for path: String) throws {
    let descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    defer { if descriptor >= 0 { Glibc.close(descriptor) } }
    guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
      throw errno == ENOSPC || errno == EDQUOT
        ? StoreError.full(path: path)
        : StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
  }

  static func isReadableByOthers(_ file: String) -> Bool {
    var info = stat()
    return stat(file, &info) == 0 && info.st_mode & 0o077 != 0
  }

  /// Waits until a file's contents are on the disk.
  static func sync(_ file: String, name: String) throws {
    let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { Glibc.close(descriptor) } }
    if descriptor < 0 || fsync(descriptor) != 0 {
      throw StoreError.unreachable(path: name, detail: String(cString: strerror(errno)))
    }
  }

  /// In bytes; 0 if there is none.
  static func size(_ file: String) -> Int {
    var info = stat()
    return stat(file, &info) == 0 ? Int(info.st_size) : 0
  }

  /// A file's name is durable once its folder is.
  private static func syncFolder(_ folder: String) {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }
}

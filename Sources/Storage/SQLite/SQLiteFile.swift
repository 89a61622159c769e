import Formats
import FoundationEssentials
import Glibc
import Operations

/// Finds, makes and names the file of a store.
enum SQLiteFile {
  enum Access: Equatable {
    case missing
    case readOnly
    case readWrite
  }

  /// The file that a path leads to, as SQLite must see it: absolute, so that it is never one of the names
  /// that mean something else to SQLite. Throws a `StoreError` for a link that leads nowhere.
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

  /// - Parameter name: what errors call the file. Throws `StoreError.notAStore` for a folder or an empty file.
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
    // SQLite writes its log beside the file.
    let canWrite = Glibc.access(file, W_OK) == 0 && Glibc.access(folder(of: file), W_OK) == 0
    return canWrite ? .readWrite : .readOnly
  }

  /// Whether somebody has it open, or left a log behind.
  static func hasLogFiles(_ file: String) -> Bool {
    Glibc.access(file + "-wal", F_OK) == 0 || Glibc.access(file + "-shm", F_OK) == 0
  }

  static func hasLog(_ file: String) -> Bool {
    var info = stat()
    return stat(file + "-wal", &info) == 0 && info.st_size > 0
  }

  /// SQLite fills up a page that is cut short with zeros, without a word.
  private static func checkEnd(of file: String, size: Int, name: String) throws {
    // While there is a log, its pages may be on their way into the file.
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

  /// A name that nobody else gives, beside the store that is to be made.
  static func draftName(for path: String) -> String {
    "\(path)\(draftMark)\(getpid())-\(HexText.of((0..<8).map { _ in UInt8.random(in: 0...255) }))"
  }

  private static let draftMark = ".switchlist-draft-"

  /// Makes an empty file under a draft's name, from which `publish` gives it its true one. Refuses a path beside which a
  /// log was left, since SQLite would play it into whatever comes to stand there.
  static func makeEmptyDraft(_ draft: String, for path: String) throws {
    if Glibc.access(folder(of: path), W_OK) != 0 {
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    // A log beside a store belongs to it: another maker was faster, and somebody uses it already.
    if hasLog(path), Glibc.access(path, F_OK) != 0 { throw StoreError.strayLog(path: path) }
    removeAbandonedDrafts(of: path)
    try makePrivateFile(draft, for: path)
  }

  /// Makes an empty store under a draft's name.
  static func makeDraft(_ draft: String, for path: String) throws {
    try makeFolder(folder(of: path), for: path)
    try makeEmptyDraft(draft, for: path)
    try SQLiteError.translating(path: path) {
      try WritableConnection(draft).withConnection { handle in
        let connection = SQLiteConnection(handle)
        defer { connection.close() }
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.inTransaction(.immediate) { try Migrations.apply(connection, dialect: .sqlite) }
      }
    }
  }

  /// Gives a draft, which nobody has open, its name; false when another maker was faster.
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

  /// For file systems without hard links: one maker at a time looks and renames.
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

  /// Takes away what makers left that were killed: over an hour old, and their process is gone.
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

  /// Foundation's own way to it ends the program for a name of one letter.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder, and those above it that are missing, for its owner alone: a store holds who may use it.
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

  /// SQLite gives its logs the mode of their file, so the file is there before it: readable by its owner alone, whatever
  /// new files usually are.
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

  /// Waits until what was written to a file is on the disk.
  static func sync(_ file: String, name: String) throws {
    let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { Glibc.close(descriptor) } }
    if descriptor < 0 || fsync(descriptor) != 0 {
      throw StoreError.unreachable(path: name, detail: String(cString: strerror(errno)))
    }
  }

  /// In bytes; 0 where there is none.
  static func size(_ file: String) -> Int {
    var info = stat()
    return stat(file, &info) == 0 ? Int(info.st_size) : 0
  }

  /// A name is on the disk when its folder is.
  private static func syncFolder(_ folder: String) {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }
}

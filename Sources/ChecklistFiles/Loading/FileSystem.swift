import Domain
import Glibc
import YAMLReading

/// Reads the files and folders in which definitions are kept.
enum FileSystem {
  /// Whether a path is a folder, following links.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The bytes of a regular file, at most one more than a document may have. Nil if a symbolic link leads out
  /// of `root`: whoever may write into the folder must not be able to have other people's files read.
  ///
  /// - Parameter root: the folder; nil allows every path.
  static func read(_ path: String, within root: String?) throws(FileFailure) -> [UInt8]? {
    // Otherwise opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    if let root, !liesWithin(descriptor, as: path, within: root) { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      if status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
      throw FileFailure(
        path, en: "this is a pipe or a device, not a file; name a regular file",
        zh: "这是管道或设备，不是文件；请指定普通文件")
    }
    let most = YAMLLimits().bytes + 1
    // The file may grow while it is read.
    let expected = min(most, max(0, Int(status.st_size)) + 1)
    var bytes: [UInt8] = []
    var wanted = expected
    while bytes.count < most {
      let count = bytes.count
      var problem: Int32 = 0
      bytes.append(addingCapacity: wanted) { target in
        let read = Glibc.read(descriptor, target.baseAddress, wanted)
        problem = read < 0 ? errno : 0
        return max(0, read)
      }
      if problem == EINTR { continue }
      guard problem == 0 else { throw failure(path, problem) }
      if bytes.count == count { break }
      wanted = min(most - bytes.count, 1 << 16)
    }
    return bytes
  }

  /// Checks what was actually opened, so that no link can be swapped in between. The folder itself may be a
  /// link.
  private static func liesWithin(_ descriptor: Int32, as path: String, within root: String) -> Bool {
    guard let folder = resolved(root),
      let file = resolved("/proc/self/fd/\(descriptor)") ?? resolved(path)
    else { return false }
    return file.starts(with: folder == [slash] ? folder : folder + [slash])
  }

  private static let slash = UInt8(ascii: "/")

  /// The path with links resolved, in bytes.
  private static func resolved(_ path: String) -> [UInt8]? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }

  /// The names in a folder, without hidden ones, in byte order.
  static func names(in path: String) throws(FileFailure) -> [String] {
    guard let folder = opendir(path) else { throw failure(path, errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func failure(_ path: String, _ number: Int32) -> FileFailure {
    switch number {
    case ENOENT: FileFailure(path, en: "there is no such file or folder", zh: "没有这个文件或文件夹")
    case EISDIR:
      FileFailure(path, en: "this is a folder, not a file", zh: "这是文件夹，不是文件")
    case ENOTDIR: FileFailure(path, en: "this is not a folder", zh: "这不是文件夹")
    case EACCES, EPERM:
      FileFailure(path, en: "you may not read this; check its permissions", zh: "没有读取权限；请检查文件的权限")
    case ELOOP: FileFailure(path, en: "the links here lead in a circle", zh: "这里的链接互相指向，形成循环")
    default:
      FileFailure(
        path, en: "this can't be read: \(String(cString: strerror(number)))",
        zh: "无法读取：\(String(cString: strerror(number)))")
    }
  }
}

extension [UInt8] {
  /// Appends what `body` writes into spare capacity; it returns the number of bytes.
  fileprivate mutating func append(
    addingCapacity room: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) {
    let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in count = body(buffer) }
    if isEmpty { self = piece } else { append(contentsOf: piece) }
  }
}

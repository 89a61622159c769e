import Domain
import Glibc
import Reports

/// Reads files that a command is given.
enum InputFile {
  /// In bytes, for a file that is read as a whole.
  static let limit = 256 << 20

  /// Reads standard input without a path; throws a `CommandFailure` that names the file and the reason.
  static func read(_ path: String?, most: Int = limit) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachChunk(path) { chunk in
      bytes.append(contentsOf: chunk)
      if bytes.count > most { throw failure(path ?? "-", EFBIG, most: most) }
    }
    return bytes
  }

  /// - Parameter mustBeRegular: refuses files without a size of their own, such as pipes.
  static func forEachChunk(
    _ path: String?, mustBeRegular: Bool = false, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let descriptor = try path.map { try open($0, mustBeRegular: mustBeRegular) } ?? STDIN_FILENO
    defer { if path != nil { close(descriptor) } }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        if path == nil, errno == EBADF { throw closedInput }
        throw failure(path ?? "-", errno)
      }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// In bytes; 0 for anything but a regular file.
  static func size(_ path: String) throws -> Int {
    var info = stat()
    guard stat(path, &info) == 0 else { throw failure(path, errno) }
    return info.st_mode & S_IFMT == S_IFREG ? Int(info.st_size) : 0
  }

  private static func open(_ path: String, mustBeRegular: Bool) throws -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw failure(path, errno) }
    do { try check(descriptor, path, mustBeRegular: mustBeRegular) } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Refuses folders, endless devices, and pipes without a writer.
  private static func check(_ descriptor: Int32, _ path: String, mustBeRegular: Bool) throws {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw failure(path, errno) }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw failure(path, EISDIR)
    case S_IFIFO where !mustBeRegular:
      // Until the first writer opens the pipe, Linux reports neither input nor a hang-up.
      var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waited, 1, 1000) == 0 { throw failure(path, EPIPE) }
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    case S_IFCHR where !mustBeRegular && isatty(descriptor) == 1:
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    default: throw failure(path, ENODEV)
    }
  }

  static var closedInput: CommandFailure {
    CommandFailure(
      Wording(
        en: "standard input is closed, so nothing was given; send it a file, or name one in place of -",
        zh: "标准输入已关闭，没有收到内容；请输入文件内容，或用文件名代替 -"))
  }

  private static func failure(_ path: String, _ code: Int32, most: Int = limit) -> CommandFailure {
    let system = String(cString: strerror(code))
    let reason: Wording =
      switch code {
      case ENOENT: Wording(en: "there is no such file", zh: "没有这个文件")
      case EACCES: Wording(en: "no permission to read it", zh: "没有读取权限")
      case EISDIR: Wording(en: "it is a folder; name a file", zh: "这是文件夹；请指定文件")
      case EFBIG:
        Wording(en: "too large; \(most >> 20) MB are the most", zh: "文件太大；最多 \(most >> 20) MB")
      case EPIPE: Wording(en: "nobody writes into this pipe", zh: "没有程序向这个管道写入")
      case ENODEV: Wording(en: "it is a pipe or a device; name a file", zh: "这是管道或设备；请指定文件")
      default: Wording(en: system, zh: system)
      }
    return CommandFailure(
      Wording(en: "\(TerminalText.safe(path)): \(reason.en)", zh: "\(TerminalText.safe(path))：\(reason.zh)"))
  }
}

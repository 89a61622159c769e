import ArgumentParser
import Domain
import Foundation
import Operations
import Reports

/// One shop, or `@FILE` with a shop's id on each line (`@-`: standard input).
struct ShopArgument: ExpressibleByArgument {
  let text: String

  init?(argument: String) { text = argument }

  static var help: ArgumentHelp {
    ArgumentHelp(
      say(
        en: "The shop's id; or @FILE, a file with an id on each line (@-: standard input).",
        zh: "店铺编号；或 @文件：每行一个编号（@-：标准输入）。"),
      valueName: "shop")
  }

  var isFile: Bool { text.hasPrefix("@") }

  /// Throws `Refusal.badShopID`.
  func single() throws -> ShopID {
    guard let id = ShopID(text) else { throw Refusal.badShopID(text) }
    return id
  }

  /// The ids in the file, each once, in its order; what can't be an id is given as it stands.
  func lines() throws -> [(text: String, id: ShopID?)] {
    let path = String(text.dropFirst())
    let bytes = try InputFile.read(path == "-" ? nil : path)
    guard let content = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(
        Wording(en: "\(path): not UTF-8; save the file as UTF-8", zh: "\(path)：不是 UTF-8 编码；请另存为 UTF-8"))
    }
    var seen: Set<String> = []
    return content.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\u{FEFF}"))) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
      .map { ($0, ShopID($0)) }
  }
}

/// Files that a command is given.
enum InputFile {
  /// Standard input without a path; throws a `CommandFailure` that names the file and why.
  static func read(_ path: String?) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachChunk(path) { bytes.append(contentsOf: $0) }
    return bytes
  }

  static func forEachChunk(_ path: String?, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let descriptor = try path.map { try open($0) } ?? STDIN_FILENO
    defer { if path != nil { close(descriptor) } }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path ?? "-", errno)
      }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Not a folder, and nothing that would wait for a writer for ever.
  private static func open(_ path: String) throws -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw failure(path, errno) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw failure(path, EISDIR)
    }
    if info.st_mode & S_IFMT == S_IFIFO {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    }
    return descriptor
  }

  private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    let reason: Wording =
      switch code {
      case ENOENT: Wording(en: "there is no such file", zh: "没有这个文件")
      case EACCES: Wording(en: "no permission to read it", zh: "没有读取权限")
      case EISDIR: Wording(en: "it is a folder; name a file", zh: "这是文件夹；请指定文件")
      default: Wording(en: String(cString: strerror(code)), zh: String(cString: strerror(code)))
      }
    return CommandFailure(Wording(en: "\(path): \(reason.en)", zh: "\(path)：\(reason.zh)"))
  }
}

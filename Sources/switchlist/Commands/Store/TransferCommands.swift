import ArgumentParser
import Domain
import FoundationEssentials
import Glibc
import Operations
import Reports
import Storage

struct ExportCommand: Command {
  static var formats: [Format] { [.text] }
  static var endsWithItsOutput: Bool { true }

  static var configuration: CommandConfiguration {
    configured(
      "export", Wording(en: "Write the whole store as JSON Lines.", zh: "把整个数据库导出为 JSON Lines。"),
      details: Wording(
        en: """
          Without a file, to standard output. A file appears whole or not at all; import takes it, on any \
          machine and any engine. Each event's hash is SHA-256 over the 32 bytes of the hash before it \
          (zeros at first) and the event's bytes as they stand in the line.
          """,
        zh: """
          不写文件名则输出到标准输出。文件要么完整生成，要么不生成；可在任何机器上用 import 导入。\
          每条事件的哈希是对前一条哈希的 32 个字节（最初为零）和本条事件的原始字节计算的 SHA-256。
          """),
      example: "switchlist export backup.jsonl")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The file to write.", zh: "要写入的文件。"), valueName: "file"),
    completion: .file())
  var file: String?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let store = try invocation.store()
    guard let file, file != "-" else {
      _ = try store.read { try ExportStore()(from: $0, flush: invocation.console.flush) }
      return
    }
    if case .file(let path) = try invocation.storeLocation() { try refuseTheStoreItself(file, path) }
    let output = try NewFile(file)
    let total = try store.read { try $0.countShops(ShopFilter(includesArchived: true)) }
    let bar = ProgressBar(total: total, isShown: invocation.console.showsProgress)
    defer { bar.end() }
    let counts = try store.read { reading in
      try ExportStore()(from: reading, progress: { bar.show($0.shops) }, flush: output.write)
    }
    try output.finish()
    bar.end()
    invocation.console.note(
      say(
        en: "\(file): \(CountPhrases.shops(counts.shops).en), \(CountPhrases.events(counts.events).en)",
        zh: "\(file)：\(counts.shops) 家店铺，\(counts.events) 条事件"))
  }
}

extension ExportCommand {
  /// Otherwise a mistake in completing the path could overwrite the store with its export.
  private func refuseTheStoreItself(_ file: String, _ store: String) throws {
    var (output, kept) = (stat(), stat())
    guard stat(file, &output) == 0 else { return }
    for ending in ["", "-wal", "-shm"] where stat(store + ending, &kept) == 0 {
      if output.st_dev == kept.st_dev, output.st_ino == kept.st_ino {
        throw CommandFailure(
          Wording(
            en: "\(TerminalText.safe(file)) is the store itself; name another file",
            zh: "\(TerminalText.safe(file)) 就是数据库本身；请换一个文件名"))
      }
    }
  }
}

/// A file that gets its name only when it is complete and on the disk. Pipes and devices are written to
/// directly.
final class NewFile {
  private let path: String
  /// Nil for pipes and devices.
  private let draft: (name: String, target: String)?
  private let descriptor: Int32
  private var isFinished = false

  init(_ path: String) throws {
    self.path = path
    var info = stat()
    let exists = stat(path, &info) == 0
    if exists, info.st_mode & S_IFMT != S_IFREG {
      draft = nil
      descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A symbolic link is kept; its target is replaced.
      let target = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
      let name = "\(target).\(getpid()).new"
      draft = (name, target)
      let mode = exists ? info.st_mode & 0o777 : 0o600
      descriptor = Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    }
    if descriptor < 0 { throw Self.failure(path, errno) }
  }

  func write(_ bytes: inout [UInt8]) throws {
    do { try Console.write(bytes, to: descriptor) } catch let failure as OutputFailure {
      throw Self.failure(path, failure.code)
    }
    bytes.removeAll(keepingCapacity: true)
  }

  func finish() throws {
    if let draft {
      guard fsync(descriptor) == 0, rename(draft.name, draft.target) == 0 else {
        throw Self.failure(path, errno)
      }
    }
    isFinished = true
  }

  deinit {
    close(descriptor)
    if let draft, !isFinished { unlink(draft.name) }
  }

  private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    let reason = String(cString: strerror(code))
    let name = TerminalText.safe(path)
    return CommandFailure(
      Wording(en: "\(name) can't be written: \(reason)", zh: "无法写入 \(name)：\(reason)"))
  }
}

struct ImportCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "import", Wording(en: "Read an export into an empty store.", zh: "把导出文件导入空的数据库。"),
      details: Wording(
        en: "Every hash is verified on the way; all of it is taken or nothing.",
        zh: "导入时逐条核对哈希；要么全部导入，要么都不导入。"),
      example: "switchlist import backup.jsonl --store copy.sqlite")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The file; -: standard input.", zh: "文件；-：标准输入。"), valueName: "file"),
    completion: .file())
  var file: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let path = try invocation.storeLocation().name
    // Checked first, so that an unreadable file doesn't create a store.
    let size = file == "-" ? 0 : try InputFile.size(file)
    let bar = ProgressBar(total: size, isShown: invocation.console.showsProgress)
    defer { bar.end() }
    let counts = try invocation.writeCreating { transaction in
      // Of two imports into an empty store the second finds what the first has brought.
      try transaction.lockPeople()
      if try !transaction.isEmpty { throw StoreError.notEmpty(path: path) }
      var importing = ImportStore(in: transaction)
      var lines = LineReader()
      var bytesRead = 0
      try InputFile.forEachChunk(file == "-" ? nil : file) { chunk in
        bytesRead += chunk.count
        try lines.read(chunk) { try importing.read($0) }
        bar.show(bytesRead)
      }
      try lines.end { try importing.read($0) }
      return try importing.finish()
    }
    bar.end()
    try invocation.console.print(
      say(
        en:
          "imported \(CountPhrases.shops(counts.shops).en), \(CountPhrases.events(counts.events).en); every hash is right",
        zh: "已导入 \(counts.shops) 家店铺、\(counts.events) 条事件；哈希全部正确"))
  }
}

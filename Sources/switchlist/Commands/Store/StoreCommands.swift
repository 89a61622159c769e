import ArgumentParser
import Domain
import Operations
import Reports
import Storage

struct StoreCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "store", abstract: say(en: "Look after the store itself.", zh: "维护数据库本身。"),
      subcommands: [
        StoreStatusCommand.self, StoreMigrateCommand.self, StoreCheckCommand.self, StoreBackupCommand.self,
        StoreRestoreCommand.self,
      ])
  }
}

struct StoreStatusCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "status", Wording(en: "Say where the store is, how large, and what is in it.", zh: "查看数据库的位置、大小和内容。"),
      details: Wording(en: "Nothing is changed, not even an older schema.", zh: "不作任何改动，也不升级旧版本的结构。"),
      example: "switchlist store status")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let status = try status(invocation)
    if options.format == .json { return try invocation.console.write(StoreStatusText.json(status)) }
    try invocation.console.write(
      Array(
        StoreStatusText.text(status, ProcessLanguage.language, in: invocation.readersZone).utf8))
  }

  private func status(_ invocation: Invocation) throws -> StoreStatus {
    switch try invocation.storeLocation() {
    case .file(let path): try SQLiteMaintenance(path: path).status()
    case .postgreSQL(let address): try PostgreSQLStore.status(of: address)
    }
  }
}

struct StoreMigrateCommand: Command {
  static var formats: [Format] { [.text] }
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "migrate",
      Wording(en: "Bring the store's tables to this version.", zh: "把数据库的表升级到本版本。"),
      details: Wording(
        en: """
          In a PostgreSQL database without tables it makes them; nothing else does. A file is brought up by any command \
          that opens it. One process at a time; repeating it changes nothing.
          """,
        zh: "在还没有表的 PostgreSQL 数据库中，只有本命令会新建这些表。文件会由打开它的任一命令自动升级。一次只有一个进程执行；重复执行不再作改动。"),
      example: "switchlist store migrate")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let location = try invocation.storeLocation()
    let isChanged =
      switch location {
      case .file(let path): try SQLiteShopStore(path: path).wasUpgraded
      case .postgreSQL(let address): try PostgreSQLStore.migrate(address)
      }
    let name = TerminalText.safe(location.name)
    try invocation.console.print(
      isChanged
        ? say(en: "\(name): brought up to this version", zh: "\(name)：已升级到本版本")
        : say(en: "\(name) is of this version already; nothing was changed", zh: "\(name) 已经是本版本，未作改动"))
  }
}

struct StoreCheckCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "check",
      Wording(en: "Examine the store from its file to every shop's chain.", zh: "检查数据库：从文件到每家店铺的事件链。"),
      details: Wording(
        en: """
          The file's own structure, rows that refer to nothing, then each shop as history --verify does. Exit status 1 \
          means a finding. With --repair counters, states, bindings and switches that differ from a shop's events are \
          made anew from these; a broken chain and a damaged file are left as they are.
          """,
        zh: """
          检查文件结构、引用是否完整，再像 history --verify 那样核对每家店铺。退出状态 1 表示有发现。\
          加 --repair 时，与店铺事件不符的计数、状态、绑定和换绑会按事件重建；事件链已断或文件损坏则不作改动。
          """),
      example: "switchlist store check")
  }

  @Flag(help: ArgumentHelp(sayInHelp(en: "Mend what follows from the events.", zh: "按事件修复可推导的内容。")))
  var repair = false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let location = try invocation.storeLocation()
    let path = location.name
    var result = StoreCheckResult()
    // A database server examines its own files.
    if case .file = location { result.faults = try faults(of: path) } else { result.isInFile = false }
    if result.faults.isEmpty {
      try verifyShops(invocation, &result)
      if repair { try mend(invocation, &result) }
    }
    if case .file = location { invocation.warnIfReadableByOthers(path) }
    try invocation.console.write(
      options.format == .json
        ? result.json(path, ProcessLanguage.language)
        : Array(result.text(path, ProcessLanguage.language).utf8))
    if !result.isWell { throw ExitCode.finding }
  }

  /// A file that is too damaged to open is a finding as well.
  private func faults(of path: String) throws -> [StoreFault] {
    do {
      let maintenance = try SQLiteMaintenance(path: path)
      let faults = try maintenance.faults()
      if faults.isEmpty, try maintenance.status().schema == .ahead {
        throw StoreError.newerSchema(path: path)
      }
      return faults
    } catch StoreError.damaged(_, let detail) {
      return [.structure(detail)]
    }
  }

  private func verifyShops(_ invocation: Invocation, _ result: inout StoreCheckResult) throws {
    try invocation.store().read { reading in
      var shops: [ShopID] = []
      try reading.forEachShop(ShopFilter(includesArchived: true)) { shops.append($0.shop.id) }
      let bar = ProgressBar(total: shops.count, isShown: invocation.console.showsProgress)
      defer { bar.end() }
      for shop in shops {
        let verdict = try VerifyHistory()(shop, head: nil, in: reading)
        if !verdict.breaks.isEmpty { result.shops.append((shop, verdict)) }
        result.shopCount += 1
        result.eventCount += verdict.head.number
        bar.show(result.shopCount)
      }
    }
  }
}

extension StoreCheckCommand {
  /// Each shop in a transaction of its own.
  private func mend(_ invocation: Invocation, _ result: inout StoreCheckResult) throws {
    let store = try invocation.store()
    result.mended = []
    for (shop, _) in result.shops {
      let (before, after) = try store.write { try RepairShop()(shop, in: $0) }
      if !before.breaks.isEmpty, after.breaks.isEmpty { result.mended?.append(shop) }
    }
  }
}

struct StoreBackupCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "backup", Wording(en: "Copy the store to a new file, whoever is using it.", zh: "把数据库备份到新文件，使用中也可以。"),
      details: Wording(
        en: """
          The copy is the store of one moment, also while serve runs and others write. It is opened and examined before \
          it gets its name; a file that is there already is refused. It holds what the store holds, passwords' hashes \
          and proofs too, and is made for its owner alone.
          """,
        zh: """
          备份是某一时刻的完整数据库，serve 运行、别人写入时也可以备份。备份文件经打开、检查后才会出现；已存在的文件不会被覆盖。\
          其中也有密码哈希和凭证，只有所有者可以读取。
          """),
      example: "switchlist store backup today.sqlite")
  }

  @Argument(
    help: ArgumentHelp(
      sayInHelp(en: "The file to make.", zh: "要生成的文件。"), valueName: "file"), completion: .file())
  var file: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let path = try invocation.storePath(
      instead: Wording(
        en:
          "PostgreSQL copies its databases itself: pg_dump --format=custom, or pg_basebackup for the whole server; switchlist export makes a portable copy",
        zh: "PostgreSQL 有自己的备份工具：pg_dump --format=custom，或用 pg_basebackup 备份整个服务器；switchlist export 可导出通用备份"))
    let bar = PageBar(invocation.console)
    defer { bar.end() }
    let status = try SQLiteMaintenance(path: path).backUp(to: file, progress: bar.show)
    bar.end()
    try invocation.console.tell(status, options.format) { contents in
      Wording(
        en: "\(TerminalText.safe(file)): \(contents.en); opened and examined",
        zh: "\(TerminalText.safe(file))：\(contents.zh)；已打开并检查")
    }
  }
}

struct StoreRestoreCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "restore", Wording(en: "Make a new store of a backup.", zh: "用备份文件新建数据库。"),
      details: Wording(
        en: """
          Only where there is none: a store is never replaced, so move the old one away first, with its -wal and -shm. The \
          backup is examined on the way, and a former version's is brought up to this program's.
          """,
        zh: """
          只在没有数据库的位置新建，绝不覆盖：请先把旧数据库连同 -wal、-shm 一起移走。恢复时会检查备份文件；旧版本的备份会升级到本程序的版本。
          """),
      example: "switchlist store restore backup.sqlite --store restored.sqlite")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The backup.", zh: "备份文件。"), valueName: "file"), completion: .file())
  var file: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let path = try invocation.storePath(
      instead: Wording(
        en: "restore it with pg_restore, or import an export: switchlist import FILE",
        zh: "请用 pg_restore 恢复，或导入之前的导出文件：switchlist import 文件"))
    let bar = PageBar(invocation.console)
    defer { bar.end() }
    let status = try SQLiteMaintenance.restore(from: file, to: path, progress: bar.show)
    bar.end()
    try invocation.console.tell(status, options.format) { contents in
      Wording(
        en: "\(TerminalText.safe(path)): \(contents.en); restored from \(TerminalText.safe(file))",
        zh: "\(TerminalText.safe(path))：\(contents.zh)；已从 \(TerminalText.safe(file)) 恢复")
    }
  }
}

extension Console {
  fileprivate func tell(_ status: StoreStatus, _ format: Format, _ words: (Wording) -> Wording) throws {
    if format == .json { return try write(StoreStatusText.json(status)) }
    try print(words(StoreStatusText.contents(status)).said)
  }
}

/// A progress bar whose total is only known once copying has begun.
private final class PageBar {
  private let console: Console
  private var bar: ProgressBar?

  init(_ console: Console) { self.console = console }

  func show(_ done: Int, of total: Int) {
    let bar = self.bar ?? ProgressBar(total: total, isShown: console.showsProgress)
    self.bar = bar
    bar.show(done)
  }

  func end() { bar?.end() }
}

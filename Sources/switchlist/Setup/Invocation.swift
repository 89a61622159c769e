import ChecklistFiles
import Domain
import FoundationEssentials
import Glibc
import Operations
import Reports
import Storage
import Synchronization

/// Everything that a command works with: the clock, the author, the store, the checklists, the terminal. The
/// only place where the parts are wired together.
struct Invocation {
  let options: SharedOptions
  let environment: Environment
  let now: Moment
  let zones: ZoneDirectory
  let console: Console
  private let platformZones = PlatformZones()

  init(_ options: SharedOptions) throws {
    self.options = options
    environment = Environment()
    try Self.checkLanguage(environment)
    now = try Self.now(options, environment)
    zones = SystemZones.directory
    console = Console(color: options.color, environment: environment)
  }

  /// For long-running commands: the current time, unless one was set.
  var currentMoment: Moment { Self.nowGiven(options, environment) == nil ? Self.clock() : now }

  /// The clock for a server: the current time, unless one was set.
  var movingClock: @Sendable () -> Moment {
    let set = Self.nowGiven(options, environment) == nil ? nil : now
    return { set ?? Self.clock() }
  }

  private static func clock() -> Moment { Moment(seconds: Int64(time(nil))) }

  /// The time that was set with `--now` or `SWITCHLIST_NOW`.
  private static func nowGiven(_ options: SharedOptions, _ environment: Environment) -> String? {
    options.now ?? environment.filled("SWITCHLIST_NOW")
  }

  /// Otherwise an unknown language would be ignored silently.
  private static func checkLanguage(_ environment: Environment) throws {
    guard let given = environment.filled("SWITCHLIST_LANG"), Language(tag: given) == nil else { return }
    throw UsageFailure(
      Wording(
        en: "SWITCHLIST_LANG '\(given.quotable)' isn't a language that there is; use zh or en",
        zh: "SWITCHLIST_LANG “\(given.quotable)”不是可用的语言；请用 zh 或 en"))
  }

  private static func now(_ options: SharedOptions, _ environment: Environment) throws -> Moment {
    guard let given = nowGiven(options, environment) else { return clock() }
    do throws(TimeTextError) { return try TimeText.moment(given) } catch {
      throw UsageFailure(
        Wording(
          en: "--now '\(given.quotable)': \(error.wording.en)",
          zh: "--now “\(given.quotable)”：\(error.wording.zh)"))
    }
  }

  func author() throws -> Author {
    let login = LoginName.current(environment)
    let name = options.author ?? environment.filled("SWITCHLIST_ACTOR")
    return try Author(
      name: name ?? login, login: login, channel: .commandLine, isLead: options.asLead,
      clockWasSet: Self.nowGiven(options, environment) != nil)
  }

  /// Opens the store; throws a `StoreError`.
  func store() throws -> any ShopStore {
    switch try storeLocation() {
    case .postgreSQL(let address): return try PostgreSQLStore(address)
    case .file(let path):
      let store = try SQLiteShopStore(path: path)
      if store.wasUpgraded { warnIfReadableByOthers(path) }
      return store
    }
  }

  /// Printed only when an older store is migrated and when a server starts.
  func warnIfReadableByOthers(_ path: String) {
    if !SQLiteShopStore.isReadableByOthers(path: path) { return }
    let name = TerminalText.safe(path)
    console.warn(
      say(
        en:
          "others on this machine may read \(name), which holds passwords' hashes and proofs; run: chmod 600 \(name)",
        zh: "本机其他用户可以读取 \(name)，其中有密码哈希和凭证；请执行：chmod 600 \(name)"))
  }

  /// Changes the store, creating it if there is none. A database gets its tables by `store migrate` alone.
  func writeCreating<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    switch try storeLocation() {
    case .postgreSQL(let address): return try PostgreSQLStore(address).write(body)
    case .file(let path):
      return try SQLiteShopStore.write(
        creatingAt: path, opened: { if $0.wasUpgraded { warnIfReadableByOthers(path) } }, body)
    }
  }

  /// Where the store is. Throws a `StoreError` for an address that can't be read.
  func storeLocation() throws -> StoreLocation {
    let variable = environment.filled("SWITCHLIST_STORE")
    if let url = options.store ?? variable, PostgreSQLAddress.isOne(url) {
      return .postgreSQL(try PostgreSQLAddress(url, refusesPassword: options.store != nil))
    }
    return .file(try filePath())
  }

  /// The file of a store in SQLite; throws for one on PostgreSQL.
  ///
  /// - Parameter instead: what to do there.
  func storePath(instead: Wording) throws -> String {
    switch try storeLocation() {
    case .file(let path): return path
    case .postgreSQL(let address):
      throw CommandFailure(
        Wording(en: "\(address.name): \(instead.en)", zh: "\(address.name)：\(instead.zh)"))
    }
  }

  private func filePath() throws -> String {
    guard let url = options.store ?? environment.filled("SWITCHLIST_STORE")
    else { return Folders(environment).data + "/switchlist.sqlite" }
    let hasScheme = url.prefix("sqlite:".count).lowercased() == "sqlite:"
    if !hasScheme, url.contains("://") { throw StoreError.unknownEngine(url) }
    let path = String(hasScheme ? url.dropFirst("sqlite:".count) : url[...])
    // In a URL two slashes precede a host; taken as a path it would lie in the root folder.
    if hasScheme, path.hasPrefix("//"), !path.hasPrefix("///") {
      let name = TerminalText.safe(String(path.dropFirst(2)))
      throw CommandFailure(
        Wording(
          en:
            "the store '\(TerminalText.safe(url))' has two slashes; write sqlite:\(name) for a file here, or sqlite:///… for one from the root",
          zh: "数据库“\(TerminalText.safe(url))”多了两个斜杠；当前文件夹里的文件请写 sqlite:\(name)，从根目录起请写 sqlite:///…"))
    }
    if path.isEmpty {
      throw CommandFailure(
        Wording(
          en: "--store names no file; give a path, such as --store shops.sqlite",
          zh: "--store 没有写文件；请给出路径，如 --store shops.sqlite"))
    }
    return path
  }

  /// The folder of checklists to use: the one given, else the first default one that exists. Throws where the store
  /// holds it.
  func checklistFolder() throws -> String {
    if hasChecklistsInStore {
      throw CommandFailure(
        Wording(
          en: "this needs a folder of files; write the store's into one: switchlist definitions pull FOLDER",
          zh: "这个命令需要文件夹；请先把数据库里的清单取出来：switchlist definitions pull 文件夹"))
    }
    let given = options.checklists ?? environment.filled("SWITCHLIST_CHECKLISTS")
    if let given { return given }
    let usual = [
      "./checklists", Folders(environment).configuration + "/checklists", Self.besideTheProgram,
      "/usr/local/share/switchlist/checklists", "/usr/share/switchlist/checklists",
    ]
    var isFolder = false
    let found = usual.first {
      FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && isFolder
    }
    guard let found else {
      throw CommandFailure(
        Wording(
          en:
            "there are no checklists in \(usual.joined(separator: ", ")); name their folder with --checklists",
          zh: "以下位置都没有清单文件：\(usual.joined(separator: "、"))；请用 --checklists 指定文件夹"))
    }
    return found
  }

  /// The folder's location in an installation under any prefix.
  private static var besideTheProgram: String {
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/"
    let prefix = URL(fileURLWithPath: program).deletingLastPathComponent().deletingLastPathComponent()
    return prefix.path + "/share/switchlist/checklists"
  }

  /// Whether `--checklists store:` names the folder that was pushed into the store.
  var hasChecklistsInStore: Bool {
    (options.checklists ?? environment.filled("SWITCHLIST_CHECKLISTS")) == DefinitionsInStore.name
  }

  /// The definitions, of the folder or of the store, with what is wrong in them.
  func loadedDefinitions() throws -> LoadedFolder { try definitionSource().load(zones) }

  private func definitionSource() throws -> DefinitionSource {
    hasChecklistsInStore ? .store(try storeLocation()) : .folder(try checklistFolder())
  }

  /// The usable checklists. Errors in others are printed to standard error.
  func definitions() throws -> Definitions {
    let loaded = try loadedDefinitions()
    for failure in loaded.failures { console.warn(failure.message.said) }
    let broken = Set(loaded.findings.filter { $0.severity == .error }.map(\.file)).sorted()
    for file in broken {
      console.warn(
        say(
          en:
            "\(file) has mistakes and isn't used; see: switchlist lint \(hasChecklistsInStore ? "FOLDER" : file)",
          zh: "\(file) 有错误，未被使用；查看：switchlist lint \(hasChecklistsInStore ? "文件夹" : file)"))
    }
    return Definitions(
      checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
      platforms: loaded.platforms)
  }

  /// The reader's zone, for output over several zones: `TZ`, else the system's, else UTC.
  var readersZone: Zone { ReadersZone.of(environment["TZ"], in: zones, folder: SystemZones.folder) }

  /// Reads the platforms' files only for shops without a zone of their own; unreadable ones are ignored.
  var shopZones: ShopZones {
    let (source, zones, known) = (try? definitionSource(), zones, platformZones)
    return ShopZones(zones) { platform in
      known.name(of: platform) {
        guard let loaded = try? source?.load(zones) else { return [:] }
        return loaded.platforms.compactMapValues(\.timeZone)
      }
    }
  }
}

/// The zones that platforms' files name, read once.
private final class PlatformZones: Sendable {
  private let names = Mutex<[String: String]?>(nil)

  func name(of platform: String, _ read: () -> [String: String]) -> String? {
    names.withLock { names in
      let known = names ?? read()
      names = known
      return known[platform]
    }
  }
}

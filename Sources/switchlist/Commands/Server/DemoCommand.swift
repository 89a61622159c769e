import ArgumentParser
import Domain
import Glibc
import Operations
import Reports
import Storage
import Web
import WebCore

struct DemoCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "demo", Wording(en: "Show the main job with an example shop.", zh: "用一家示例店铺演示主要用法。"),
      details: Wording(
        en: "It has a store of its own, made anew each time; your shops aren't touched.",
        zh: "演示使用单独的数据库，每次重新生成，不影响您的店铺。"),
      example: "switchlist demo --lang zh")
  }

  @Flag(
    help: ArgumentHelp(
      sayInHelp(
        en: "Open it all as pages, with more example shops, on this machine alone.",
        zh: "用网页打开演示，带更多示例店铺，仅限本机。")))
  var serve = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "With --serve: the address and port; default: 127.0.0.1:8080.",
        zh: "与 --serve 合用：地址和端口；默认：127.0.0.1:8080。"),
      valueName: "address"))
  var listen: String?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let path = Folders(invocation.environment).data + "/demo.sqlite"
    let turn = try DemoTurn(beside: path, serves: serve)
    defer { turn.end() }
    for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let store = try SQLiteShopStore(path: path)
    if serve { return try servePages(invocation, path, store) }
    try Demo(invocation: invocation, path: path, store: store).tell()
  }

  private func servePages(_ invocation: Invocation, _ path: String, _ store: SQLiteShopStore) throws {
    let address = try ListenAddress.parse(listen ?? "127.0.0.1:8080", "--listen")
    guard address.isLoopback else {
      throw UsageFailure(
        Wording(
          en: "the demo serves on this machine alone; take 127.0.0.1 or ::1 for --listen",
          zh: "演示只在本机提供服务；--listen 请用 127.0.0.1 或 ::1"))
    }
    let shop = ShopID(trusted: "demo-shop")
    _ = try DemoStory(invocation: invocation, store: store, shop: shop).play()
    try DemoShops(invocation: invocation, store: store, definitions: try invocation.definitions()).play()
    let local = LocalAccess(name: say(en: "Li Min", zh: "李敏"), secret: .local(from: SystemSecrets()))
    let options = WebOptions(
      host: address.host, port: address.port, local: local)
    try Serving(invocation: invocation, location: .file(path), writer: store, options: options).run(
      level: .warning
    ) {
      address in
      Console.toStandardError(
        say(
          en: """
            the desk: \(address)\(local.entryPath(to: "/shops"))
            a merchant's page: \(address)\(local.entryPath(to: "/shops/demo-shop/"))
            """,
          zh: """
            主管的页面：\(address)\(local.entryPath(to: "/shops"))
            商家的页面：\(address)\(local.entryPath(to: "/shops/demo-shop/"))
            """))
    }
  }
}

/// A lock: only one demo at a time recreates the store. Another waits for its turn, but not for one that is
/// serving pages.
private struct DemoTurn {
  private let descriptor: Int32

  init(beside path: String, serves: Bool) throws {
    try SQLiteShopStore.makeFolder(for: path)
    descriptor = open(path + ".turn", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unreachable(path: path, detail: String(cString: strerror(errno)))
    }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      let server = serving()
      if code == EWOULDBLOCK, server == nil, tries < 200 {
        tries += 1
        usleep(50_000)
        continue
      }
      close(descriptor)
      throw code == EWOULDBLOCK
        ? Self.taken(by: server) : StoreError.unreachable(path: path, detail: String(cString: strerror(code)))
    }
    ftruncate(descriptor, 0)
    let process = Array("\(getpid())".utf8)
    if serves { pwrite(descriptor, process, process.count, 0) }
  }

  /// The process that serves the demo's pages, as it recorded itself.
  private func serving() -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? Int32(String(decoding: bytes[..<count], as: UTF8.self)) : nil
  }

  private static func taken(by server: Int32?) -> CommandFailure {
    guard let server else {
      return CommandFailure(
        Wording(
          en: "another demo has been making its example shops for 10 seconds; try again when it is done",
          zh: "另一个演示已用 10 秒生成示例店铺；请等它结束后再试"))
    }
    return CommandFailure(
      Wording(
        en: "another demo is serving its pages (process \(server)); stop it with Ctrl-C, then try again",
        zh: "另一个演示正在提供网页（进程 \(server)）；请先按 Ctrl-C 停止它，再重试"))
  }

  func end() { close(descriptor) }
}

/// A short example of the main use: a shop that was switched three days ago.
struct Demo {
  let invocation: Invocation
  let path: String
  let store: SQLiteShopStore

  private let shop = ShopID(trusted: "demo-shop")
  private var now: Moment { invocation.now }
  private var switched: Moment { now + -3 * 86_400 }

  func tell() throws {
    let console = invocation.console
    try console.print(
      console.palette(
        .heading,
        say(
          en: "The shop 'demo-shop' changes its primary account; the story so far:",
          zh: "示例店铺 demo-shop 换绑主账号，到现在为止：")))
    for line in try DemoStory(invocation: invocation, store: store, shop: shop).play() {
      try console.print(line)
    }
    try console.print(
      say(en: "\nOne thing has been done since, and one is blocked.", zh: "\n之后只做了一件事，还有一件受阻。"))
    try begin()
    let status = try store.read { try ReadStatus(now: now)(shop, run: nil, in: $0) }
    try step(say(en: "What is outstanding, the late ones first:", zh: "还有哪些没做完（逾期的在前）："), "status demo-shop")
    let text = StatusText(
      language: ProcessLanguage.language, zones: invocation.shopZones, width: console.width,
      palette: console.palette)
    try console.write(Array(text.render(status).utf8))
    try step(
      say(en: "What is overdue, and why (this is what a cron job sends):", zh: "哪些逾期了，为什么（定时任务会发送这些）："),
      "overdue")
    try printOverdue()
    try goOn(try next(status))
  }

  private func begin() throws {
    let ticked = switched + 3600
    let note = say(en: "the store page shows the new account", zh: "店铺页面已显示新账号")
    _ = try store.write { transaction in
      try ChangeItems(zones: invocation.zones, by: try person("李敏", at: ticked), now: ticked)(
        ["rebind-store"], of: shop, run: nil, inFinished: false, in: transaction
      ) { _ in ChangeItems.TimedRequest(.tick(note: note, proof: nil), at: ticked) }
    }
    let blocked = switched + 2 * 86_400
    let reason = say(en: "the export of the products is still running", zh: "商品导出还没有完成")
    _ = try store.write { transaction in
      try ChangeItems(zones: invocation.zones, by: try person("李敏", at: blocked), now: blocked)(
        ["back-up-data"], of: shop, run: nil, inFinished: false, in: transaction
      ) { _ in ChangeItems.TimedRequest(.block(reason: reason), at: blocked) }
    }
  }

  private func person(_ name: String, at moment: Moment) throws -> Author {
    try Author(
      name: name, login: LoginName.current(invocation.environment), channel: .commandLine,
      clockWasSet: true)
  }

  private func step(_ words: String, _ command: String) throws {
    let line = invocation.console.palette(
      .secondary, "$ switchlist \(command) --store \(ShellWord.quoted(path))")
    try invocation.console.print("\n\(invocation.console.palette(.heading, words))\n\(line)")
  }

  private func printOverdue() throws {
    var output: [UInt8] = []
    var text = OverdueText(
      language: ProcessLanguage.language, width: invocation.console.terminalWidth,
      palette: invocation.console.palette)
    try store.read { reading in
      try reading.forEachOverdue(OverdueFilter(now: now, until: now)) { text.row($0, to: &output) }
    }
    text.end(to: &output)
    try invocation.console.flush(&output)
  }

  private func next(_ status: ShopStatus) throws -> ItemID? {
    status.runs.first?.items.first { $0.overdue && $0.waitingFor.isEmpty && $0.state == .pending }?.definition
      .id
  }

  private func goOn(_ next: ItemID?) throws {
    // The user will copy these commands, so they should answer in the same language.
    let language = invocation.options.lang.map { " --lang \($0.rawValue)" } ?? ""
    let store = "--store \(ShellWord.quoted(path))\(language)"
    let item = next?.rawValue ?? "handle-pending-orders"
    let commands = [
      (
        say(en: "tick an item", zh: "勾选一项"),
        "tick demo-shop \(item) --note \(say(en: "done", zh: "已处理")) \(store)"
      ),
      (say(en: "go through them one by one", zh: "逐项处理"), "walk demo-shop \(store)"),
      (say(en: "see what happened, by whom and when", zh: "查看谁在什么时候做了什么"), "history demo-shop \(store)"),
      (say(en: "a report to forward", zh: "生成可转发的报告"), "report --format html \(store) > report.html"),
      (say(en: "your own first shop", zh: "添加您自己的店铺"), "shop add my-shop --platform douyin\(language)"),
    ]
    try invocation.console.print(
      "\n" + invocation.console.palette(.heading, say(en: "To go on:", zh: "接下来可以：")))
    for (words, command) in commands {
      try invocation.console.print("  # \(words)\n  switchlist \(command)")
    }
  }
}

/// Quotes words for a shell.
enum ShellWord {
  static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789/._-+=:@%".unicodeScalars.contains(scalar))
    }
    return plain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}

import ArgumentParser
import Domain
import Formats
import Operations
import Reports

struct HistoryCommand: Command {
  static var formats: [Format] { [.text, .json, .csv] }

  static var configuration: CommandConfiguration {
    configured(
      "history", Wording(en: "Show every event of a shop.", zh: "查看店铺的全部历史记录。"),
      details: Wording(
        en: """
          The events are one chain: each is sealed with the hash of the one before. --verify recomputes it \
          and compares the store with a replay of the events; keep the head it prints, and --head HEAD \
          later shows that nothing before it was changed. Exit status 1 means a break.
          """,
        zh: """
          所有事件组成一条链：每条都用前一条的哈希封存。--verify 会重新计算，并用事件重放来核对数据库；请保存它输出的链头，\
          以后用 --head 即可证明此前的记录没有被改动。退出状态 1 表示发现断裂。
          """),
      example: """
        switchlist history s-001
        switchlist history s-001 --verify
        switchlist history --all --since 1d --format csv > since-yesterday.csv
        """)
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String?
  @Flag(
    help: ArgumentHelp(sayInHelp(en: "Of all shops, by shop; archived ones too.", zh: "全部店铺，按店铺排列，包括已归档的。")))
  var all = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Only what was recorded in this time, such as 1d.", zh: "只看这段时间内记录的，如 1d。"),
      valueName: "duration"))
  var since: String?
  @Option(help: ArgumentHelp(sayInHelp(en: "Only this run's events.", zh: "只看第几次执行。"), valueName: "number"))
  var run: Int?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Verify the chain.", zh: "核对链条。"))) var verify = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "With --verify: a head that was kept.", zh: "与 --verify 同用：以前保存的链头。"), valueName: "hash"))
  var head: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带 BOM。"))) var noBom =
    false
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if all == (shop != nil) {
      throw ValidationError(say(en: "Name a shop, or --all.", zh: "请写一个店铺编号，或 --all。"))
    }
    if verify, all || since != nil || options.format == .csv {
      throw ValidationError(
        say(
          en: "--verify looks at one shop's whole chain; give it without --all, --since and csv.",
          zh: "--verify 核对一家店铺的整条链；请不要同时使用 --all、--since 或 csv。"))
    }
    if all, run != nil { throw ValidationError(say(en: "--run goes with one shop.", zh: "--run 只能用于一家店铺。")) }
    if head != nil, !verify {
      throw ValidationError(say(en: "--head goes with --verify.", zh: "--head 需要与 --verify 一起使用。"))
    }
    if let head, head.utf8.count != 64 || HexText.bytes(of: head) == nil {
      throw ValidationError(
        say(
          en: "--head takes the 64 hexadecimal digits that --verify printed.",
          zh: "--head 需要 --verify 输出的 64 位十六进制数。"))
    }
  }

  func perform(_ invocation: Invocation) throws {
    let since = try since.map {
      try SinceOption.before(invocation.now, $0, "--since", in: invocation.readersZone)
    }
    let store = try invocation.store()
    guard let shop else { return try printAll(since: since, from: store, invocation) }
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    if verify { return try verify(id, in: store, invocation) }
    let (deciding, all) = try store.read { reading in
      (try reading.zone(of: FindShop()(id, in: reading)), try ReadHistory()(id, run: run, in: reading))
    }
    let events = all.filter { entry in since.map { entry.event.recordedAt >= $0 } ?? true }
    if options.format == .json {
      return try invocation.console.write(HistoryText.json(events))
    }
    if options.format == .csv {
      var output: [UInt8] = []
      let csv = HistoryCSV(language: ProcessLanguage.language)
      csv.header(byteOrderMark: !noBom, to: &output)
      csv.rows(events, zone: invocation.shopZones.shown(deciding), to: &output)
      return try invocation.console.write(output)
    }
    let text = HistoryText(
      language: ProcessLanguage.language, zone: invocation.shopZones.shown(deciding),
      palette: invocation.console.palette)
    try invocation.console.write(Array(text.render(events).utf8))
  }

  private func printAll(since: Moment?, from store: some ShopStore, _ invocation: Invocation) throws {
    var output: [UInt8] = []
    func flushIfLarge() throws { if output.count > 64 * 1024 { try invocation.console.flush(&output) } }
    // A listing of many shops uses one zone, which it names.
    let zone = invocation.readersZone
    let read = ReadHistory()
    switch options.format {
    case .json:
      output = Array("[".utf8)
      var hasEvents = false
      try store.read { reading in
        try read(since: since, in: reading) { _, entries in
          for entry in entries { HistoryText.append(entry, after: &hasEvents, to: &output) }
          try flushIfLarge()
        }
      }
      output += Array("\n]\n".utf8)
    case .csv:
      let csv = HistoryCSV(language: ProcessLanguage.language)
      csv.header(byteOrderMark: !noBom, to: &output)
      try store.read { reading in
        try read(since: since, in: reading) { _, entries in
          csv.rows(entries, zone: zone, to: &output)
          try flushIfLarge()
        }
      }
    default:
      let text = HistoryText(
        language: ProcessLanguage.language, zone: zone, palette: invocation.console.palette)
      output = Array(text.render([]).utf8)
      try store.read { reading in
        try read(since: since, in: reading) { _, entries in
          output += Array(text.lines(entries).utf8)
          try flushIfLarge()
        }
      }
    }
    try invocation.console.flush(&output)
  }

  private func verify(_ id: ShopID, in store: some ShopStore, _ invocation: Invocation) throws {
    let verdict = try store.read { try VerifyHistory()(id, head: head, in: $0) }
    let text =
      options.format == .json
      ? VerdictText.json(id, verdict, ProcessLanguage.language)
      : Array(VerdictText.text(id, verdict, ProcessLanguage.language).utf8)
    try invocation.console.write(text)
    if !verdict.breaks.isEmpty || verdict.holdsHead == false { throw ExitCode.finding }
  }
}

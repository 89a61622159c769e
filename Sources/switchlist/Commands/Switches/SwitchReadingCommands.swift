import ArgumentParser
import Domain
import Operations
import Reports

struct SwitchShowCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "show", Wording(en: "Show a shop's binding, its switch and those before.", zh: "查看店铺的绑定、换绑及以往记录。"),
      example: "switchlist switch show s-001")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String
  @Option(help: TimeOption.shown) var at: String?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    let time = try TimeOption.parse(at, "--at")
    let read = ReadSwitch(
      definitions: try invocation.definitions(), zones: invocation.zones, now: invocation.now)
    let page = try invocation.store().read { try read(id, at: time, in: $0) }
    if options.format == .json { return try invocation.console.write(SwitchJSON.page(page)) }
    let text = SwitchListText.page(
      page, language: ProcessLanguage.language, palette: invocation.console.palette)
    try invocation.console.write(Array(text.utf8))
  }
}

struct SwitchListCommand: Command {
  static var formats: [Format] { [.text, .csv, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "list", Wording(en: "List the switches that are under way.", zh: "列出进行中的换绑。"),
      details: Wording(
        en: "Those that are unbound first, by when they can be rebound; then planned ones.",
        zh: "先列出已解绑的，按可以重新绑定的时间排列；然后是已计划的。"),
      example: """
        switchlist switch list --cooling
        switchlist switch list --team east --format csv > switches.csv
        """)
  }

  @Flag(help: ArgumentHelp(sayInHelp(en: "Only those that are unbound.", zh: "只列出已解绑、等待中的。"))) var cooling =
    false
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only this team's shops.", zh: "只限这个团队。"), valueName: "team"),
    completion: Completing.teams)
  var team: String?
  @Flag(
    name: .customLong("no-bom"),
    help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带字节顺序标记。")))
  var noByteOrderMark = false
  @Option(help: TimeOption.shown) var at: String?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let at = try TimeOption.parse(at, "--at")?
      .moment(.shown, in: invocation.readersZone, now: invocation.now)
    var entries: [SwitchEntry] = []
    try invocation.store().read { reading in
      var filter = SwitchFilter(onlyCooling: cooling, at: at)
      filter.reach = try invocation.find(FilterNames([.team: team]), in: reading).shops
      try reading.forEachSwitch(filter) { entries.append($0) }
    }
    let now = at ?? invocation.now
    switch options.format {
    case .json: try invocation.console.write(SwitchJSON.list(entries, now: now))
    case .csv: try invocation.console.write(SwitchListText.csv(entries, byteOrderMark: !noByteOrderMark))
    default:
      let text = SwitchListText.list(
        entries, language: ProcessLanguage.language, zones: invocation.shopZones, now: now,
        width: invocation.console.width, palette: invocation.console.palette)
      try invocation.console.write(Array(text.utf8))
    }
  }
}

struct SwitchImportCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "import", Wording(en: "Record switches from before the tool, from a CSV file.", zh: "从 CSV 文件补记以前的换绑。"),
      details: Wording(
        en: """
          Columns: shop,from,to,planned_at,unbound_at,until,rebound_at. All rows or none: every bad row is \
          named. No rule forbids what has happened. A switch that has ended begins no checklist; one without \
          rebound_at is under way, and begins what belongs to it.
          """,
        zh: """
          列：shop,from,to,planned_at,unbound_at,until,rebound_at。要么全部记录，要么都不记录：每个有问题的行都会指出。\
          已经发生的事不受规则限制。已结束的换绑不会开始清单；没有 rebound_at 的视为进行中，会开始相应的清单。
          """),
      example: "switchlist switch import switches.csv")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The file; -: standard input.", zh: "文件；-：标准输入。"), valueName: "file"),
    completion: .file())
  var file: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let store = try invocation.store()
    let importing = ImportSwitches(
      definitions: try invocation.definitions(), zones: invocation.zones, by: try invocation.author(),
      now: invocation.now)
    let rows = try importing.read(try InputFile.read(file == "-" ? nil : file, most: CSVTable.mostBytes))
    let bar = ProgressBar(total: rows.count, isShown: invocation.console.showsProgress)
    defer { bar.end() }
    let outcome = try store.write { transaction in
      try importing(rows, in: transaction, progress: bar.show)
    }
    bar.end()
    var warned: Set<ChecklistID> = []
    invocation.warn(outcome.beyondCalendar, warned: &warned)
    try invocation.console.print(
      say(
        en:
          "\(CountPhrases.switches(outcome.recorded).en) recorded, \(outcome.unchanged) unchanged, \(CountPhrases.runs(outcome.started).en) started",
        zh: "已记录 \(outcome.recorded) 次换绑，\(outcome.unchanged) 次未变，开始了 \(outcome.started) 次清单执行"))
    if let text = ImportedSwitchesText.withoutRuns(outcome)?(ProcessLanguage.language) {
      invocation.console.note(text)
    }
  }
}

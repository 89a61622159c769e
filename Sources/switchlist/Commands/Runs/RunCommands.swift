import ArgumentParser
import Domain
import Operations
import Reports
import Storage

struct StartCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "start", Wording(en: "Begin a shop's checklists, now or after the fact.", zh: "开始店铺的任务清单，可以补记。"),
      details: Wording(
        en: """
          Without --checklist, every checklist that matches the shop and begins after rebinding. Due times \
          count from --switched-at in the shop's time zone, and are fixed from then on.
          """,
        zh: "不写 --checklist 时，开始所有适用于该店铺、换绑后开始的清单。截止时间从 --switched-at 起按店铺时区计算，之后固定不变。"),
      example: """
        switchlist start s-001 --switched-at 2026-11-20T10:00
        switchlist start --all --team east
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument?
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only this checklist.", zh: "只开始这个清单。"), valueName: "id"),
    completion: Completing.checklists)
  var checklist: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "When the account was changed; default: now; rebound: when the rebinding was recorded to be.",
        zh: "换绑完成的时间；默认：现在；rebound：已记录的重新绑定时间。"), valueName: "time"))
  var switchedAt: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Begin anew in place of an active run.", zh: "重新开始，取代进行中的执行。")))
  var again = false
  @Flag(help: ArgumentHelp(sayInHelp(en: "All shops; those under way are passed over.", zh: "所有店铺；已在进行的跳过。")))
  var all = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "With --all: only this team's.", zh: "与 --all 同用：只限这个团队。"), valueName: "team"),
    completion: Completing.teams)
  var team: String?
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if all == (shop != nil) {
      throw ValidationError(say(en: "Name a shop, or --all.", zh: "请写一个店铺编号，或 --all。"))
    }
    if team != nil, !all {
      throw ValidationError(say(en: "--team goes with --all.", zh: "--team 需要与 --all 一起使用。"))
    }
  }

  func perform(_ invocation: Invocation) throws {
    let store = try invocation.store()
    let definitions = try invocation.definitions()
    let start = StartRuns(
      definitions: definitions, zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    let request = StartRuns.Request(
      checklist: checklist,
      from: try StartRuns.Beginning(switchedAt) { try TimeOption.parse($0, "--switched-at") }, again: again)
    // Checked once here, rather than failing for every shop.
    if let checklist { _ = try definitions.checklist(checklist) }
    guard let shop, !shop.isFile else {
      return try startMany(try ids(store, invocation), start, request, definitions, in: store, invocation)
    }
    let id = try shop.single()
    let outcome = try store.write { try start(id, request, in: $0) }
    var warned: Set<ChecklistID> = []
    invocation.warn(outcome.beyondCalendar, warned: &warned)
    try invocation.console.write(
      Array(
        StartText(language: ProcessLanguage.language, zones: invocation.shopZones, now: invocation.now)
          .render(outcome).utf8)
    )
  }

  private func ids(_ store: any ShopStore, _ invocation: Invocation) throws -> [(text: String, id: ShopID?)] {
    if let shop { return try shop.lines() }
    var ids: [(text: String, id: ShopID?)] = []
    try store.read { reading in
      let found = try invocation.find(FilterNames([.team: team]), in: reading)
      try reading.forEachShop(ShopFilter(found.shops)) { stored in
        ids.append((stored.shop.id.rawValue, stored.shop.id))
      }
    }
    return ids
  }

  private func startMany(
    _ shops: [(text: String, id: ShopID?)], _ start: StartRuns, _ request: StartRuns.Request,
    _ definitions: Definitions, in store: any ShopStore, _ invocation: Invocation
  ) throws {
    let many = ManyShops(invocation: invocation)
    var started = 0
    var warned: Set<ChecklistID> = []
    var without = ShopsWithoutChecklist()
    let refused = try many.change(
      shops, in: store,
      { id, transaction in try start.amongMany(id, request, quietly: all, in: transaction) },
      report: { outcome in
        if !outcome.started.isEmpty { started += 1 }
        if outcome.hasNoChecklist { without.add(outcome.shop) }
        invocation.warn(outcome.beyondCalendar, warned: &warned)
      })
    without.warn(definitions, checklist: checklist, invocation)
    let rest = shops.count - started - without.count - refused
    try many.finish(
      Wording(
        en: "started for \(CountPhrases.shops(started).en)"
          + (rest > 0 ? ", nothing to start for \(rest)" : "")
          + (without.count > 0 ? ", no checklist for \(without.count)" : ""),
        zh: "已为 \(started) 家店铺开始清单" + (rest > 0 ? "，\(rest) 家没有可开始的" : "")
          + (without.count > 0 ? "，\(without.count) 家没有适用的清单" : "")), refused: refused)
    if without.count == shops.count, without.count > 0 { throw ExitCode.refused }
  }
}

struct StopCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "stop", Wording(en: "End a run that should not have begun.", zh: "停止不该开始的清单执行。"),
      details: Wording(en: "Its history stays; reports leave it out.", zh: "历史记录保留；报告不再统计。"),
      example: "switchlist stop s-001 --run 1 --reason \"started by mistake\"")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String
  @OptionGroup var runOption: RunOption
  @OptionGroup var why: ReasonOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    let stop = StopRun(by: try invocation.author(), now: invocation.now)
    let (run, changed) = try invocation.store().write {
      try stop(id, run: runOption.run, reason: why.reason, in: $0)
    }
    try invocation.console.print(
      changed
        ? say(
          en: "stopped run \(run.number) of \(run.checklist)",
          zh: "已停止第 \(run.number) 次执行（清单 \(run.checklist)）")
        : say(en: "unchanged: run \(run.number) is stopped already", zh: "未改变：第 \(run.number) 次执行已经停止"))
  }
}

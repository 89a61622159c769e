import ArgumentParser
import Domain
import Operations
import Reports
import Storage

struct UpgradeCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "upgrade", Wording(en: "Bring runs to what the checklist's file says now.", zh: "把进行中的执行升级到清单文件的最新内容。"),
      details: Wording(
        en: """
          A run keeps the content that it began with until it is upgraded. Shows the difference: items added, \
          removed, reworded; due times, owners, needs and proofs. What is done stays done; what somebody moved or \
          assigned by hand stays so.
          """,
        zh: "清单执行沿用开始时的内容，直到升级。会列出差别：新增、去掉、改写的任务项，截止时间、负责人、前置和凭证。已完成的仍算完成；手动改过的截止时间和负责人保持不变。"),
      example: """
        switchlist upgrade s-001 --dry-run
        switchlist upgrade --all --checklist douyin-after-switch
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument?
  @OptionGroup var runOption: RunOption
  @Flag(help: ArgumentHelp(sayInHelp(en: "Show the difference, change nothing.", zh: "只显示差别，不作改动。")))
  var dryRun = false
  @Flag(help: ArgumentHelp(sayInHelp(en: "All active runs of --checklist.", zh: "--checklist 的所有进行中的执行。")))
  var all = false
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only runs of this checklist.", zh: "只限这个清单。"), valueName: "id"),
    completion: Completing.checklists)
  var checklist: String?
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if all == (shop != nil) || all && checklist == nil {
      throw ValidationError(
        say(en: "Name a shop, or --all with --checklist ID.", zh: "请写一个店铺编号，或 --all 加 --checklist 清单。"))
    }
    if runOption.run != nil, shop?.isFile ?? true {
      throw ValidationError(say(en: "--run goes with one shop.", zh: "--run 只能用于一家店铺。"))
    }
  }

  func perform(_ invocation: Invocation) throws {
    let definitions = try invocation.definitions()
    let checklist = try checklist.map { try definitions.checklist($0).checklist.id.rawValue }
    let upgrade = UpgradeRuns(
      definitions: definitions, zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    let store = try invocation.store()
    guard let shop, !shop.isFile else {
      return try upgradeMany(try ids(store, definitions), upgrade, checklist, in: store, invocation)
    }
    let id = try shop.single()
    let outcomes =
      dryRun
      ? try store.read { try upgrade.dryRun(id, run: runOption.run, checklist: checklist, in: $0) }
      : try store.write { try upgrade(id, run: runOption.run, checklist: checklist, in: $0) }
    var warned: Set<ChecklistID> = []
    invocation.warn(outcomes.compactMap(\.beyondCalendar), warned: &warned)
    try print(outcomes, invocation)
  }

  private func ids(
    _ store: any ShopStore, _ definitions: Definitions
  ) throws -> [(text: String, id: ShopID?)] {
    if let shop { return try shop.lines() }
    let pinned = try definitions.checklist(checklist ?? "")
    var ids: [(text: String, id: ShopID?)] = []
    try store.read { reading in
      try reading.forEachRunToUpgrade(of: pinned.checklist.id, to: pinned.definition.sha256) { shop, _ in
        if ids.last?.id != shop { ids.append((shop.rawValue, shop)) }
      }
    }
    return ids
  }

  private func upgradeMany(
    _ shops: [(text: String, id: ShopID?)], _ upgrade: UpgradeRuns, _ checklist: String?,
    in store: any ShopStore, _ invocation: Invocation
  ) throws {
    var runs = 0
    var warned: Set<ChecklistID> = []
    func count(_ outcomes: [UpgradeRuns.Outcome]) throws {
      runs += outcomes.count(where: \.isChanged)
      invocation.warn(outcomes.compactMap(\.beyondCalendar), warned: &warned)
      // Over all shops the differences are mostly the same, so they are printed only on request.
      if dryRun || !all || options.format == .json { try print(outcomes, invocation) }
    }
    var refused = 0
    if dryRun {
      try store.read { reading in
        for (text, id) in shops {
          do throws(any Error) {
            guard let id else { throw Refusal.badShopID(text) }
            try count(try upgrade.dryRun(id, run: nil, checklist: checklist, in: reading))
          } catch let refusal as Refusal {
            refused += 1
            Console.toStandardError(
              say(en: "error: \(text): \(refusal.wording.en)", zh: "error: \(text)：\(refusal.wording.zh)"))
          }
        }
      }
    } else {
      refused = try ManyShops(invocation: invocation).change(
        shops, in: store,
        { id, transaction in try upgrade(id, run: nil, checklist: checklist, in: transaction) },
        report: { try count($0) })
    }
    try ManyShops(invocation: invocation).finish(
      dryRun
        ? Wording(en: "\(CountPhrases.runs(runs).en) would change", zh: "将有 \(runs) 次执行改变")
        : Wording(en: "upgraded \(CountPhrases.runs(runs).en)", zh: "已升级 \(runs) 次执行"), refused: refused)
  }

  private func print(_ outcomes: [UpgradeRuns.Outcome], _ invocation: Invocation) throws {
    if options.format == .json { return try invocation.console.write(UpgradeText.json(outcomes)) }
    let text = UpgradeText(language: ProcessLanguage.language, zones: invocation.shopZones, isDryRun: dryRun)
    try invocation.console.write(Array(outcomes.map(text.render).joined().utf8))
  }
}

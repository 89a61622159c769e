import ArgumentParser
import Domain
import Operations
import Reports
import Storage

struct ShopCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "shop", abstract: say(en: "Add, edit, list and archive shops.", zh: "添加、修改、查看、归档店铺。"),
      subcommands: [
        ShopAddCommand.self, ShopEditCommand.self, ShopListCommand.self, ShopShowCommand.self,
        ShopBindCommand.self, ShopArchiveCommand.self, ShopRestoreCommand.self, ShopImportCommand.self,
      ])
  }
}

/// The properties of a shop that can be set.
struct ShopDetailOptions: ParsableArguments {
  @Option(help: ArgumentHelp(sayInHelp(en: "What people call it.", zh: "店铺名称。"), valueName: "name"))
  var name: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "The platform, such as douyin.", zh: "平台，如 douyin。"), valueName: "platform"),
    completion: Completing.platforms)
  var platform: String?
  @Option(
    help: ArgumentHelp(sayInHelp(en: "The team that looks after it.", zh: "所属团队。"), valueName: "team"),
    completion: Completing.teams)
  var team: String?
  @Option(
    help: ArgumentHelp(sayInHelp(en: "The merchant.", zh: "店铺负责人（商家）。"), valueName: "owner"),
    completion: Completing.owners)
  var owner: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Its time zone, such as Asia/Shanghai.", zh: "时区，如 Asia/Shanghai。"), valueName: "zone"))
  var timeZone: String?
  @Option(
    name: .customLong("tag"), parsing: .singleValue,
    help: ArgumentHelp(sayInHelp(en: "A tag; repeat for more.", zh: "标签；可重复使用。"), valueName: "tag"))
  var tags: [String] = []

  var details: ShopDetails {
    ShopDetails(
      name: name, platform: platform, team: team, owner: owner, timeZone: timeZone,
      tags: tags.isEmpty ? nil : tags)
  }
}

private func shopID(_ text: String) throws -> ShopID {
  guard let id = ShopID(text) else { throw Refusal.badShopID(text) }
  return id
}

private var idHelp: ArgumentHelp {
  ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "id")
}

struct ShopAddCommand: Command {
  static var changesTheStore: Bool { true }
  static var namesNewShops: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "add", Wording(en: "Add a shop; the first one makes the store.", zh: "添加店铺；添加第一家时会新建数据库。"),
      example: "switchlist shop add s-002 --name 晨光小店 --platform douyin --team east --owner Li")
  }

  @Argument(help: idHelp) var id: String
  @OptionGroup var description: ShopDetailOptions
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let id = try shopID(id)
    let change = ChangeShop(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    let shop = try invocation.writeCreating { try change.add(id, description.details, in: $0) }
    if options.format == .json { return try invocation.console.write(ShopJSON.render([shop])) }
    if ShopsWithoutChecklist.warn(of: [shop], invocation) {
      return try invocation.console.print(say(en: "added \(shop.id)", zh: "已添加 \(shop.id)"))
    }
    try invocation.console.print(
      say(
        en: "added \(shop.id); to begin its checklists: switchlist start \(shop.id)",
        zh: "已添加 \(shop.id)；开始清单：switchlist start \(shop.id)"))
  }
}

struct ShopEditCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "edit", Wording(en: "Change what is said of a shop.", zh: "修改店铺信息。"),
      details: Wording(
        en: """
          What isn't named stays as it is; an empty text takes away. Runs that go on keep the zone and the \
          owners that they were started with.
          """,
        zh: "没有写到的保持不变；空文字表示清除。进行中的清单沿用开始时的时区和负责人。"),
      example: """
        switchlist shop edit s-001 --owner Wang --tag live
        switchlist shop edit @shops.txt --team east
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @OptionGroup var description: ShopDetailOptions
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    var details = description.details
    if description.tags == [""] { details.tags = [] }
    if details == ShopDetails() {
      throw UsageFailure(
        Wording(
          en: "nothing to change; name at least one option, such as --team east",
          zh: "没有要修改的内容；请至少写一个选项，如 --team east"))
    }
    let change = ChangeShop(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    func tell(_ shop: Shop, _ changed: Bool) throws {
      if options.format == .json { return try invocation.console.write(ShopJSON.render([shop])) }
      try invocation.console.print(
        changed
          ? say(en: "changed \(shop.id)", zh: "已修改 \(shop.id)")
          : say(en: "unchanged: \(shop.id)", zh: "未改变：\(shop.id)"))
    }
    let wanted = details
    let store = try invocation.store()
    if shop.isFile {
      return try ManyShops(invocation: invocation).changeCounting(
        shop, in: store, { try change.edit($0, wanted, in: $1) }, isChanged: { $0.changed },
        report: { try tell($0.shop, $0.changed) })
    }
    let id = try shop.single()
    let outcome = try store.write { try change.edit(id, wanted, in: $0) }
    try tell(outcome.shop, outcome.changed)
  }
}

struct ShopListCommand: Command {
  static var formats: [Format] { [.text, .csv, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "list", Wording(en: "List shops.", zh: "列出店铺。"), example: "switchlist shop list --team east")
  }

  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only this team's.", zh: "只看这个团队。"), valueName: "team"),
    completion: Completing.teams)
  var team: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Archived ones too.", zh: "包括已归档的。"))) var archived = false
  @Flag(help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带 BOM。"))) var noBom =
    false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let store = try invocation.store()
    var shops: [Shop] = []
    var accounts: [ShopID: String] = [:]
    try store.read { reading in
      let found = try invocation.find(FilterNames([.team: team]), in: reading)
      try reading.forEachShop(ShopFilter(found.shops, includesArchived: archived)) { shops.append($0.shop) }
      try reading.forEachAccount(within: found.shops) { accounts[$0] = $1 }
    }
    switch options.format {
    case .json: try invocation.console.write(ShopJSON.render(shops, accounts: accounts))
    case .csv: try invocation.console.write(ShopCSV.render(shops, accounts: accounts, byteOrderMark: !noBom))
    default:
      try invocation.console.write(
        Array(
          ShopText.list(
            shops, accounts: accounts, language: ProcessLanguage.language,
            width: invocation.console.terminalWidth,
            palette: invocation.console.palette
          ).utf8))
    }
  }
}

struct ShopShowCommand: Command {
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "show", Wording(en: "Show a shop and its runs.", zh: "查看店铺及其清单执行。"),
      example: "switchlist shop show s-001")
  }

  @Argument(help: idHelp, completion: Completing.shops) var id: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let id = try shopID(id)
    let (shop, runs, deciding) = try invocation.store().read { reading in
      let shop = try FindShop()(id, in: reading)
      return (shop, try reading.runs(of: id), try reading.zone(of: shop))
    }
    if options.format == .json { return try invocation.console.write(ShopJSON.render(shop, runs: runs)) }
    let zone = invocation.shopZones.shown(deciding)
    try invocation.console.write(
      Array(ShopText.page(shop, runs: runs, zone: zone, language: ProcessLanguage.language).utf8))
  }
}

struct ShopArchiveCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "archive", Wording(en: "Put a shop away: no reports, no flags.", zh: "归档店铺：不再出现在报告和逾期提醒里。"),
      details: Wording(
        en: "Nothing is deleted; shop restore brings it back.", zh: "不会删除任何数据；用 shop restore 恢复。"),
      example: """
        switchlist shop archive s-001
        switchlist shop archive @shops.txt
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let change = ChangeShop(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    func tell(_ shop: Shop, _ changed: Bool) throws {
      let id = shop.id
      try invocation.console.print(
        changed
          ? say(
            en: "archived \(id); to bring it back: switchlist shop restore \(id)",
            zh: "已归档 \(id)；恢复：switchlist shop restore \(id)")
          : say(en: "unchanged: \(id) is archived already", zh: "未改变：\(id) 已经归档"))
    }
    let store = try invocation.store()
    if shop.isFile {
      return try ManyShops(invocation: invocation).changeCounting(
        shop, in: store, { try change.setArchived($0, true, in: $1) }, isChanged: { $0.changed },
        report: { try tell($0.shop, $0.changed) })
    }
    let id = try shop.single()
    let outcome = try store.write { try change.setArchived(id, true, in: $0) }
    try tell(outcome.shop, outcome.changed)
  }
}

struct ShopRestoreCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "restore", Wording(en: "Bring an archived shop back.", zh: "恢复已归档的店铺。"),
      example: "switchlist shop restore s-001")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let change = ChangeShop(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    func tell(_ shop: Shop, _ changed: Bool) throws {
      let id = shop.id
      try invocation.console.print(
        changed
          ? say(en: "restored \(id)", zh: "已恢复 \(id)")
          : say(en: "unchanged: \(id) isn't archived", zh: "未改变：\(id) 没有归档"))
    }
    let store = try invocation.store()
    if shop.isFile {
      return try ManyShops(invocation: invocation).changeCounting(
        shop, in: store, { try change.setArchived($0, false, in: $1) }, isChanged: { $0.changed },
        report: { try tell($0.shop, $0.changed) })
    }
    let id = try shop.single()
    let outcome = try store.write { try change.setArchived(id, false, in: $0) }
    try tell(outcome.shop, outcome.changed)
  }
}

struct ShopImportCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "import", Wording(en: "Add and update shops from a CSV file.", zh: "从 CSV 文件添加和更新店铺。"),
      details: Wording(
        en: """
          Columns: id,name,platform,team,owner,time_zone,tags (tags split by ';'); only id is required. \
          The table may be as a spreadsheet saves it: UTF-8, GB18030 or UTF-16, commas, semicolons or tabs. \
          All rows or none: every bad row is named. A shop that is there already is brought to what its row \
          says; an empty cell takes away, a missing column changes nothing.
          """,
        zh: """
          列：id,name,platform,team,owner,time_zone,tags（标签用分号隔开）；只有 id 必填。\
          表格软件保存的表格可以直接用：UTF-8、GB18030 或 UTF-16，逗号、分号或制表符分隔。要么全部导入，要么都不导入：\
          每个有问题的行都会指出。已有的店铺会更新为该行内容；空单元格表示清除，缺少的列不作改动。
          """),
      example: """
        switchlist shop import shops.csv --dry-run
        switchlist shop import shops.csv
        """)
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The file; -: standard input.", zh: "文件；-：标准输入。"), valueName: "file"),
    completion: .file())
  var file: String
  @Flag(
    help: ArgumentHelp(
      sayInHelp(
        en: "Show what would be added and changed, row by row; nothing is imported.",
        zh: "逐行显示会添加和修改什么；不导入。")))
  var dryRun = false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let importing = ImportShops(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    let rows = try importing.read(try InputFile.read(file == "-" ? nil : file, most: CSVTable.mostBytes))
    if dryRun { return try preview(rows, importing, invocation) }
    let bar = ProgressBar(total: rows.count, isShown: invocation.console.showsProgress)
    defer { bar.end() }
    let outcome = try invocation.writeCreating { try importing(rows, in: $0, progress: bar.show) }
    bar.end()
    warn(of: outcome.doubtful, invocation)
    _ = ShopsWithoutChecklist.warn(of: rows.map(\.shop), invocation)
    try invocation.console.print(ShopImportText.imported(outcome).said)
  }

  private func preview(_ rows: [ImportShops.Row], _ importing: ImportShops, _ invocation: Invocation) throws {
    let store: (any ShopStore)?
    do { store = try invocation.store() } catch StoreError.missing { store = nil }
    let (preview, doubtful) =
      try store?.read { (try importing.preview(rows, in: $0), try importing.doubtfulIDs(rows, in: $0)) }
      ?? (try importing.preview(rows, in: nil), try importing.doubtfulIDs(rows, in: nil))
    try invocation.console.write(
      Array(ShopImportText.preview(preview, language: ProcessLanguage.language).utf8))
    warn(of: doubtful, invocation)
  }

  private func warn(of doubtful: [ImportShops.DoubtfulID], _ invocation: Invocation) {
    for warning in ShopImportText.warnings(doubtful) { invocation.console.warn(warning.said) }
  }
}

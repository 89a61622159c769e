import ArgumentParser
import Crypto
import Domain
import Formats
import Operations
import Reports

struct TickCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "tick", Wording(en: "Mark items as done.", zh: "勾选任务项（标记为完成）。"),
      details: Wording(
        en: """
          Several items are ticked together or not at all, in whatever order they need each other. An item \
          that asks for a second person stays open until somebody else confirms it.
          """,
        zh: "多个任务项要么一起勾选，要么都不勾选，先后顺序自动处理。需要第二个人的任务项，要等另一个人确认后才算完成。"),
      example: """
        switchlist tick s-001 rebind-store --note "shows the new account"
        switchlist tick s-001 back-up-data --proof backup.zip --as Li
        switchlist tick @shops.txt rotate-password --note "changed by Li"
        switchlist tick --from done.csv
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument?
  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The items' ids.", zh: "任务项编号。"), valueName: "item"),
    completion: Completing.items)
  var items: [String] = []
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "In place of shop and items: a CSV file with the columns shop,item,note (-: standard input).",
        zh: "代替店铺和任务项：CSV 文件，列为 shop,item,note（-：标准输入）。"),
      valueName: "file"), completion: .file())
  var from: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "A note; it is proof where one is asked for.", zh: "备注；需要备注作凭证时使用。"), valueName: "text"))
  var note: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Proof: a link (https://…), or a file's path; of a file its size and SHA-256 are kept.",
        zh: "凭证：链接（https://…）或文件路径；文件只记录大小和 SHA-256。"),
      valueName: "proof"), completion: .file())
  var proof: String?
  @Option(help: TimeOption.happened) var at: String?
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if from == nil, shop == nil || items.isEmpty {
      throw ValidationError(
        say(en: "Name a shop and at least one item, or --from FILE.", zh: "请写店铺编号和至少一个任务项，或 --from 文件。"))
    }
    if from != nil, shop != nil || note != nil || proof != nil || at != nil || runOption.run != nil {
      throw ValidationError(
        say(
          en: "--from takes shops, items and notes from the file; leave the other options out.",
          zh: "--from 从文件读取店铺、任务项和备注；请去掉其他选项。"))
    }
  }

  func perform(_ invocation: Invocation) throws {
    if let from { return try tickTable(from, invocation) }
    guard let shop else { return }
    let given = try proof.map(ProofArgument.read)
    let at = try TimeOption.parse(at, "--at")
    try ItemChangeRunner(invocation: invocation, format: options.format)(
      shop, items: items, run: runOption.run, inFinished: true
    ) { run in
      let moment = try at?.moment(.happened, in: invocation.zones.stored(run.timeZone), now: invocation.now)
      return ChangeItems.TimedRequest(.tick(note: note, proof: given), at: moment ?? invocation.now)
    }
  }
}

extension TickCommand {
  private func tickTable(_ file: String, _ invocation: Invocation) throws {
    let rows = try TickTable.read(try InputFile.read(file == "-" ? nil : file))
    let table = TickTable(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    var shops: [(text: String, id: ShopID?)] = []
    let byShop = Dictionary(grouping: rows, by: \.shop)
    var seen: Set<String> = []
    for row in rows where seen.insert(row.shop).inserted { shops.append((row.shop, ShopID(row.shop))) }
    let runner = ItemChangeRunner(invocation: invocation, format: options.format)
    var (ticked, unchanged, refusedRows) = (0, 0, 0)
    let refusedShops = try ManyShops(invocation: invocation).change(
      shops, lines: Dictionary(rows.map { ($0.shop, $0.line) }) { first, _ in first },
      in: try invocation.store(), { try table(byShop[$0.rawValue] ?? [], of: $0, in: $1) },
      report: { outcome in
        for one in outcome.done {
          if one.items.contains(where: \.changed) { ticked += 1 } else { unchanged += 1 }
          try runner.print(one)
        }
        for (row, refusal) in outcome.refused {
          refusedRows += 1
          let (en, zh) = (refusal.wording.en, refusal.wording.zh)
          Console.toStandardError(
            say(
              en: "error: line \(row.line): \(row.shop): \(en)",
              zh: "error: 第 \(row.line) 行：\(row.shop)：\(zh)"))
        }
      })
    invocation.console.note(
      say(
        en: "ticked \(CountPhrases.items(ticked).en)" + (unchanged > 0 ? ", \(unchanged) unchanged" : "")
          + (refusedRows > 0 ? ", \(CountPhrases.rows(refusedRows).en) refused" : "")
          + (refusedShops > 0 ? ", \(CountPhrases.shops(refusedShops).en) refused" : ""),
        zh: "已勾选 \(ticked) 项" + (unchanged > 0 ? "，\(unchanged) 项未改变" : "")
          + (refusedRows > 0 ? "，拒绝 \(refusedRows) 行" : "")
          + (refusedShops > 0 ? "，拒绝 \(refusedShops) 家店铺" : "")))
    if refusedRows + refusedShops > 0 { throw ExitCode.refused }
  }
}

/// Reads the value of `--proof`: a link, or a file, which is read once.
enum ProofArgument {
  static func read(_ text: String) throws -> Proof.Content {
    let lowercased = text.lowercased()
    if lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") { return .link(url: text) }
    if text.isEmpty {
      throw CommandFailure(
        Wording(en: "--proof is empty; name a file or a link", zh: "--proof 是空的；请给出文件或链接"))
    }
    var digest = SHA256()
    var size: Int64 = 0
    try InputFile.forEachChunk(text, mustBeRegular: true) { chunk in
      digest.update(bufferPointer: chunk)
      size += Int64(chunk.count)
    }
    return .file(name: text, size: size, sha256: HexText.of(digest.finalize()))
  }
}

/// Options that take a time.
enum TimeOption {
  static var happened: ArgumentHelp {
    ArgumentHelp(
      sayInHelp(
        en: "When it happened, such as 2026-11-20T10:00, 9:30 or yesterday; default: now.",
        zh: "发生的时间，如 2026-11-20T10:00、9:30、昨天；默认：现在。"),
      valueName: "time")
  }

  static var shown: ArgumentHelp {
    ArgumentHelp(
      sayInHelp(
        en: "Show what was so then, or will be if nothing is recorded until then; default: now.",
        zh: "查看那个时间的情况，也可以是将来（假定其间没有新的记录）；默认：现在。"), valueName: "time")
  }

  /// Throws a `UsageFailure` that names the option.
  static func parse(_ text: String?, _ option: String) throws -> TimeText? {
    guard let text else { return nil }
    do throws(TimeTextError) { return try TimeText(text) } catch {
      throw UsageFailure(
        Wording(
          en: "\(option) '\(text.quotable)': \(error.wording.en)",
          zh: "\(option) “\(text.quotable)”：\(error.wording.zh)"))
    }
  }
}

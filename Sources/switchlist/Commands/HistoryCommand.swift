import ArgumentParser
import Domain
import Formats
import Operations
import Reports

struct HistoryCommand: Command {
  static var formats: [Format] { [.text, .json] }

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
        """)
  }

  @Argument(help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"))
  var shop: String
  @Option(help: ArgumentHelp(sayInHelp(en: "Only this run's events.", zh: "只看第几次执行。"), valueName: "number"))
  var run: Int?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Verify the chain.", zh: "核对链条。"))) var verify = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "With --verify: a head that was kept.", zh: "与 --verify 同用：以前保存的链头。"), valueName: "hash"))
  var head: String?
  @OptionGroup var options: SharedOptions

  func validate() throws {
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

  func perform(_ session: Session) throws {
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    let store = try session.store()
    if verify { return try verify(id, in: store, session) }
    let (shop, events) = try store.read { reading in
      (try FindShop()(id, in: reading), try ReadHistory()(id, run: run, in: reading))
    }
    if options.format == .json {
      return try session.console.write(HistoryText.json(events))
    }
    let text = HistoryText(
      language: Speech.language, zone: session.zone(shop.timeZone), palette: session.console.palette)
    try session.console.write(Array(text.render(events).utf8))
  }

  private func verify(_ id: ShopID, in store: some ShopStore, _ session: Session) throws {
    let verdict = try store.read { try VerifyHistory()(id, head: head, in: $0) }
    let text =
      options.format == .json
      ? VerdictText.json(id, verdict, Speech.language)
      : Array(VerdictText.text(id, verdict, Speech.language).utf8)
    try session.console.write(text)
    if !verdict.breaks.isEmpty || verdict.holdsHead == false { throw ExitCode(1) }
  }
}

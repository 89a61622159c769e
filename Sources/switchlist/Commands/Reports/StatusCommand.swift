import ArgumentParser
import Domain
import Operations
import Reports

struct StatusCommand: Command {
  static var formats: [Format] { [.text, .json, .csv] }

  static var configuration: CommandConfiguration {
    configured(
      "status", Wording(en: "Show where a shop stands.", zh: "查看店铺的进度。"),
      details: Wording(
        en: "The active runs, or the newest where none is active; what is outstanding comes first.",
        zh: "显示进行中的清单；没有进行中的则显示最新的一次。未完成的排在前面。"),
      example: "switchlist status s-001")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String
  @Option(help: ArgumentHelp(sayInHelp(en: "Only this run.", zh: "只看第几次执行。"), valueName: "number"))
  var run: Int?
  @Flag(help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带 BOM。"))) var noBom =
    false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    let status = try invocation.store().read { reading in
      try ReadStatus(now: invocation.now)(id, run: run, in: reading, definitions: invocation.definitionsIfAny)
    }
    if options.format == .json {
      return try invocation.console.write(StatusJSON(language: ProcessLanguage.language).render(status))
    }
    if options.format == .csv {
      return try invocation.console.write(
        StatusCSV.render(status, ProcessLanguage.language, byteOrderMark: !noBom))
    }
    let text = StatusText(
      language: ProcessLanguage.language, zones: invocation.shopZones, width: invocation.console.width,
      palette: invocation.console.palette)
    try invocation.console.write(Array(text.render(status).utf8))
  }
}

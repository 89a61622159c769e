import ArgumentParser
import Domain
import Operations

/// The filters of lists of items.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only this team's shops.", zh: "只看这个团队的店铺。"), valueName: "team"),
    completion: Completing.teams)
  var team: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Only this platform's shops.", zh: "只看这个平台的店铺。"), valueName: "platform"),
    completion: Completing.platforms)
  var platform: String?
  @Option(help: ArgumentHelp(sayInHelp(en: "Only shops with this tag.", zh: "只看带这个标签的店铺。"), valueName: "tag"))
  var tag: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Only this item: ITEM, or CHECKLIST/ITEM.", zh: "只看这个任务项：任务项，或 清单/任务项。"),
      valueName: "item"), completion: Completing.items)
  var item: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Only critical items.", zh: "只看关键任务。"))) var critical = false

  func names(owner: String? = nil) -> FilterNames {
    FilterNames(
      [.team: team, .owner: owner, .platform: platform, .tag: tag, .item: item], onlyCritical: critical)
  }
}

extension Invocation {
  /// Resolves a command's filters; throws a refusal for unknown names.
  func find(_ names: FilterNames, in reading: any StoreReading) throws -> ResolvedFilter {
    try FilterLookup(definitions: { definitionsIfAny() })(names, in: reading)
  }
}

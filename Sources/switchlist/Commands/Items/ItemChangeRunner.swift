import ArgumentParser
import Domain
import Operations
import Reports
import Storage

/// Runs a command that changes items in one or many shops, and prints the results.
struct ItemChangeRunner {
  let invocation: Invocation
  let format: Format

  /// - Parameter inFinished: whether items may be found in a finished run.
  /// - Parameter asked: returns the request for the items of a run.
  func callAsFunction(
    _ shop: ShopArgument, items: [String], run: Int?, inFinished: Bool = false,
    asked: (Run) throws -> ChangeItems.TimedRequest
  ) throws {
    let store = try invocation.store()
    let change = ChangeItems(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    guard shop.isFile else {
      let id = try shop.single()
      let outcome = try store.write { transaction in
        try change(items, of: id, run: run, inFinished: inFinished, in: transaction, asked: asked)
      }
      return try print(outcome)
    }
    try ManyShops(invocation: invocation).changeCounting(
      shop, in: store,
      { id, transaction in
        try change(items, of: id, run: run, inFinished: inFinished, in: transaction, asked: asked)
      }, isChanged: { $0.items.contains(where: \.changed) }, report: print)
  }

  func print(_ outcome: ChangeItems.Outcome) throws {
    switch format {
    case .json:
      try invocation.console.write(ItemChangeText.json(outcome, language: ProcessLanguage.language))
    default:
      let text = ItemChangeText(
        language: ProcessLanguage.language, now: invocation.now, zones: invocation.shopZones,
        palette: invocation.console.palette)
      try invocation.console.write(Array(text.render(outcome).utf8))
    }
  }
}

/// `--run`, which selects one of a shop's runs.
struct RunOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "The run's number, where several hold the item.", zh: "第几次执行；当多次执行都含有该任务项时使用。"),
      valueName: "number"))
  var run: Int?
}

/// `--reason`.
struct ReasonOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Why; kept in the history.", zh: "原因；会保存在历史记录里。"), valueName: "text"))
  var reason: String
}

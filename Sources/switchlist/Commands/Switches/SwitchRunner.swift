import Domain
import Operations
import Reports
import Storage

/// Takes a step of a switch for one or many shops, and prints the results.
struct SwitchRunner {
  private let invocation: Invocation
  private let format: Format
  private let change: ChangeSwitch

  init(_ invocation: Invocation, format: Format) throws {
    self.invocation = invocation
    self.format = format
    change = ChangeSwitch(
      definitions: try invocation.definitions(), zones: invocation.zones, by: try invocation.author(),
      now: invocation.now)
  }

  /// - Parameter step: returns the step, given the text after the shop's id in a line of a file.
  func callAsFunction(
    _ shop: ShopArgument?, at: String?, override: String?, step: (String?) throws -> ChangeSwitch.Step
  ) throws {
    let time = try TimeOption.parse(at, "--at")
    let store = try invocation.store()
    guard let shop, shop.isFile else {
      let (id, step) = (try shop?.single(), try step(nil))
      guard let id else { return }
      let outcome = try store.write { try change(step, of: id, at: time, override: override, in: $0) }
      var warned = WarningsGiven()
      warn(outcome, &warned)
      return try print(outcome)
    }
    let lines = try shop.linesWithAccounts()
    var accounts: [ShopID: String] = [:]
    for line in lines { if let id = line.id, let account = line.account { accounts[id] = account } }
    try overMany(lines.map { ($0.text, $0.id) }, in: store) { id, transaction in
      try change(try step(accounts[id]), of: id, at: time, override: override, in: transaction)
    }
  }

  private func overMany(
    _ shops: [(text: String, id: ShopID?)], in store: any ShopStore,
    _ change: (ShopID, any StoreWriting) throws -> ChangeSwitch.Outcome
  ) throws {
    var done = 0
    var unchanged = 0
    var warned = WarningsGiven()
    let refused = try ManyShops(invocation: invocation).change(
      shops, in: store, change,
      report: { outcome in
        if outcome.change == nil { unchanged += 1 } else { done += 1 }
        warn(outcome, &warned)
        if format == .json { try print(outcome) } else { try printBriefly(outcome) }
      })
    try ManyShops(invocation: invocation).finish(
      Wording(
        en: "recorded for \(CountPhrases.shops(done).en)"
          + (unchanged > 0 ? ", unchanged for \(unchanged)" : ""),
        zh: "已为 \(done) 家店铺记录" + (unchanged > 0 ? "，\(unchanged) 家未改变" : "")), refused: refused)
  }

  /// Warnings that have been given already.
  private struct WarningsGiven {
    var checklists: Set<ChecklistID> = []
    var texts: Set<String> = []
  }

  private func warn(_ outcome: ChangeSwitch.Outcome, _ warned: inout WarningsGiven) {
    invocation.warn(outcome.effects.beyondCalendar, warned: &warned.checklists)
    for warning in SwitchOutcomeText.warnings(outcome) where warned.texts.insert(warning.en).inserted {
      invocation.console.warn(warning.said)
    }
  }

  private func print(_ outcome: ChangeSwitch.Outcome) throws {
    if format == .json { return try invocation.console.write(SwitchJSON.outcome(outcome)) }
    let text = SwitchOutcomeText(language: ProcessLanguage.language, now: invocation.now)
    try invocation.console.write(Array(text.render(outcome).utf8))
  }

  /// One line per shop.
  private func printBriefly(_ outcome: ChangeSwitch.Outcome) throws {
    let text = SwitchOutcomeText(language: ProcessLanguage.language, now: invocation.now)
    try invocation.console.print(text.brief(outcome))
  }
}

import Domain
import Operations
import Reports
import Storage

/// The history of the demo's shop, which was switched three days ago, made through the same operations as the
/// real commands.
struct DemoStory {
  private let invocation: Invocation
  private let store: SQLiteShopStore
  private let shop: ShopID
  private let definitions: Definitions
  private let zone: Zone

  init(invocation: Invocation, store: SQLiteShopStore, shop: ShopID) throws {
    self.invocation = invocation
    self.store = store
    self.shop = shop
    definitions = try invocation.definitions()
    zone = invocation.zones.shown("Asia/Shanghai")
  }

  private func moment(_ days: Int64) -> Moment { invocation.now + days * 86_400 }

  /// Writes the story to the store and returns its lines.
  func play() throws -> [String] {
    let owner = "李敏"
    _ = try store.write { transaction in
      try ChangeShop(zones: invocation.zones, by: try person(owner, at: moment(-200)), now: moment(-200)).add(
        shop,
        ShopDetails(
          name: "晨光小店", platform: "douyin", team: "east", owner: owner, timeZone: "Asia/Shanghai",
          tags: ["live"]), in: transaction)
    }
    var lines = [try take(.bind("chenguang-2019"), day: -200)]
    lines.append(
      try take(
        .plan(
          to: "chenguang-store", plannedFor: .absolute(moment(-13)),
          confirmed: definitions.platforms["douyin"]?.requires ?? []), day: -19))
    try finishRuns(day: -14)
    lines.append(
      try take(
        .unbind(until: .absolute(moment(-4)), finishBy: .absolute(moment(5))), day: -13))
    lines.append(try take(.rebind(to: nil), day: -8))
    try finishRuns(day: -4)
    lines.append(try take(.rebind(to: nil), day: -3))
    return lines
  }

  /// A step's result in words, even if it is refused.
  private func take(_ step: ChangeSwitch.Step, day: Int64) throws -> String {
    let at = moment(day)
    let change = ChangeSwitch(
      definitions: definitions, zones: invocation.zones, by: try person("李敏", at: at), now: at)
    let words: Wording
    do {
      let outcome = try store.write { try change(step, of: shop, at: nil, override: nil, in: $0) }
      words = SwitchOutcomeText.story(outcome)
    } catch let refusal as Refusal {
      let why = refusal.wording
      words = Wording(en: "tried too early, and refused: \(why.en)", zh: "操作太早，被拒绝：\(why.zh)")
    }
    let text = say(en: words.en, zh: words.zh)
    let lines = Wrapping.lines(of: text, cells: max(60, min(invocation.console.width, 110)) - 14)
    return "  \(zone.format(at).prefix(10))  "
      + lines.joined(separator: "\n" + String(repeating: " ", count: 14))
  }

  /// Ticks what can be done before the next step.
  private func finishRuns(day: Int64) throws {
    let at = moment(day)
    let change = ChangeItems(zones: invocation.zones, by: try person("李敏", at: at), now: at)
    let note = say(en: "done", zh: "已完成")
    let backup = Proof.Content.file(
      name: "backup-2026.zip", size: 48_120_113, sha256: String(repeating: "5e", count: 32))
    _ = try store.write { transaction in
      for summary in try transaction.runs(of: shop) where summary.state == .active {
        guard let run = try transaction.run(summary.number, of: shop) else { continue }
        // Items that the step itself will tick, and those that wait for them.
        var left: Set<ItemID> = []
        for item in run.items {
          let standsForStep = item.definition.standsFor != nil && item.state.isOutstanding
          if standsForStep || item.needs.contains(where: left.contains) {
            left.insert(item.id)
            continue
          }
          let proof = item.definition.proof == [.file] ? backup : nil
          _ = try change(
            [item.id.rawValue], of: shop, run: run.number, inFinished: false, in: transaction
          ) { _ in ChangeItems.TimedRequest(.tick(note: note, proof: proof), at: at) }
        }
      }
    }
  }

  private func person(_ name: String, at moment: Moment) throws -> Author {
    try Author(
      name: name, login: LoginName.current(invocation.environment), channel: .commandLine, clockWasSet: true)
  }
}

import Domain
import Operations
import Storage

/// Example shops for pages that list many, each in another state.
struct DemoShops {
  private struct Example {
    let id: String
    let name: String
    let team: String
    let owner: String
    let tags: [String]
    /// Days since it was rebound; nil if the switch is in progress.
    let days: Int64?
    /// How many of its items have been done since.
    let done: Int
  }

  private static let examples = [
    Example(id: "tea-01", name: "茶香小店", team: "east", owner: "李敏", tags: ["live"], days: 1, done: 2),
    Example(id: "tea-02", name: "云雾茶行", team: "east", owner: "李敏", tags: [], days: 6, done: 8),
    Example(id: "book-01", name: "墨香书屋", team: "east", owner: "王磊", tags: [], days: 4, done: 3),
    Example(id: "toy-01", name: "小象玩具旗舰店", team: "south", owner: "陈静", tags: ["live"], days: 9, done: 5),
    Example(id: "toy-02", name: "积木时光", team: "south", owner: "陈静", tags: [], days: 0, done: 0),
    Example(id: "food-01", name: "阿婆手工米粉（总店）", team: "south", owner: "黄强", tags: ["live"], days: 2, done: 1),
    Example(id: "food-02", name: "海边小厨", team: "south", owner: "黄强", tags: [], days: 12, done: 8),
    Example(id: "home-01", name: "木作之家", team: "north", owner: "赵雪", tags: [], days: 15, done: 6),
    Example(id: "home-02", name: "暖居生活馆", team: "north", owner: "赵雪", tags: [], days: nil, done: 3),
    Example(id: "wear-01", name: "棉与麻", team: "north", owner: "孙月", tags: [], days: nil, done: 7),
  ]

  let invocation: Invocation
  let store: SQLiteShopStore
  let definitions: Definitions

  /// Writes them to the store through the same operations as the real commands.
  func play() throws {
    for example in Self.examples { try play(example) }
  }

  private func play(_ example: Example) throws {
    let shop = ShopID(trusted: example.id)
    let rebound = invocation.now + -(example.days ?? -1) * 86_400 + -3600
    let by = try Author(name: example.owner, login: "demo", channel: .commandLine, clockWasSet: true)
    try store.write { transaction in
      _ = try ChangeShop(zones: invocation.zones, by: by, now: rebound + -40 * 86_400).add(
        shop,
        ShopDetails(
          name: example.name, platform: "douyin", team: example.team, owner: example.owner,
          timeZone: "Asia/Shanghai", tags: example.tags), in: transaction)
    }
    try take(.bind("\(example.id)-old"), of: shop, by, at: rebound + -39 * 86_400)
    try take(
      .plan(
        to: "\(example.id)-new", plannedFor: .absolute(rebound + -8 * 86_400),
        confirmed: definitions.platforms["douyin"]?.requires ?? []), of: shop, by, at: rebound + -12 * 86_400)
    // Of the two in progress, one is still planned and the other is waiting.
    if example.days == nil, example.done > 5 { return }
    try take(
      .unbind(until: .absolute(rebound + -86_400 / 2), finishBy: .absolute(rebound + 5 * 86_400)), of: shop,
      by,
      at: rebound + -7 * 86_400)
    guard example.days != nil else { return }
    try take(.rebind(to: nil), of: shop, by, at: rebound)
    try tick(example.done, of: shop, by, from: rebound)
  }

  private func take(_ step: ChangeSwitch.Step, of shop: ShopID, _ by: Author, at: Moment) throws {
    _ = try store.write { transaction in
      try ChangeSwitch(definitions: definitions, zones: invocation.zones, by: by, now: at)(
        step, of: shop, at: nil, override: nil, in: transaction)
    }
  }

  /// Ticks the first items of the run that began at the rebinding, hours apart.
  private func tick(_ count: Int, of shop: ShopID, _ by: Author, from rebound: Moment) throws {
    try store.write { transaction in
      let runs = try transaction.runs(of: shop) { summary, _ in summary.state == .active }
      let note = say(en: "done", zh: "已完成")
      for run in runs {
        let isLast = run.checklist.rawValue == "douyin-after-switch"
        var left = isLast ? count : run.items.count
        for (index, item) in run.items.enumerated() where left > 0 {
          let at = min(rebound + Int64(index + 1) * 5400, invocation.now)
          let proof: Proof.Content? =
            item.definition.proof == [.file]
            ? .file(name: "backup.zip", size: 48_120_113, sha256: String(repeating: "5e", count: 32)) : nil
          let change = ChangeItems(zones: invocation.zones, by: by, now: at)
          do {
            _ = try change(
              [item.id.rawValue], of: shop, run: run.number, inFinished: true, in: transaction
            ) { _ in ChangeItems.TimedRequest(.tick(note: note, proof: proof), at: at) }
            left -= 1
          } catch is Refusal {
            // The item waits for a later one, or requires another kind of proof, so it stays open.
            continue
          }
        }
      }
    }
  }
}

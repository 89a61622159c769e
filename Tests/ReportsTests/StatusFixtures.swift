import Domain
import Operations

extension ShopStatus {
  /// A run with an item in every state, for a shop whose name is Chinese.
  static let busy = ShopStatus(
    shop: Shop(id: ShopID(trusted: "s-001"), name: "张三的小店", team: "east"), runs: [.busy], now: .now)

  /// A shop without runs.
  static let new = ShopStatus(shop: Shop(id: ShopID(trusted: "s-002"), name: "新店"), runs: [], now: .now)

  /// A run whose texts try everything.
  static let hostile = ShopStatus(
    shop: Shop(id: ShopID(trusted: "店-9"), name: "\u{1B}[31mred\u{7}", team: "=cmd()", archived: true),
    runs: [.hostile], now: .now)
}

extension RunStatus {
  static let busy = RunStatus(
    number: 2, checklist: ChecklistID(trusted: "douyin-after-switch"),
    title: text("After the switch", "换绑后的任务"), switchedAt: .switched, timeZone: "Asia/Shanghai",
    state: .active,
    progress: Progress(total: 8, done: 1, skipped: 1, blocked: 1, pending: 5, overdue: 2),
    items: [
      .of(0, .done, owner: "张三", changedAt: .switched + hour, changedBy: "张三"),
      .of(1, .pending, overdue: true, owner: "张三"),
      .of(2, .blocked, overdue: true, owner: "李雷", blockedReason: "the courier's system is down"),
      .of(3, .pending, owner: "王芳", dueAt: .now + 20 * 60, awaitingBy: "王芳"),
      .of(4, .pending, owner: "李雷", waitingFor: ["verify-products"]),
      .of(5, .pending, note: "the old exports are on the shared drive"),
      .of(6, .pending, waitingFor: ["notify-customers"]),
      .of(7, .skipped, changedAt: .switched + day, changedBy: "lead"),
    ])

  static let hostile = RunStatus(
    number: 1, checklist: ChecklistID(trusted: "x"), title: LocalizedText("a\u{202E}b\nc"),
    switchedAt: .switched, timeZone: "Nowhere/Land", state: .stopped,
    progress: Progress(total: 2, pending: 2),
    items: [
      .init(
        definition: ChecklistItem(
          id: ItemID(trusted: String(repeating: "a-very-long-id-", count: 4) + "end"),
          title: LocalizedText("\u{1B}]0;pwned\u{7} 👨‍👩‍👧‍👦 \"quoted\" \\ \u{9B}31m é שלום <b>&amp;")),
        state: .pending, dueAt: nil, overdue: false, owner: "@owner\t|", needs: [], waitingFor: [],
        awaitingConfirmation: nil, blockedReason: nil, note: "line one\nline two\u{2028}line three",
        proof: Proof(content: .link(url: "https://example.com/?a=1&b=\"2\""), at: .now, by: "a\u{7F}b"),
        changedAt: nil, changedBy: nil),
      .init(
        definition: ChecklistItem(id: ItemID(trusted: "emoji"), title: LocalizedText("🎉🇨🇳❤️ 店铺 ｱｲｳ ①")),
        state: .done, dueAt: .now, overdue: false, owner: nil, needs: [], waitingFor: [],
        awaitingConfirmation: nil, blockedReason: nil, note: nil,
        proof: Proof(content: .file(name: "导出.csv", size: 1_480_000, sha256: "ab12"), at: .now, by: "z"),
        changedAt: .now, changedBy: "z"),
    ])
}

extension ItemStatus {
  /// The task at an index, due as its checklist says.
  static func of(
    _ index: Int, _ state: ItemState, missed: Milestone? = nil, overdue: Bool = false, owner: String? = nil,
    dueAt: Moment? = nil, waitingFor: [String] = [], awaitingBy: String? = nil, blockedReason: String? = nil,
    note: String? = nil, changedAt: Moment? = nil, changedBy: String? = nil
  ) -> ItemStatus {
    let task = Task.all[index]
    return ItemStatus(
      definition: task.definition, state: state, missed: missed, dueAt: dueAt ?? .switched + task.due * hour,
      overdue: overdue, owner: owner, needs: task.definition.needs,
      waitingFor: waitingFor.map(ItemID.init(trusted:)),
      awaitingConfirmation: awaitingBy.map { AwaitingConfirmation(by: $0, at: .now + -hour) },
      blockedReason: blockedReason, note: note, proof: nil, changedAt: changedAt, changedBy: changedBy)
  }
}

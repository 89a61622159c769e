import Domain
import Operations

extension OverdueItem {
  /// Every reason there is, and one that is only to come.
  static let various: [OverdueItem] = [
    .of(0, shop: "s-001", name: "张三的小店", owner: "张三", dueAt: .now + -(3 * day + 4 * hour)),
    .of(
      2, shop: "旗舰店-07", name: "江南丝绸旗舰店", team: "华南大区", owner: "Wang Fang", state: .blocked,
      dueAt: .now + -day, blockedReason: "the courier's system is down | since\nMonday"),
    .of(
      1, shop: "s-001", owner: nil, dueAt: .now + -(2 * hour + 5 * 60),
      waitingFor: "rebind-store rotate-password"),
    .of(3, shop: "s-014", owner: "李雷", dueAt: .now, awaitingBy: "李雷"),
    .of(4, shop: "s-014", owner: "李雷", dueAt: .now + 20 * 60),
    .of(5, shop: "s-020", owner: "李雷", dueAt: .now + 2 * day, waitingFor: "verify-products"),
  ]

  static func hostile(_ text: String) -> OverdueItem {
    OverdueItem(
      shop: "s", name: text, team: text, run: 1, checklist: "c", item: "i", title: LocalizedText(text),
      owner: text, critical: true, state: .blocked, waitingFor: "", blockedReason: text,
      awaitingConfirmationBy: nil, dueAt: .now + -day, overdueSeconds: day)
  }

  static func of(
    _ index: Int, shop: String, name: String? = nil, team: String? = nil, owner: String?,
    state: ItemState = .pending, dueAt: Moment, waitingFor: String = "", blockedReason: String? = nil,
    awaitingBy: String? = nil
  ) -> OverdueItem {
    let task = Task.all[index]
    return OverdueItem(
      shop: shop, name: name, team: team, run: 1, checklist: "douyin-after-switch", item: task.id,
      title: task.title, owner: owner, critical: task.critical, state: state, waitingFor: waitingFor,
      blockedReason: blockedReason, awaitingConfirmationBy: awaitingBy, dueAt: dueAt,
      overdueSeconds: .now - dueAt)
  }
}

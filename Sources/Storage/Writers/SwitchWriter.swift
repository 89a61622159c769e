import Domain
import Operations

extension ShopTransaction {
  /// Switches are written first, because bindings refer to those that began and ended them.
  @specialized(where Connection == SQLiteConnection)
  func save(_ history: BindingHistory, replacing old: BindingHistory, of shop: ShopID) throws {
    for (index, change) in history.switches.enumerated() {
      let isLatest = index == history.switches.count - 1
      if index < old.switches.count {
        let wasLatest = index == old.switches.count - 1
        if change == old.switches[index], isLatest == wasLatest { continue }
        try connection.run(
          """
          UPDATE account_switch SET latest = $3, state = $4, to_account = $5, planned_for = $6,
            unbound_at = $7, until = $8, estimated = $9, until_latest = $10, finish_by = $11, ended_at = $12,
            reason = $13, confirmed = $14, overrides = $15
          WHERE shop = $1 AND number = $2
          """, key(shop, change.number) + [.flag(isLatest)] + values(of: change))
      } else {
        try connection.run(
          """
          INSERT INTO account_switch (shop, number, latest, state, to_account, planned_for, unbound_at, until,
            estimated, until_latest, finish_by, ended_at, reason, confirmed, overrides, from_account,
            planned_at, imported)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
          """,
          key(shop, change.number) + [.flag(isLatest)] + values(of: change) + [
            .text(change.from), .moment(change.plannedAt), .flag(change.isImported),
          ])
      }
    }
    try saveBindings(history.bindings, replacing: old.bindings, of: shop)
  }

  private func saveBindings(_ bindings: [Binding], replacing old: [Binding], of shop: ShopID) throws {
    for (index, binding) in bindings.enumerated() {
      let end: [SQLValue] = [.optional(binding.ended), binding.endedBy.map { .integer($0) } ?? .null]
      if index < old.count {
        if binding == old[index] { continue }
        try connection.run(
          "UPDATE binding SET ended = $3, ended_by = $4 WHERE shop = $1 AND number = $2",
          key(shop, index + 1) + end)
      } else {
        try connection.run(
          """
          INSERT INTO binding (shop, number, ended, ended_by, previous, account, since, begun_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
          """,
          key(shop, index + 1) + end + [
            index == 0 ? .null : .integer(index), .text(binding.account), .optional(binding.since),
            binding.begunBy.map { .integer($0) } ?? .null,
          ])
      }
    }
  }

  private func key(_ shop: ShopID, _ number: Int) -> [SQLValue] { [.text(shop.rawValue), .integer(number)] }

  /// `state` to `overrides`.
  private func values(of change: AccountSwitch) -> [SQLValue] {
    let coolDown = change.coolDown
    return [
      .text(change.state.rawValue), .text(change.to), .moment(change.plannedFor), .optional(change.unboundAt),
      .optional(coolDown?.until), .flag(coolDown?.isEstimate ?? false), .optional(coolDown?.latest),
      .optional(coolDown?.finishBy), .optional(change.endedAt), .optional(change.reason),
      .text(SwitchLists.text(change.confirmed)), .text(SwitchLists.text(change.overrides)),
    ]
  }
}

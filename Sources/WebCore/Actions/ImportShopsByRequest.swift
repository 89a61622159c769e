import Domain
import Operations
import Reports

/// Adds and updates shops from a CSV file, all or none, for pages and the API.
package struct ImportShopsByRequest: Sendable {
  private let zones: any ZoneSource
  private let channel: EntryChannel

  package init(zones: any ZoneSource, channel: EntryChannel) {
    self.zones = zones
    self.channel = channel
  }

  /// Reads a table outside of any transaction. Throws `BadTable`.
  package func rows(of bytes: [UInt8], for request: WebRequest) async throws -> [ImportShops.Row] {
    let importing = try importing(for: request.principal, at: request.now)
    return try await WorkQueue.large.run { try importing.read(bytes) }
  }

  /// Throws a problem if a row's shop isn't the sender's to add or change.
  package func callAsFunction(
    _ rows: [ImportShops.Row], in transaction: any StoreWriting, _ grant: Grant
  ) throws -> ImportShops.Outcome {
    try check(rows, grant.principal, in: transaction)
    return try importing(for: grant.principal, at: grant.now)(
      rows, within: ShopScope(grant.principal), in: transaction
    ) { _ in }
  }

  private func importing(for principal: Principal, at now: Moment) throws -> ImportShops {
    ImportShops(zones: zones, by: try principal.author(through: channel, isLead: true), now: now)
  }

  /// The sender must lead each row's shop, and may only add or move shops to teams of their own.
  private func check(
    _ rows: [ImportShops.Row], _ principal: Principal, in transaction: any StoreWriting
  ) throws {
    if principal.isAdmin { return }
    let refused = try rows.filter { row in
      let existing = try transaction.shop(row.shop.id)?.shop
      if let existing, !principal.may(.lead, in: existing) { return true }
      return !principal.mayAddShop(
        in: existing != nil && row.details.team == nil ? existing?.team : row.shop.team)
    }
    if refused.isEmpty { return }
    let names = refused.prefix(20).map(\.shop.id.rawValue).joined(separator: ", ")
    throw Problem(
      .forbidden,
      Wording(
        en: "you may not add or change these shops, and nothing was changed: \(names)",
        zh: "您无权添加或修改这些店铺，数据未作改动：\(names)"))
  }
}

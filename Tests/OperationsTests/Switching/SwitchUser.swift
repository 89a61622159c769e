import Domain
import Operations
import TestSupport

/// Does with a store's switches what people do with them.
struct SwitchUser {
  let store: any ShopStore
  var checklists: [Checklist]
  var by = Author.li

  init(_ store: any ShopStore, _ checklists: [Checklist]) {
    self.store = store
    self.checklists = checklists
  }

  private var definitions: Definitions { Definitions(checklists: checklists, calendars: [:]) }

  /// At an hour after `.switched`, which is now.
  func user(at hours: Int64) -> StoreUser {
    var user = StoreUser(store, checklists)
    (user.now, user.by) = (.hours(hours), by)
    return user
  }

  @discardableResult
  func take(_ step: ChangeSwitch.Step, of shop: ShopID = "s-1", at hours: Int64) throws
    -> ChangeSwitch.Outcome
  {
    let change = ChangeSwitch(
      definitions: definitions, zones: TestZones.directory, by: by, now: .hours(hours))
    return try store.write { try change(step, of: shop, at: nil, override: nil, in: $0) }
  }

  @discardableResult
  func plan(_ account: String, for hours: Int64? = nil, at now: Int64) throws -> ChangeSwitch.Outcome {
    let plannedFor = hours.map { TimeText.absolute(.hours($0)) }
    return try take(.plan(to: account, plannedFor: plannedFor, confirmed: []), at: now)
  }

  @discardableResult
  func unbind(at hours: Int64) throws -> ChangeSwitch.Outcome {
    try take(.unbind(until: nil, finishBy: nil), at: hours)
  }

  @discardableResult
  func rebind(to account: String? = nil, at hours: Int64) throws -> ChangeSwitch.Outcome {
    try take(.rebind(to: account), at: hours)
  }

  /// A table of switches from before.
  @discardableResult
  func record(_ rows: String, at hours: Int64) throws -> ImportSwitches.Outcome {
    let importing = ImportSwitches(
      definitions: definitions, zones: TestZones.directory, by: by, now: .hours(hours))
    let head = "shop,from,to,planned_at,unbound_at,until,rebound_at\n"
    let rows = try importing.read(Array((head + rows).utf8))
    return try store.write { try importing(rows, in: $0) { _ in } }
  }

  func upgrade(to checklist: Checklist, at hours: Int64) -> UpgradeRuns {
    UpgradeRuns(
      definitions: Definitions(checklists: [checklist], calendars: [:]), zones: TestZones.directory, by: by,
      now: .hours(hours))
  }

  func run(_ number: Int, of shop: ShopID = "s-1") throws -> Run? {
    try store.read { try $0.run(number, of: shop) }
  }
}

extension Run {
  /// What was missed in it, in the definition's order.
  var missedItems: [ItemID] { items.filter { $0.missed != nil }.map(\.id) }
}

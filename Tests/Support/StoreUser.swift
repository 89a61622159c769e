import Domain
import Operations

/// Does with a store what people do with it.
package struct StoreUser {
  package let store: any ShopStore
  package var checklists: [Checklist] = []
  package var calendars: [String: WorkCalendar] = [:]
  package var by = Author.li
  package var now = Moment.now

  package init(_ store: any ShopStore, _ checklists: [Checklist] = []) {
    self.store = store
    self.checklists = checklists
  }

  @discardableResult
  package func add(_ shop: ShopID, _ details: ShopDetails = ShopDetails()) throws -> Shop {
    try store.write { try changeShop.add(shop, details, in: $0) }
  }

  @discardableResult
  package func edit(_ shop: ShopID, _ details: ShopDetails) throws -> Bool {
    try store.write { try changeShop.edit(shop, details, in: $0).changed }
  }

  @discardableResult
  package func setArchived(_ shop: ShopID, _ archived: Bool) throws -> Bool {
    try store.write { try changeShop.setArchived(shop, archived, in: $0).changed }
  }

  package var changeShop: ChangeShop { ChangeShop(zones: TestZones.directory, by: by, now: now) }

  package var startRuns: StartRuns {
    StartRuns(
      definitions: Definitions(checklists: checklists, calendars: calendars), zones: TestZones.directory,
      by: by, now: now)
  }

  @discardableResult
  package func start(
    _ shop: ShopID, _ checklist: String? = nil, at switchedAt: Moment? = .switched, again: Bool = false,
    quietly: Bool = false
  ) throws -> StartRuns.Outcome {
    let request = StartRuns.Request(
      checklist: checklist, switchedAt: switchedAt.map { .absolute($0) }, again: again)
    return try store.write { try startRuns(shop, request, quietly: quietly, in: $0) }
  }

  @discardableResult
  package func stop(_ shop: ShopID, run: Int? = nil) throws -> (run: Run, changed: Bool) {
    try store.write { try StopRun(by: by, now: now)(shop, run: run, reason: "a mistake", in: $0) }
  }

  @discardableResult
  package func change(
    _ shop: ShopID, _ items: [String], _ request: RequestedItemChange, run: Int? = nil, at: Moment? = nil,
    inFinished: Bool = true
  ) throws -> ChangeItems.Outcome {
    try store.write { transaction in
      try ChangeItems(zones: TestZones.directory, by: by, now: now)(
        items, of: shop, run: run, inFinished: inFinished, in: transaction
      ) { _ in ChangeItems.TimedRequest(request, at: at ?? now) }
    }
  }

  @discardableResult
  package func tick(_ shop: ShopID, _ items: String..., at: Moment? = nil) throws -> ChangeItems.Outcome {
    try change(shop, items, .tick(note: nil, proof: nil), at: at)
  }
}

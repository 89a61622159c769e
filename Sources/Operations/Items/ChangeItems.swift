import Domain

/// Changes items in one shop's runs, all of those named or none: tick, confirm, untick, skip, block, unblock,
/// assign, move the due time, note.
package struct ChangeItems: Sendable {
  /// A request whose times have been interpreted in the run's zone.
  package struct TimedRequest: Sendable {
    package let request: RequestedItemChange
    /// When it happened, after any correction.
    package let at: Moment
    /// The device's own time, if it was impossible and `at` differs.
    package let deviceTime: Moment?

    package init(_ request: RequestedItemChange, at: Moment) {
      self.request = request
      self.at = at
      deviceTime = nil
    }

    /// Takes a device's time, which may be wrong: clamps it to between the run's start and now.
    package init(_ request: RequestedItemChange, deviceTime: Moment, of run: Run, now: Moment) {
      self.request = request
      at = min(max(deviceTime, run.began), now)
      self.deviceTime = deviceTime == at ? nil : deviceTime
    }
  }

  /// The result of a change.
  package struct Outcome: Sendable {
    package struct Entry: Sendable {
      package let run: Int
      /// The item after the change.
      package let item: Run.Item
      /// False if the item already was in the requested state.
      package let changed: Bool
    }

    package let shop: Shop
    /// In the order in which they were named.
    package let items: [Entry]
    /// The runs concerned, after the change.
    package let runs: [Run]
    /// The numbers of the runs that the change finished.
    package let finished: [Int]
    /// The numbers of the runs that the change made active again.
    package let reopened: [Int]
    /// Decides the zone in which the shop's times are shown.
    package let zone: ShopZone
  }

  private let zones: any ZoneSource
  private let by: Author
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    self.zones = zones
    self.by = by
    self.now = now
  }

  /// Throws a `Refusal` before anything is written, or a `StoreError`.
  ///
  /// - Parameter run: the run's number; nil finds the run by its items.
  /// - Parameter inFinished: whether items may be found in a finished run.
  /// - Parameter asked: returns the request for the items of a run.
  package func callAsFunction(
    _ items: [String], of shop: ShopID, run: Int?, inFinished: Bool,
    in transaction: any StoreWriting, asked: (Run) throws -> TimedRequest
  ) throws -> Outcome {
    try self(
      items, of: transaction.requireLocked(shop), run: run, inFinished: inFinished, in: transaction,
      asked: asked)
  }

  /// The same for a shop that the transaction has read already.
  package func callAsFunction(
    _ items: [String], of stored: StoredShop, run: Int?, inFinished: Bool,
    in transaction: any StoreWriting, asked: (Run) throws -> TimedRequest
  ) throws -> Outcome {
    let shop = stored.shop.id
    var touched: [Run] = []
    var named: [(run: Int, item: ItemID)] = []
    for item in items {
      let found = try transaction.locate(item, of: stored, run: run, inFinished: inFinished, zones: zones)
      if !touched.contains(where: { $0.number == found.run.number }) { touched.append(found.run) }
      if !named.contains(where: { $0 == (found.run.number, found.item) }) {
        named.append((found.run.number, found.item))
      }
    }

    var decisions: [(run: Int, asked: TimedRequest, decision: Decision)] = []
    for run in touched {
      let asked = try asked(run)
      let ids = named.filter { $0.run == run.number }.map(\.item)
      let decision = try run.decide(
        asked.request, on: ids, of: shop, by: by, at: asked.at, now: now,
        in: zones.shown(run.timeZone))
      decisions.append((run.number, asked, decision))
    }

    var ledger = ShopLedger(stored, runs: touched, in: transaction, by: by, now: now)
    for (run, asked, decision) in decisions {
      for step in decision.steps {
        try ledger.record(.item(run: run, step.item, step.change), at: asked.at, deviceTime: asked.deviceTime)
      }
    }
    try ledger.save()
    return outcome(
      shop: stored.shop, zone: try transaction.zone(of: stored.shop), before: touched,
      after: ledger.record, named: named,
      changed: decisions.flatMap { entry in entry.decision.steps.map { (entry.run, $0.item) } })
  }

  private func outcome(
    shop: Shop, zone: ShopZone, before: [Run], after: ShopRecord, named: [(run: Int, item: ItemID)],
    changed: [(Int, ItemID)]
  ) -> Outcome {
    let runs = before.compactMap { after.runs[$0.number] }
    let changedState = zip(before, runs).filter { $0.state != $1.state }
    return Outcome(
      shop: shop,
      items: named.compactMap { run, id in
        after.runs[run]?[id].map { item in
          Outcome.Entry(run: run, item: item, changed: changed.contains { $0 == (run, id) })
        }
      },
      runs: runs, finished: changedState.filter { $1.state == .finished }.map(\.1.number),
      reopened: changedState.filter { $1.state == .active }.map(\.1.number), zone: zone)
  }
}

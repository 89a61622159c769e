import Domain

/// Upgrades runs to the files' current contents, or shows what that would change.
package struct UpgradeRuns {
  /// The result for one run.
  package struct Outcome: Sendable {
    package let shop: Shop
    /// The run before the upgrade.
    package let before: Run
    /// The run after the upgrade, actual or simulated.
    package let after: Run
    /// Set if due times lie beyond the years that the checklist's calendar covers.
    package let beyondCalendar: BeyondCalendar?
    /// Decides the zone in which the shop's times are shown.
    package let zone: ShopZone

    /// Empty if the run already followed the file.
    package var difference: DefinitionDifference { DefinitionDifference(from: before, to: after) }

    /// False if the run already followed the file.
    package var isChanged: Bool { before.definition != after.definition }
  }

  private let making: RunFactory
  private let by: Author
  private let now: Moment

  package init(definitions: Definitions, zones: any ZoneSource, by: Author, now: Moment) {
    making = RunFactory(definitions: definitions, zones: zones)
    self.by = by
    self.now = now
  }

  /// Shows what an upgrade would change. Throws a `Refusal` or a `StoreError`.
  ///
  /// - Parameter run: nil: all active runs.
  /// - Parameter checklist: only runs of this one.
  package func dryRun(
    _ shop: ShopID, run: Int?, checklist: String? = nil, in reading: any StoreReading
  ) throws -> [Outcome] {
    let stored = try reading.require(shop)
    let history = try reading.history(of: shop)
    let zone = try reading.zone(of: stored.shop)
    return try plans(stored, run: run, checklist: checklist, in: reading).map { plan in
      var after = plan.run
      if let upgrade = plan.upgrade {
        var record = ShopRecord(shop: stored.shop, runs: [after.number: after])
        try record.apply(.runUpgraded(upgrade), by: by, at: now) { _ in plan.pinned.definition }
        after = record.runs[after.number] ?? after
        if let (milestone, at) = history.closing(of: after) {
          for item in after.outstanding {
            after.apply(
              .missed(at: milestone), to: item, by: by.name, link: by.link, at: max(at, after.began))
          }
        }
      }
      return outcome(stored.shop, plan, after: after, zone)
    }
  }

  /// Throws a `Refusal` before anything is written, or a `StoreError`.
  ///
  /// - Parameter run: nil: all active runs.
  /// - Parameter checklist: only runs of this one.
  package func callAsFunction(
    _ shop: ShopID, run: Int?, checklist: String? = nil, in transaction: any StoreWriting
  ) throws -> [Outcome] {
    let stored = try transaction.requireLocked(shop)
    let plans = try plans(stored, run: run, checklist: checklist, in: transaction)
    let history = try transaction.history(of: shop)
    var ledger = ShopLedger(stored, runs: plans.map(\.run), in: transaction, by: by, now: now)
    for plan in plans {
      guard let upgrade = plan.upgrade else { continue }
      try ledger.pin(plan.pinned.definition, canonical: plan.pinned.canonical)
      try ledger.record(.runUpgraded(upgrade))
      // According to the new version, the run may have had to be closed already.
      if let run = ledger.record.runs[plan.run.number], let (milestone, at) = history.closing(of: run) {
        try ledger.close(run, milestone, at: at)
      }
    }
    try ledger.save()
    let zone = try transaction.zone(of: stored.shop)
    return plans.map { plan in
      outcome(stored.shop, plan, after: ledger.record.runs[plan.run.number] ?? plan.run, zone)
    }
  }

  private struct Plan {
    let run: Run
    let pinned: Definitions.Pinned
    /// Nil if the run already follows the file.
    let upgrade: RunUpgrade?
    let beyond: BeyondCalendar?
  }

  private func outcome(_ shop: Shop, _ plan: Plan, after: Run, _ zone: ShopZone) -> Outcome {
    Outcome(shop: shop, before: plan.run, after: after, beyondCalendar: plan.beyond, zone: zone)
  }

  private func plans(
    _ stored: StoredShop, run number: Int?, checklist: String?, in reading: any StoreReading
  ) throws -> [Plan] {
    let shop = stored.shop
    if stored.runs == 0 { throw Refusal.noRuns(shop.id) }
    let runs = try reading.runs(of: shop.id) { run, _ in
      if let number { return run.number == number }
      return run.state == .active && (checklist == nil || run.checklist.rawValue == checklist)
    }
    if let number {
      guard let run = runs.first else { throw Refusal.unknownRun(shop.id, run: number, newest: stored.runs) }
      try run.requireOpen()
    } else if runs.isEmpty, checklist == nil {
      throw Refusal.noneActive(shop.id)
    }
    return try runs.map { try plan($0, of: shop) }
  }

  private func plan(_ run: Run, of shop: Shop) throws(Refusal) -> Plan {
    let pinned = try making.definitions.checklist(run.checklist.rawValue)
    if pinned.definition.sha256 == run.definition.sha256 {
      return Plan(run: run, pinned: pinned, upgrade: nil, beyond: nil)
    }
    let zone = try making.zone(named: run.timeZone)
    let (items, beyond) = making.items(
      of: pinned.definition, for: shop, from: run.switchedAt, in: zone, began: run.began)
    if items.isEmpty { throw .allItemsLeftOut(run.checklist, shop.id) }
    let sameCalendar = run.definition.checklist.calendar == pinned.checklist.calendar
    var rest = pinned.checklist.items[...]
    let held = items.map { item -> RunStart.Item in
      // Both are in the definition's order.
      while let next = rest.first, next.id != item.id { rest.removeFirst() }
      guard let new = rest.popFirst(), let old = run[item.id] else { return item }
      // Due times and owners set by hand stay, and so do those whose definition hasn't changed.
      let keepsDue = old.isDueMoved || sameCalendar && old.definition.due == new.due
      let keepsOwner = old.isAssigned || old.definition.owner == new.owner
      return RunStart.Item(
        id: item.id, dueAt: keepsDue ? old.dueAt : item.dueAt, owner: keepsOwner ? old.owner : item.owner)
    }
    let removed = run.items.map(\.id).filter { id in !items.contains { $0.id == id } }
    let upgrade = RunUpgrade(
      run: run.number, definition: pinned.definition.sha256, items: held, removed: removed)
    return Plan(run: run, pinned: pinned, upgrade: upgrade, beyond: beyond)
  }
}

import Domain

/// Shows a shop's active runs, or its newest one if none is active.
package struct ReadStatus: Sendable {
  private let now: Moment

  package init(now: Moment) { self.now = now }

  /// Throws a `Refusal` for an unknown shop or run.
  ///
  /// - Parameter run: only this one, whatever its state.
  /// - Parameter definitions: the files' current contents; only called if a run is active. Nil: unknown.
  package func callAsFunction(
    _ shop: ShopID, run number: Int?, in reading: any StoreReading, definitions: () -> Definitions? = { nil }
  ) throws -> ShopStatus {
    try self(try reading.require(shop).shop, run: number, in: reading, definitions: definitions)
  }

  /// The same for a shop that has been read already.
  package func callAsFunction(
    _ shop: Shop, run number: Int?, in reading: any StoreReading, definitions: () -> Definitions? = { nil }
  ) throws -> ShopStatus {
    var newest: Int?
    var counted: Set<Int> = []
    var countsOthers = false
    var runs = try reading.runs(of: shop.id) { summary, _ in
      newest = summary.number
      let isWanted = number.map { $0 == summary.number } ?? (summary.state == .active)
      if summary.isCounted {
        if isWanted { counted.insert(summary.number) } else { countsOthers = true }
      }
      return isWanted
    }
    if runs.isEmpty, let newest {
      if let number { throw Refusal.unknownRun(shop.id, run: number, newest: newest) }
      runs = try reading.run(newest, of: shop.id).map { [$0] } ?? []
    }
    if runs.isEmpty, number != nil { throw Refusal.noRuns(shop.id) }
    let written = runs.contains { $0.state == .active } ? definitions() : nil
    let history = try reading.history(of: shop.id)
    let isNewest = newest == nil || runs.last?.number == newest
    let zone =
      isNewest
      ? ShopZone(own: shop.timeZone, platform: shop.platform, newestRun: runs.last?.timeZone)
      : try reading.zone(of: shop)
    let shown = runs.map { run in
      RunStatus(run, now: now, hasNewerDefinition: written.flatMap { Self.hasOther($0, than: run) })
    }
    // If there are no other runs that count, the counts shown can be reused.
    let progress =
      countsOthers
      ? try reading.progress(of: shop.id, now: now)
      : shown.reduce(into: Progress()) { if counted.contains($1.number) { $0.add($1.progress) } }
    return ShopStatus(
      shop: shop, account: history.current?.account, latestSwitch: history.switches.last, runs: shown,
      progress: progress, now: now, zone: zone)
  }

  /// Whether the files define another version than an active run is pinned to; nil if they don't define its
  /// checklist.
  private static func hasOther(_ written: Definitions, than run: Run) -> Bool? {
    guard run.state == .active else { return nil }
    return written.checklists.first { $0.checklist.id == run.checklist }
      .map { $0.definition.sha256 != run.definition.sha256 }
  }
}

extension RunStatus {
  /// A run as it stands at a moment.
  package init(_ run: Run, now: Moment, hasNewerDefinition: Bool? = nil) {
    let items = run.items.map { item in
      ItemStatus(
        definition: item.definition, state: item.state, missed: item.missed, dueAt: item.dueAt,
        overdue: run.isOverdue(item, at: now), owner: item.owner, needs: item.needs,
        waitingFor: run.waitingFor(item),
        awaitingConfirmation: item.awaiting.map { AwaitingConfirmation(by: $0.by, at: $0.at, link: $0.link) },
        blockedReason: item.blockedReason, note: item.note, proof: item.proof,
        changedAt: item.changedAt, changedBy: item.changedBy,
        changedByLink: item.changedByLink)
    }
    var progress = Progress(total: items.count)
    for item in items {
      switch item.state {
      case .done: progress.done += 1
      case .skipped:
        progress.skipped += 1
        if item.missed != nil { progress.missed += 1 }
      case .blocked: progress.blocked += 1
      case .pending: progress.pending += 1
      }
      if item.overdue { progress.overdue += 1 }
    }
    self.init(
      number: run.number, checklist: run.checklist, definition: run.definition.sha256,
      title: run.definition.checklist.title,
      switchedAt: run.switchedAt, began: run.began, accountSwitch: run.accountSwitch,
      timeZone: run.timeZone, state: run.state, hasNewerDefinition: hasNewerDefinition,
      progress: progress, items: items)
  }
}

import Domain

/// Shows a shop's runs: the active ones, or the newest where none is active.
public struct ReadStatus: Sendable {
  private let now: Moment

  package init(now: Moment) { self.now = now }

  /// Throws a `Refusal` for a shop or run that isn't there.
  ///
  /// - Parameter run: only this one, whatever its state.
  /// - Parameter definitions: what the files say now, asked for only when a run is active; nil: not known.
  public func callAsFunction(
    _ shop: ShopID, run number: Int?, in reading: any ShopReading, definitions: () -> Definitions? = { nil }
  ) throws -> ShopStatus {
    let stored = try reading.require(shop)
    let summaries = try reading.runs(of: shop)
    var wanted: [Int]
    if let number {
      guard summaries.contains(where: { $0.number == number }) else {
        guard let newest = summaries.last else { throw Refusal.noRuns(shop) }
        throw Refusal.unknownRun(shop, run: number, newest: newest.number)
      }
      wanted = [number]
    } else {
      wanted = summaries.filter { $0.state == .active }.map(\.number)
      if wanted.isEmpty, let newest = summaries.last { wanted = [newest.number] }
    }
    let runs = try wanted.compactMap { try reading.run($0, of: shop) }
    let written = runs.contains { $0.state == .active } ? definitions() : nil
    let history = try reading.history(of: shop)
    return ShopStatus(
      shop: stored.shop, account: history.current?.account, latestSwitch: history.switches.last,
      runs: runs.map { run in
        RunStatus(run, now: now, hasNewerDefinition: written.flatMap { Self.hasOther($0, than: run) })
      }, now: now)
  }

  /// Whether the files say something else than what an active run is pinned to; nil where they don't have
  /// its checklist.
  private static func hasOther(_ written: Definitions, than run: Run) -> Bool? {
    guard run.state == .active else { return nil }
    return written.checklists.first { $0.checklist.id == run.checklist }
      .map { $0.definition.sha256 != run.definition.sha256 }
  }
}

extension RunStatus {
  /// Shows a run as it stands at a moment.
  package init(_ run: Run, now: Moment, hasNewerDefinition: Bool? = nil) {
    let items = run.items.map { item in
      ItemStatus(
        definition: item.definition, state: item.state, dueAt: item.dueAt,
        overdue: run.isOverdue(item, at: now), owner: item.owner, needs: item.needs,
        waitingFor: run.waitingFor(item),
        awaitingConfirmation: item.awaiting.map { AwaitingConfirmation(by: $0.by, at: $0.at) },
        blockedReason: item.blockedReason, note: item.note, proof: item.proof,
        changedAt: item.changedAt, changedBy: item.changedBy)
    }
    func count(_ state: ItemState) -> Int { items.count { $0.state == state } }
    self.init(
      number: run.number, checklist: run.checklist, definition: run.definition.sha256,
      title: run.definition.checklist.title,
      switchedAt: run.switchedAt, began: run.began, accountSwitch: run.accountSwitch,
      timeZone: run.timeZone, state: run.state, hasNewerDefinition: hasNewerDefinition,
      progress: Progress(
        total: items.count, done: count(.done), skipped: count(.skipped), blocked: count(.blocked),
        pending: count(.pending), overdue: items.count(where: \.overdue)),
      items: items)
  }
}

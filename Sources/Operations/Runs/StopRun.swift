import Domain

/// Ends a run that should not have begun.
package struct StopRun: Sendable {
  private let by: Author
  private let now: Moment

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// Returns the run, and whether that changed it. Throws a `Refusal` or a `StoreError`.
  ///
  /// - Parameter run: nil: the only active one.
  package func callAsFunction(
    _ shop: ShopID, run number: Int?, reason: String, in transaction: any StoreWriting
  ) throws -> (run: Run, changed: Bool) {
    let stored = try transaction.requireLocked(shop)
    let summaries = try transaction.runs(of: shop)
    guard let newest = summaries.last else { throw Refusal.noRuns(shop) }
    let chosen = try number ?? onlyActive(summaries, of: shop)
    guard let run = try transaction.run(chosen, of: shop) else {
      throw Refusal.unknownRun(shop, run: chosen, newest: newest.number)
    }
    if run.state == .stopped { return (run, false) }
    try run.requireOpen()
    let reason = try TextRules.reason(reason)
    let siblings = try summaries.filter { $0.checklist == run.checklist }
      .compactMap { try transaction.run($0.number, of: shop) }
    var ledger = ShopLedger(stored, runs: siblings, in: transaction, by: by, now: now)
    try ledger.record(.runStopped(run: chosen, reason: reason))
    try ledger.save()
    return (ledger.record.runs[chosen] ?? run, true)
  }

  private func onlyActive(_ runs: [RunSummary], of shop: ShopID) throws(Refusal) -> Int {
    let active = runs.filter { $0.state == .active }
    if active.count > 1 { throw .severalActiveRuns(shop, runs: active.map(\.number)) }
    guard let only = active.first else { throw .noneActive(shop) }
    return only.number
  }
}

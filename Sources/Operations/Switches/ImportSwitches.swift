import Domain

/// Records past switches from a table with the columns `shop,from,to,planned_at,unbound_at,until,rebound_at`,
/// all or none.
///
/// No rule forbids what has already happened. A switch that has ended begins no runs; one in progress begins
/// those of the milestone it has reached. None closes runs.
package struct ImportSwitches {
  package struct Row: Sendable {
    /// The line on which it begins, from 1.
    package let line: Int
    package let shop: ShopID
    let from: String
    let to: String
    let plannedAt: TimeText?
    let unboundAt: TimeText?
    let until: TimeText?
    let reboundAt: TimeText?
  }

  package struct Outcome: Sendable {
    package var recorded = 0
    /// Switches that had been recorded before.
    package var unchanged = 0
    /// Runs that were started for switches in progress.
    package var started = 0
    /// Shops whose latest switch was recorded after it had ended, and that have no run of a checklist that
    /// begins at `rebound`.
    package var withoutRuns: [ShopID] = []
    /// Checklists with due times beyond the years that their calendar covers.
    package var beyondCalendar: [BeyondCalendar] = []
  }

  private let making: RunFactory
  private let by: Author
  private let now: Moment

  package init(definitions: Definitions, zones: any ZoneSource, by: Author, now: Moment) {
    making = RunFactory(definitions: definitions, zones: zones)
    self.by = by
    self.now = now
  }

  /// Records rows from `read` in the caller's transaction. Throws `BadTable` with every row that
  /// can't be recorded, or a `StoreError`.
  ///
  /// - Parameter progress: called with the number of rows processed so far.
  package func callAsFunction(
    _ rows: [Row], in transaction: any StoreWriting, progress: (Int) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    var problems: [(line: Int, problem: BadTable.Problem)] = []
    var order: [ShopID] = []
    var byShop: [ShopID: [Row]] = [:]
    for row in rows {
      if byShop[row.shop] == nil { order.append(row.shop) }
      byShop[row.shop, default: []].append(row)
    }
    var done = 0
    for shop in order {
      let rows = byShop[shop] ?? []
      problems += try record(rows, of: shop, in: transaction, into: &outcome)
      done += rows.count
      progress(done)
    }
    if !problems.isEmpty {
      throw BadTable(problems: problems.sorted { $0.line < $1.line })
    }
    return outcome
  }

  private func record(
    _ rows: [Row], of shop: ShopID, in transaction: any StoreWriting, into outcome: inout Outcome
  ) throws -> [(line: Int, problem: BadTable.Problem)] {
    let (stored, zone): (StoredShop, Zone)
    do {
      stored = try transaction.requireLocked(shop)
      zone = try making.shopZones.meant(try transaction.zone(of: stored.shop))
    } catch let refusal as Refusal { return rows.map { ($0.line, .refused(refusal)) } }
    let rules = stored.shop.platform.flatMap { making.definitions.platforms[$0] }
    var problems: [(line: Int, problem: BadTable.Problem)] = []
    var recorder = try SwitchRecorder(
      stored, try transaction.history(of: shop), recording: nil, making: making, in: transaction, by: by,
      now: now)
    var timed: [(row: Row, change: ImportedSwitch)] = []
    for row in rows {
      do throws(Refusal) { timed.append((row, try ImportedSwitch(row, in: zone, now: now))) } catch {
        problems.append((row.line, .refused(error)))
      }
    }
    timed.sort { ($0.change.plannedAt, $0.row.line) < ($1.change.plannedAt, $1.row.line) }
    for (row, change) in timed {
      if recorder.history.switches.contains(where: change.isRecorded) {
        outcome.unchanged += 1
        continue
      }
      do {
        for step in change.steps(after: recorder.history, rules: rules) {
          try take(step, of: shop, change, zone, in: &recorder)
        }
        outcome.recorded += 1
      } catch let refusal as Refusal { problems.append((row.line, .refused(refusal))) }
    }
    if problems.isEmpty { try recorder.save() }
    if let last = recorder.history.switches.last, last.isImported, last.state == .rebound,
      try !follows(stored.shop, in: transaction)
    {
      outcome.withoutRuns.append(shop)
    }
    outcome.started += recorder.effects.started.count
    outcome.beyondCalendar += recorder.effects.beyondCalendar
    return problems
  }

  /// Whether a shop has a run of a checklist that begins at `rebound`, or no such checklist applies to it.
  private func follows(_ shop: Shop, in reading: any StoreReading) throws -> Bool {
    let meant = making.definitions.checklists.map(\.checklist)
      .filter { $0.begins == .rebound && $0.when.matches(shop) }.map(\.id)
    if meant.isEmpty { return true }
    return try reading.runs(of: shop.id).contains { meant.contains($0.checklist) && $0.state != .stopped }
  }

  private func take(
    _ step: ImportedSwitch.Step, of shop: ShopID, _ change: ImportedSwitch, _ zone: Zone,
    in recorder: inout SwitchRecorder
  ) throws {
    if case .bind(let account) = step.request {
      let account = try TextRules.line(account, as: .account)
      return try recorder.record(.bound(account: account, since: nil), at: step.at, begins: false)
    }
    if case .plan = step.request, let underWay = recorder.history.underWay {
      throw Refusal.switchUnderWay(shop, to: underWay.to)
    }
    if case .plan = step.request, let current = recorder.history.current, current.account != change.from {
      throw Refusal.boundAlready(shop, account: current.account, wanted: change.from)
    }
    let circumstances = SwitchCircumstances(
      rules: step.rules, zone: zone, override: nil, at: step.at, now: now)
    let decision = try recorder.history.decide(step.request, of: shop, circumstances)
    guard var made = decision.change else { return }
    if case .planned(let plan) = made, change.reboundAt != nil { made = .planned(plan.imported) }
    try recorder.record(made, at: step.at, begins: step.begins, closes: false)
  }
}

import Domain

/// What recording a milestone did to runs.
package struct SwitchEffects: Sendable {
  /// Runs that began, in their final state.
  package var started: [Run] = []
  /// Runs that were replaced, with what was outstanding in them.
  package var superseded: [(run: Int, checklist: ChecklistID, by: Int, outstanding: [ItemID])] = []
  /// Items that stood for the milestone and were ticked by it.
  package var ticked: [(run: Int, item: ItemID)] = []
  /// Runs that the milestone closed, with what was outstanding in them.
  package var closed: [(run: Int, checklist: ChecklistID, missed: [ItemID])] = []
  /// Runs of the switch that stopped with it, with what was outstanding in them.
  package var stopped: [(run: Int, checklist: ChecklistID, outstanding: [ItemID])] = []
  /// Runs of the switch whose due times moved.
  package var moved: [(run: Int, checklist: ChecklistID, items: Int)] = []
  /// Checklists with due times beyond the years that their calendar covers.
  package var beyondCalendar: [BeyondCalendar] = []
}

/// Records the steps of one shop's switch, each together with the runs that it begins, moves, closes or stops
/// and the items that it ticks.
struct SwitchRecorder {
  private let making: RunFactory
  private var ledger: ShopLedger
  private let shop: Shop
  private(set) var effects = SwitchEffects()

  /// - Parameter recording: the change that will be recorded, which limits the runs to load; nil: any.
  init(
    _ stored: StoredShop, _ history: BindingHistory, recording change: AccountChange?, making: RunFactory,
    in transaction: any StoreWriting, by: Author, now: Moment
  ) throws {
    self.making = making
    shop = stored.shop
    let reach = change.map { AffectedRuns(of: $0, after: history) } ?? .everything
    let runs = stored.runs == 0 ? [] : try reach.runs(of: stored.shop, making.definitions, in: transaction)
    ledger = ShopLedger(stored, runs: runs, history: history, in: transaction, by: by, now: now)
  }

  var history: BindingHistory { ledger.record.history }

  func save() throws { try ledger.save() }

  /// - Parameter begins: whether runs begin with it; false for a switch that ended long ago.
  /// - Parameter closes: whether it closes runs; false for one recorded after the fact.
  mutating func record(
    _ change: AccountChange, at: Moment, begins: Bool = true, closes: Bool = true
  ) throws {
    let wasPlanned = ledger.record.history.underWay != nil
    try ledger.record(.account(change), at: at)
    guard begins, let last = history.switches.last else { return }
    switch change {
    case .bound: break
    case .planned(let plan) where wasPlanned:
      try move(.planned, of: last.number, to: plan.plannedFor, at: at)
    case .planned(let plan):
      try tick(.planned, at: at)
      try begin(.planned, of: last.number, from: plan.plannedFor, at: at)
      try tick(.planned, at: at)
    case .unbound:
      try tick(.unbound, at: at)
      if closes { try close(.unbound, at: at) }
      try begin(.unbound, of: last.number, from: at, at: at)
      try begin(.cooled, of: last.number, from: last.opensAt ?? at, at: at)
      try tick(.unbound, at: at)
    case .coolDownCorrected: try move(.cooled, of: last.number, to: last.opensAt ?? at, at: at)
    case .rebound:
      if last.state == .cancelled {
        try stop(of: last.number, reason: "换绑已取消，绑回了原账号 / the switch was cancelled", at: at)
      } else {
        try tick(.rebound, at: at)
        if closes { try close(.rebound, at: at) }
        try begin(.rebound, of: last.number, from: at, at: at)
        try tick(.rebound, at: at)
      }
    case .abandoned(_, let reason): try stop(of: last.number, reason: reason, at: at)
    }
    effects.started = effects.started.compactMap { ledger.record.runs[$0.number] }
  }

  private mutating func begin(
    _ milestone: Milestone, of number: Int, from switchedAt: Moment, at: Moment
  ) throws {
    for pinned in making.definitions.checklists
    where pinned.checklist.begins == milestone && pinned.checklist.when.matches(shop) {
      let zone = try making.zone(of: shop, pinned.checklist)
      let (start, beyond) = making(
        pinned, number: ledger.nextRun, of: shop, from: switchedAt, in: zone, began: at, by: number)
      if start.items.isEmpty { continue }
      if let beyond { effects.beyondCalendar.append(beyond) }
      let old = activeRuns.first { $0.checklist == pinned.checklist.id }
      try ledger.pin(pinned.definition, canonical: pinned.canonical)
      try ledger.record(.runStarted(start), at: at)
      if let old {
        effects.superseded.append((old.number, old.checklist, start.run, old.outstanding))
        try ledger.record(.runSuperseded(run: old.number, by: start.run), at: at)
      }
      if let run = ledger.record.runs[start.run] { effects.started.append(run) }
    }
  }

  private var activeRuns: [Run] {
    ledger.record.runs.values.filter { $0.state == .active && $0.newer == nil }
      .sorted { $0.number < $1.number }
  }

  /// Ticks the items that stand for a milestone, regardless of their needs and proof. Must precede closing
  /// runs, and include runs that have just begun.
  private mutating func tick(_ milestone: Milestone, at: Moment) throws {
    for run in activeRuns {
      for item in run.items where item.definition.standsFor == milestone && item.state.isOutstanding {
        // A run that somebody started later can't contain anything from before it began.
        try ledger.record(
          .item(run: run.number, item.id, .ticked(note: nil, proof: nil)), at: max(at, run.began))
        effects.ticked.append((run.number, item.id))
      }
    }
  }

  /// Closes the active runs whose closing milestone this is.
  private mutating func close(_ milestone: Milestone, at: Moment) throws {
    for run in activeRuns where run.definition.checklist.closes == milestone {
      effects.closed.append((run.number, run.checklist, run.outstanding))
      try ledger.close(run, milestone, at: at)
    }
  }

  private mutating func stop(of number: Int, reason: String, at: Moment) throws {
    for run in activeRuns where run.accountSwitch == number {
      effects.stopped.append((run.number, run.checklist, run.outstanding))
      try ledger.record(.runStopped(run: run.number, reason: reason), at: at)
    }
  }

  /// Due times moved by hand stay.
  private mutating func move(
    _ milestone: Milestone, of number: Int, to switchedAt: Moment, at: Moment
  ) throws {
    for run in activeRuns
    where run.accountSwitch == number && run.definition.checklist.begins == milestone
      && run.switchedAt != switchedAt
    {
      let zone = try making.zone(named: run.timeZone)
      let (dueAt, beyond) = making.dueAt(run.definition, from: switchedAt, in: zone, began: run.began)
      if let beyond { effects.beyondCalendar.append(beyond) }
      let due = Dictionary(
        zip(run.definition.checklist.items.map(\.id), dueAt), uniquingKeysWith: { first, _ in first })
      let moves = run.items.compactMap { item -> RunMove? in
        guard !item.isDueMoved, let dueAt = due[item.id], dueAt != item.dueAt else { return nil }
        return RunMove(id: item.id, dueAt: dueAt)
      }
      try ledger.record(.runMoved(run: run.number, switchedAt: switchedAt, items: moves), at: at)
      effects.moved.append((run.number, run.checklist, moves.count))
    }
  }
}

/// Which runs a change of a shop's binding can begin, tick, close, move or stop. Most runs aren't affected,
/// so their items needn't be read.
private struct AffectedRuns {
  var begins: Set<Milestone> = []
  var ticks: Set<Milestone> = []
  var closes: Milestone?
  var moves: Milestone?
  var stops = false

  static let everything = AffectedRuns(begins: Set(Milestone.allCases), stops: true)

  private init(begins: Set<Milestone>, stops: Bool) {
    self.begins = begins
    self.stops = stops
  }

  init(of change: AccountChange, after history: BindingHistory) {
    switch change {
    case .bound: break
    case .planned: (begins, ticks, moves) = ([.planned], [.planned], .planned)
    case .unbound: (begins, ticks, closes) = ([.unbound, .cooled], [.unbound], .unbound)
    case .coolDownCorrected: moves = .cooled
    case .rebound(_, let account, _) where account == history.underWay?.from: stops = true
    case .rebound: (begins, ticks, closes) = ([.rebound], [.rebound], .rebound)
    case .abandoned: stops = true
    }
  }

  /// If a run begins or stops, includes all runs of its checklist, whose order changes with it.
  func runs(
    of shop: Shop, _ definitions: Definitions, in transaction: any StoreReading
  ) throws -> [Run] {
    var checklists = Set(definitions.checklists.lazy.map(\.checklist).filter(canBegin(for: shop)).map(\.id))
    if stops {
      checklists.formUnion(try transaction.runs(of: shop.id).filter { $0.state == .active }.map(\.checklist))
    }
    return try transaction.runs(of: shop.id) { run, definition in
      if checklists.contains(run.checklist) { return true }
      return try run.state == .active && reaches(definition().checklist)
    }
  }

  private func canBegin(for shop: Shop) -> (Checklist) -> Bool {
    { checklist in begins.contains(checklist.begins) && checklist.when.matches(shop) }
  }

  private func reaches(_ checklist: Checklist) -> Bool {
    if checklist.begins == moves || closes != nil && checklist.closes == closes { return true }
    return checklist.items.contains { item in item.standsFor.map(ticks.contains) ?? false }
  }
}

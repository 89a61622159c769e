import Domain

/// Starts a shop's runs: of one checklist, or of all that begin at `rebound` and match the shop.
package struct StartRuns {
  package struct Request: Sendable {
    /// Nil: every checklist that matches.
    package var checklist: String?
    /// What due times count from.
    package var from: Beginning
    /// Whether a new run replaces an active one.
    package var again: Bool

    package init(checklist: String? = nil, switchedAt: TimeText? = nil, again: Bool = false) {
      self.init(checklist: checklist, from: switchedAt.map(Beginning.time) ?? .now, again: again)
    }

    package init(checklist: String? = nil, from: Beginning, again: Bool = false) {
      self.checklist = checklist
      self.from = from
      self.again = again
    }
  }

  /// What a run's due times count from.
  package enum Beginning: Sendable, Hashable {
    case now
    /// Interpreted in the shop's zone.
    case time(TimeText)
    /// When the shop was last bound to a new account, according to its switches.
    case rebinding

    /// As scripts write it: nothing, a time, or `rebound`.
    ///
    /// - Parameter time: reads a time.
    package init<Failure: Error>(
      _ text: String?, time: (String) throws(Failure) -> TimeText?
    ) throws(Failure) {
      switch text {
      case nil: self = .now
      case "rebound"?: self = .rebinding
      case let text?: self = try time(text).map(Beginning.time) ?? .now
      }
    }
  }

  /// The result for one shop.
  package struct Outcome: Sendable {
    package let shop: Shop
    package var started: [Run] = []
    /// Runs already active with the same `switched_at`, which continue.
    package var kept: [RunSummary] = []
    /// Runs that were replaced, with what was outstanding in them.
    package var superseded: [(run: RunSummary, outstanding: [ItemID])] = []
    /// Checklists that already had an active run.
    package var skipped: [ChecklistID] = []
    /// Checklists with due times beyond the years that their calendar covers.
    package var beyondCalendar: [BeyondCalendar] = []
    /// Checklists without an item that applies to this shop.
    package var leftOut: [ChecklistID] = []
    /// When the shop was last bound to a new account, if runs that begin at `rebound` count from now instead.
    package var rebinding: Moment?
    /// The zone in which `rebinding` is shown.
    package var zone = Zone.utc

    /// Whether none of the checklists requested applies to the shop.
    package var hasNoChecklist: Bool {
      !isPassedOver && started.isEmpty && kept.isEmpty && skipped.isEmpty
    }

    /// Whether the shop was skipped: it has been archived, or already follows what was requested.
    fileprivate var isPassedOver = false
  }

  private let definitions: Definitions
  private let making: RunFactory
  private let by: Author
  private let now: Moment

  package init(definitions: Definitions, zones: any ZoneSource, by: Author, now: Moment) {
    self.definitions = definitions
    making = RunFactory(definitions: definitions, zones: zones)
    self.by = by
    self.now = now
  }

  /// Throws a `Refusal` before anything is written, or a `StoreError`.
  ///
  /// - Parameter quietly: doesn't refuse a shop that has nothing to start.
  package func callAsFunction(
    _ shop: ShopID, _ request: Request, quietly: Bool = false, in transaction: any StoreWriting
  ) throws -> Outcome {
    let stored = try transaction.requireLocked(shop)
    if stored.shop.archived { throw Refusal.shopArchived(shop) }
    return try callAsFunction(stored, request, quietly: quietly, in: transaction)
  }

  /// Like `callAsFunction`, but silently skips a shop that has been archived in the meantime.
  package func amongMany(
    _ shop: ShopID, _ request: Request, quietly: Bool, in transaction: any StoreWriting
  ) throws -> Outcome {
    let stored = try transaction.requireLocked(shop)
    if stored.shop.archived {
      if quietly { return .passedOver(stored.shop) }
      throw Refusal.shopArchived(shop)
    }
    // Among many shops, those that a named checklist doesn't apply to, or that already follow it, are
    // skipped.
    if quietly, let id = request.checklist {
      let checklist = try definitions.checklist(id).checklist
      let isActive = try transaction.runs(of: shop).contains {
        $0.checklist == checklist.id && $0.state == .active
      }
      if !checklist.when.matches(stored.shop) { return Outcome(shop: stored.shop) }
      if isActive, !request.again { return .passedOver(stored.shop) }
    }
    return try callAsFunction(stored, request, quietly: quietly, in: transaction)
  }

  func callAsFunction(
    _ stored: StoredShop, _ request: Request, quietly: Bool, in transaction: any StoreWriting
  ) throws -> Outcome {
    let shop = stored.shop
    let candidates = try candidates(for: shop, request)
    let existing = stored.runs == 0 ? [] : try transaction.runs(of: shop.id)
    let active = existing.filter { $0.state == .active }
    var outcome = Outcome(shop: shop)
    var starts: [(Definitions.Pinned, RunStart, superseded: RunSummary?)] = []
    var number = stored.runs
    let history = try transaction.history(of: shop.id)

    for pinned in candidates {
      let id = pinned.checklist.id
      let zone = try making.zone(of: shop, pinned.checklist)
      let old = active.first { $0.checklist == id }
      if let old, !request.again {
        if request.checklist != nil { throw Refusal.alreadyActive(id, run: old.number, shop.id) }
        outcome.skipped.append(id)
        continue
      }
      if let (milestone, at) = history.closing(of: pinned.checklist) {
        if quietly { continue }
        throw Refusal.closedByMilestone(id, shop.id, milestone, at: at, in: zone)
      }
      let switchedAt = try begin(request.from, of: shop, history, in: zone)
      if let old, old.switchedAt == switchedAt {
        outcome.kept.append(old)
        continue
      }
      let (start, beyond) = making(pinned, number: number + 1, of: shop, from: switchedAt, in: zone)
      if let beyond { outcome.beyondCalendar.append(beyond) }
      guard !start.items.isEmpty else {
        if request.checklist != nil, !quietly { throw Refusal.allItemsLeftOut(id, shop.id) }
        outcome.leftOut.append(id)
        continue
      }
      if request.from == .now, pinned.checklist.begins == .rebound {
        (outcome.rebinding, outcome.zone) = (history.lastCompletion, zone)
      }
      number += 1
      starts.append((pinned, start, old))
    }
    if starts.isEmpty, outcome.kept.isEmpty, !quietly {
      if let id = outcome.leftOut.first { throw Refusal.allItemsLeftOut(id, shop.id) }
      throw Refusal.nothingToStart(shop.id, alreadyActive: outcome.skipped)
    }
    try write(starts, of: stored, existing, in: transaction, into: &outcome)
    return outcome
  }

  private func begin(
    _ from: Beginning, of shop: Shop, _ history: BindingHistory, in zone: Zone
  ) throws(Refusal) -> Moment {
    switch from {
    case .now: return now
    case .rebinding:
      guard let rebinding = history.lastCompletion else { throw .noRebinding(shop.id) }
      return rebinding
    case .time(let time):
      let switchedAt = try time.moment(.happened, in: zone, now: now)
      if switchedAt > now { throw .inTheFuture(switchedAt, now: now, in: zone) }
      return switchedAt
    }
  }

  private func candidates(for shop: Shop, _ request: Request) throws(Refusal) -> [Definitions.Pinned] {
    if let id = request.checklist {
      let pinned = try definitions.checklist(id)
      guard pinned.checklist.when.matches(shop) else {
        throw .checklistNotForShop(pinned.checklist.id, shop.id)
      }
      return [pinned]
    }
    return definitions.checklists.filter { pinned in
      pinned.checklist.begins == .rebound && pinned.checklist.when.matches(shop)
    }
  }

  private func write(
    _ starts: [(Definitions.Pinned, RunStart, superseded: RunSummary?)], of stored: StoredShop,
    _ existing: [RunSummary], in transaction: any StoreWriting, into outcome: inout Outcome
  ) throws {
    if starts.isEmpty { return }
    let checklists = Set(starts.map { $0.1.checklist })
    let older = try existing.filter { checklists.contains($0.checklist) }
      .compactMap { try transaction.run($0.number, of: stored.shop.id) }
    var ledger = ShopLedger(stored, runs: older, in: transaction, by: by, now: now)
    for (pinned, start, superseded) in starts {
      try ledger.pin(pinned.definition, canonical: pinned.canonical)
      try ledger.record(.runStarted(start), at: start.switchedAt)
      if let superseded {
        let outstanding = older.first { $0.number == superseded.number }?.items
          .filter(\.state.isOutstanding).map(\.id)
        outcome.superseded.append((superseded, outstanding ?? []))
        try ledger.record(.runSuperseded(run: superseded.number, by: start.run))
      }
      if let run = ledger.record.runs[start.run] { outcome.started.append(run) }
    }
    try ledger.save()
  }
}

extension StartRuns.Outcome {
  fileprivate static func passedOver(_ shop: Shop) -> Self {
    var outcome = Self(shop: shop)
    outcome.isPassedOver = true
    return outcome
  }
}

extension Condition {
  package func matches(_ shop: Shop) -> Bool {
    matches(platform: shop.platform, team: shop.team, tags: shop.tags)
  }
}

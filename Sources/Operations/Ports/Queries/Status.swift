import Domain

/// Counts over the items of one or more runs.
package struct Progress: Sendable, Hashable {
  package var total = 0
  package var done = 0
  package var skipped = 0
  /// Skipped items that were outstanding when their closing milestone came.
  package var missed = 0
  package var blocked = 0
  /// Pending items, including those that wait for others or await confirmation.
  package var pending = 0
  /// Outstanding items whose due time has passed.
  package var overdue = 0

  package init(
    total: Int = 0, done: Int = 0, skipped: Int = 0, missed: Int = 0, blocked: Int = 0, pending: Int = 0,
    overdue: Int = 0
  ) {
    self.total = total
    self.done = done
    self.skipped = skipped
    self.missed = missed
    self.blocked = blocked
    self.pending = pending
    self.overdue = overdue
  }

  /// `floor(100 · (done + skipped) / total)`; 0 if `total` is 0.
  package var percent: Int { total == 0 ? 0 : 100 * (done + skipped) / total }

  package mutating func add(_ other: Progress) {
    total += other.total
    done += other.done
    skipped += other.skipped
    missed += other.missed
    blocked += other.blocked
    pending += other.pending
    overdue += other.overdue
  }
}

/// What `status` shows about one shop.
package struct ShopStatus: Sendable {
  package let shop: Shop
  /// The account bound; nil while a switch is unbound, and if no binding is recorded.
  package let account: String?
  /// The latest switch, in progress or ended.
  package let latestSwitch: AccountSwitch?
  /// The active runs, or else the newest one, by number.
  package let runs: [RunStatus]
  /// Over all runs that count, finished ones too: each checklist's newest. The same figures as in lists and
  /// reports.
  package let progress: Progress
  /// The moment at which lateness is judged.
  package let now: Moment
  /// Decides the zone in which all times are shown.
  package let zone: ShopZone

  /// - Parameter progress: nil: computed from `runs`.
  /// - Parameter zone: nil: decided by the shop and the last of `runs`.
  package init(
    shop: Shop, account: String? = nil, latestSwitch: AccountSwitch? = nil, runs: [RunStatus],
    progress: Progress? = nil, now: Moment, zone: ShopZone? = nil
  ) {
    self.shop = shop
    self.account = account
    self.latestSwitch = latestSwitch
    self.runs = runs
    self.progress = progress ?? runs.reduce(into: Progress()) { $0.add($1.progress) }
    self.now = now
    self.zone =
      zone
      ?? ShopZone(own: shop.timeZone, platform: shop.platform, newestRun: runs.last?.timeZone)
  }

  /// The runs in order of relevance: those begun since the newest milestone, then what remains of earlier
  /// ones. The next thing to do is in the first one with outstanding items.
  package var runsByMilestone: [RunStatus] { runs.filter { !isEarlier($0) } + runs.filter(isEarlier) }

  /// Outstanding items in a sensible order of work: the newest milestone's first, then those that can be done
  /// now, then by due time.
  package var outstandingInOrder: [(run: RunStatus, item: ItemStatus)] {
    let open = runsByMilestone.filter { $0.state == .active }.flatMap { run in
      run.items.filter(\.state.isOutstanding).map { (run: run, item: $0) }
    }
    let keys = open.enumerated().map { place, entry in
      (isEarlier(entry.run) ? 1 : 0, entry.item.isReady ? 0 : 1, entry.item.dueAt?.seconds ?? .max, place)
    }
    return keys.sorted { $0 < $1 }.map { open[$0.3] }
  }

  /// Whether a run is left over from before the newest milestone, while runs that began at it or later have
  /// items outstanding.
  package func isEarlier(_ run: RunStatus) -> Bool {
    guard let milestone = latestSwitch?.newestMilestone, run.began < milestone else { return false }
    return runs.contains { $0.began >= milestone && $0.items.contains(where: \.state.isOutstanding) }
  }
}

extension AccountSwitch {
  /// When the switch passed the newest of its milestones; nil if it was given up.
  fileprivate var newestMilestone: Moment? {
    switch state {
    case .planned: plannedAt
    case .unbound: unboundAt
    case .rebound: endedAt
    case .cancelled, .abandoned: nil
    }
  }
}

/// One run as `status` shows it.
package struct RunStatus: Sendable {
  /// From 1, per shop.
  package let number: Int
  package let checklist: ChecklistID
  /// The SHA-256 of the definition it is pinned to; nil if unknown.
  package let definition: String?
  /// The checklist's title in the definition that the run is pinned to.
  package let title: LocalizedText
  /// The time of the milestone that due times count from.
  package let switchedAt: Moment
  /// When the run began; before `switchedAt` if a switch began it ahead of its milestone.
  package let began: Moment
  /// The number of the switch that began it; nil if somebody started it by hand.
  package let accountSwitch: Int?
  /// The IANA name of the zone of its local times.
  package let timeZone: String
  package let state: RunState
  /// Whether the checklist's file has changed since; nil if unknown or if the run isn't active.
  package let hasNewerDefinition: Bool?
  package let progress: Progress
  /// In the definition's order.
  package let items: [ItemStatus]

  package init(
    number: Int, checklist: ChecklistID, definition: String? = nil, title: LocalizedText, switchedAt: Moment,
    began: Moment? = nil,
    accountSwitch: Int? = nil, timeZone: String, state: RunState, hasNewerDefinition: Bool? = nil,
    progress: Progress, items: [ItemStatus]
  ) {
    self.number = number
    self.checklist = checklist
    self.definition = definition
    self.title = title
    self.switchedAt = switchedAt
    self.began = began ?? switchedAt
    self.accountSwitch = accountSwitch
    self.timeZone = timeZone
    self.state = state
    self.hasNewerDefinition = hasNewerDefinition
    self.progress = progress
    self.items = items
  }
}

/// Who ticked an item that still needs a second person's confirmation.
package struct AwaitingConfirmation: Sendable, Hashable {
  package let by: String
  package let at: Moment
  /// The number of the shop link used for the tick; nil for any other way.
  package let link: Int?

  package init(by: String, at: Moment, link: Int? = nil) {
    self.by = by
    self.at = at
    self.link = link
  }
}

/// One item of a run as `status` shows it.
package struct ItemStatus: Sendable {
  /// As written by its author: title, details, steps, needs, proof.
  package let definition: ChecklistItem
  package let state: ItemState
  /// The milestone at which an outstanding item was skipped automatically.
  package let missed: Milestone?
  /// Nil: never overdue.
  package let dueAt: Moment?
  /// Whether it is outstanding, in an active run, and past its due time.
  package let overdue: Bool
  /// Nil: nobody is assigned.
  package let owner: String?
  /// Its needs, without those that aren't part of the run.
  package let needs: [ItemID]
  /// Outstanding needs; empty if the item itself isn't outstanding.
  package let waitingFor: [ItemID]
  /// Set between a tick and its confirmation by a second person.
  package let awaitingConfirmation: AwaitingConfirmation?
  /// Set while it is blocked.
  package let blockedReason: String?
  package let note: String?
  /// The proof given with the latest tick.
  package let proof: Proof?
  /// When `state` last changed.
  package let changedAt: Moment?
  package let changedBy: String?
  /// The number of the shop link used for that change; nil for any other way.
  package let changedByLink: Int?

  /// Whether it can be done now.
  package var isReady: Bool { state == .pending && waitingFor.isEmpty && awaitingConfirmation == nil }

  package init(
    definition: ChecklistItem, state: ItemState, missed: Milestone? = nil, dueAt: Moment?, overdue: Bool,
    owner: String?,
    needs: [ItemID], waitingFor: [ItemID], awaitingConfirmation: AwaitingConfirmation?,
    blockedReason: String?, note: String?, proof: Proof?, changedAt: Moment?, changedBy: String?,
    changedByLink: Int? = nil
  ) {
    self.definition = definition
    self.state = state
    self.missed = missed
    self.dueAt = dueAt
    self.overdue = overdue
    self.owner = owner
    self.needs = needs
    self.waitingFor = waitingFor
    self.awaitingConfirmation = awaitingConfirmation
    self.blockedReason = blockedReason
    self.note = note
    self.proof = proof
    self.changedAt = changedAt
    self.changedBy = changedBy
    self.changedByLink = changedByLink
  }
}

import Domain

/// Counts over a run's items, or over many runs'.
package struct Progress: Sendable, Hashable {
  /// All items.
  package var total = 0
  /// Items done.
  package var done = 0
  /// Items skipped.
  package var skipped = 0
  /// Those of them that were outstanding when a milestone came after which they can't be done.
  package var missed = 0
  /// Items blocked.
  package var blocked = 0
  /// Items pending, those that wait for others and those that await confirmation included.
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

  /// `floor(100 · (done + skipped) / total)`; 0 when there is nothing to do.
  package var percent: Int { total == 0 ? 0 : 100 * (done + skipped) / total }

  /// Counts others as well.
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

/// What `status` shows of one shop.
package struct ShopStatus: Sendable {
  package let shop: Shop
  /// The account that it is bound to; nil while a switch is unbound, and where no binding is recorded.
  package let account: String?
  /// Its latest switch, whether it is under way or has ended.
  package let latestSwitch: AccountSwitch?
  /// Its active runs, else its newest one; in the order of their numbers.
  package let runs: [RunStatus]
  /// Over all its runs that count: each checklist's latest, finished ones too; as lists and reports count the shop.
  package let progress: Progress
  /// The moment that "overdue" refers to.
  package let now: Moment
  /// What decides the zone in which all its times are shown.
  package let zone: ShopZone

  /// - Parameter progress: nil: of `runs`.
  /// - Parameter zone: nil: the last of the runs is the newest.
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

  /// Its runs in the order in which they matter: those that have begun since the newest milestone, then what earlier ones
  /// have left. What comes next is found in the first that has something to do.
  package var runsByMilestone: [RunStatus] { runs.filter { !isEarlier($0) } + runs.filter(isEarlier) }

  /// What is outstanding, in the order in which it is best done: what belongs to the newest milestone first, then what can
  /// be done now, then what is due first.
  package var inOrder: [(run: RunStatus, item: ItemStatus)] {
    let open = runsByMilestone.filter { $0.state == .active }.flatMap { run in
      run.items.filter(\.state.isOutstanding).map { (run: run, item: $0) }
    }
    let keys = open.enumerated().map { place, entry in
      (isEarlier(entry.run) ? 1 : 0, entry.item.isReady ? 0 : 1, entry.item.dueAt?.seconds ?? .max, place)
    }
    return keys.sorted { $0 < $1 }.map { open[$0.3] }
  }

  /// Whether a run is left over from before the newest milestone, while others have begun at it or since.
  package func isEarlier(_ run: RunStatus) -> Bool {
    guard let milestone = latestSwitch?.newestMilestone, run.began < milestone else { return false }
    return runs.contains { $0.began >= milestone && $0.items.contains(where: \.state.isOutstanding) }
  }
}

extension AccountSwitch {
  /// When it passed the newest of its milestones; nil where it came to nothing.
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
  /// Its number in the shop, from 1.
  package let number: Int
  /// Which checklist it follows.
  package let checklist: ChecklistID
  /// The SHA-256 of what it is pinned to; nil where that isn't known.
  package let definition: String?
  /// The checklist's title, as the run was started with.
  package let title: LocalizedText
  /// The milestone that due times count from.
  package let switchedAt: Moment
  /// When it began; ahead of `switchedAt` where a switch begins it ahead of its milestone.
  package let began: Moment
  /// The number of the switch that began it; nil when somebody started it.
  package let accountSwitch: Int?
  /// The IANA name that its local times are in.
  package let timeZone: String
  /// Where it stands.
  package let state: RunState
  /// Whether its checklist's file says something else by now; nil when that isn't known, or it isn't active.
  package let hasNewerDefinition: Bool?
  /// Counts over its items.
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

/// Who ticked an item that still needs a second person.
package struct AwaitingConfirmation: Sendable, Hashable {
  /// Who ticked it.
  package let by: String
  /// When.
  package let at: Moment
  /// The number of the link by which it was ticked; nil where it was ticked otherwise.
  package let link: Int?

  package init(by: String, at: Moment, link: Int? = nil) {
    self.by = by
    self.at = at
    self.link = link
  }
}

/// One item of a run as `status` shows it.
package struct ItemStatus: Sendable {
  /// What its author wrote: title, details, steps, needs, proof.
  package let definition: ChecklistItem
  /// Where it stands.
  package let state: ItemState
  /// The milestone that came while it was outstanding, of an item that was skipped by that.
  package let missed: Milestone?
  /// Nil: never overdue.
  package let dueAt: Moment?
  /// Outstanding, in an active run, with its due time passed.
  package let overdue: Bool
  /// Who it is for; nil when nobody is named.
  package let owner: String?
  /// What it needs of the items that the run holds.
  package let needs: [ItemID]
  /// Those of them that are outstanding; empty unless the item itself is.
  package let waitingFor: [ItemID]
  /// Set between a tick and its confirmation.
  package let awaitingConfirmation: AwaitingConfirmation?
  /// Set while it is blocked.
  package let blockedReason: String?
  /// The latest note.
  package let note: String?
  /// What the latest tick gave as proof.
  package let proof: Proof?
  /// When its state last changed.
  package let changedAt: Moment?
  /// Who changed it.
  package let changedBy: String?
  /// The number of the link by which that change came in; nil where it came otherwise.
  package let changedByLink: Int?

  /// Nothing stands in its way.
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

import Domain

/// Counts over a run's items, or over many runs'.
public struct Progress: Sendable, Hashable {
  /// All items.
  public var total = 0
  /// Items done.
  public var done = 0
  /// Items skipped.
  public var skipped = 0
  /// Those of them that were outstanding when a milestone came after which they can't be done.
  public var missed = 0
  /// Items blocked.
  public var blocked = 0
  /// Items pending, those that wait for others and those that await confirmation included.
  public var pending = 0
  /// Outstanding items whose due time has passed.
  public var overdue = 0

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
  public var percent: Int { total == 0 ? 0 : 100 * (done + skipped) / total }

  /// Counts others as well.
  public mutating func add(_ other: Progress) {
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
public struct ShopStatus: Sendable {
  /// The shop.
  public let shop: Shop
  /// The account that it is bound to; nil while a switch is unbound, and where no binding is recorded.
  public let account: String?
  /// Its latest switch, whether it is under way or has ended.
  public let latestSwitch: AccountSwitch?
  /// Its active runs, else its newest one; in the order of their numbers.
  public let runs: [RunStatus]
  /// Over all its runs that count: each checklist's latest, finished ones too; as lists and reports count the shop.
  public let progress: Progress
  /// The moment that "overdue" refers to.
  public let now: Moment
  /// What decides the zone in which all its times are shown.
  public let zone: ShopZone

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
  public var runsByMilestone: [RunStatus] { runs.filter { !isEarlier($0) } + runs.filter(isEarlier) }

  /// What is outstanding, in the order in which it is best done: what belongs to the newest milestone first, then what can
  /// be done now, then what is due first.
  public var inOrder: [(run: RunStatus, item: ItemStatus)] {
    let open = runsByMilestone.filter { $0.state == .active }.flatMap { run in
      run.items.filter(\.state.isOutstanding).map { (run: run, item: $0) }
    }
    let keys = open.enumerated().map { place, entry in
      (isEarlier(entry.run) ? 1 : 0, entry.item.isReady ? 0 : 1, entry.item.dueAt?.seconds ?? .max, place)
    }
    return keys.sorted { $0 < $1 }.map { open[$0.3] }
  }

  /// Whether a run is left over from before the newest milestone, while others have begun at it or since.
  public func isEarlier(_ run: RunStatus) -> Bool {
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
public struct RunStatus: Sendable {
  /// Its number in the shop, from 1.
  public let number: Int
  /// Which checklist it follows.
  public let checklist: ChecklistID
  /// The SHA-256 of what it is pinned to; nil where that isn't known.
  public let definition: String?
  /// The checklist's title, as the run was started with.
  public let title: LocalizedText
  /// The milestone that due times count from.
  public let switchedAt: Moment
  /// When it began; ahead of `switchedAt` where a switch begins it ahead of its milestone.
  public let began: Moment
  /// The number of the switch that began it; nil when somebody started it.
  public let accountSwitch: Int?
  /// The IANA name that its local times are in.
  public let timeZone: String
  /// Where it stands.
  public let state: RunState
  /// Whether its checklist's file says something else by now; nil when that isn't known, or it isn't active.
  public let hasNewerDefinition: Bool?
  /// Counts over its items.
  public let progress: Progress
  /// In the definition's order.
  public let items: [ItemStatus]

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
public struct AwaitingConfirmation: Sendable, Hashable {
  /// Who ticked it.
  public let by: String
  /// When.
  public let at: Moment
  /// The number of the link by which it was ticked; nil where it was ticked otherwise.
  public let link: Int?

  package init(by: String, at: Moment, link: Int? = nil) {
    self.by = by
    self.at = at
    self.link = link
  }
}

/// One item of a run as `status` shows it.
public struct ItemStatus: Sendable {
  /// What its author wrote: title, details, steps, needs, proof.
  public let definition: ChecklistItem
  /// Where it stands.
  public let state: ItemState
  /// The milestone that came while it was outstanding, of an item that was skipped by that.
  public let missed: Milestone?
  /// Nil: never overdue.
  public let dueAt: Moment?
  /// Outstanding, in an active run, with its due time passed.
  public let overdue: Bool
  /// Who it is for; nil when nobody is named.
  public let owner: String?
  /// What it needs of the items that the run holds.
  public let needs: [ItemID]
  /// Those of them that are outstanding; empty unless the item itself is.
  public let waitingFor: [ItemID]
  /// Set between a tick and its confirmation.
  public let awaitingConfirmation: AwaitingConfirmation?
  /// Set while it is blocked.
  public let blockedReason: String?
  /// The latest note.
  public let note: String?
  /// What the latest tick gave as proof.
  public let proof: Proof?
  /// When its state last changed.
  public let changedAt: Moment?
  /// Who changed it.
  public let changedBy: String?
  /// The number of the link by which that change came in; nil where it came otherwise.
  public let changedByLink: Int?

  /// Nothing stands in its way.
  public var isReady: Bool { state == .pending && waitingFor.isEmpty && awaitingConfirmation == nil }

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

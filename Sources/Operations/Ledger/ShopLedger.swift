import Domain

/// The changes of one shop in a transaction. Each recorded change becomes an event and is applied to the shop
/// and its runs; `save()` writes everything.
package struct ShopLedger {
  private let transaction: any StoreWriting
  private let by: Author
  private let now: Moment
  private let loaded: ShopRecord
  private var head: ChainHead
  private var started: Int
  private var events: [SealedEvent] = []
  private var definitions: [String: Definition] = [:]

  package private(set) var record: ShopRecord
  package let id: ShopID

  /// Loads a shop with the runs that the change may touch, and with its bindings if it may touch those.
  package init(
    _ stored: StoredShop, runs: [Run], history: BindingHistory = BindingHistory(),
    in transaction: any StoreWriting, by: Author, now: Moment
  ) {
    self.init(
      id: stored.shop.id, in: transaction, by: by, now: now, head: stored.head, started: stored.runs,
      record: ShopRecord(
        shop: stored.shop, runs: Dictionary(uniqueKeysWithValues: runs.map { ($0.number, $0) }),
        history: history))
  }

  /// For a shop that doesn't exist yet.
  package init(new id: ShopID, in transaction: any StoreWriting, by: Author, now: Moment) {
    self.init(
      id: id, in: transaction, by: by, now: now, head: .empty, started: 0, record: ShopRecord())
  }

  private init(
    id: ShopID, in transaction: any StoreWriting, by: Author, now: Moment, head: ChainHead, started: Int,
    record: ShopRecord
  ) {
    self.id = id
    self.transaction = transaction
    self.by = by
    self.now = now
    self.head = head
    self.started = started
    self.record = record
    loaded = record
  }

  var nextRun: Int { started + 1 }

  /// Stores a definition that a run is about to be pinned to.
  mutating func pin(_ definition: Definition, canonical: [UInt8]) throws {
    definitions[definition.sha256] = definition
    try transaction.add(definition, canonical: canonical)
  }

  package mutating func record(_ change: Event.Change, at: Moment? = nil, deviceTime: Moment? = nil) throws {
    let event = Event(
      number: head.number + 1, shop: id, at: at ?? now, recordedAt: now, toldAt: deviceTime, by: by,
      change: change)
    let known = definitions
    let transaction = transaction
    try record.apply(change, by: by, at: event.at) { sha256 in
      try known[sha256] ?? transaction.definition(sha256)
    }
    let sealed = EventChain.seal(event, after: head)
    head = ChainHead(number: sealed.number, hash: sealed.hash)
    events.append(sealed)
    if case .runStarted = change { started += 1 }
  }

  /// Skips a run's outstanding items, because its closing milestone has passed.
  ///
  /// - Parameter at: when the milestone passed; may be before the run began.
  package mutating func close(_ run: Run, _ milestone: Milestone, at: Moment) throws {
    for item in run.outstanding {
      try record(.item(run: run.number, item, .missed(at: milestone)), at: max(at, run.began))
    }
  }

  package func save() throws {
    guard !events.isEmpty, let shop = record.shop else { return }
    let runs = record.runs.values.sorted { $0.number < $1.number }
    let changed = runs.compactMap { run -> (old: Run, new: Run)? in
      guard let old = loaded.runs[run.number], old != run else { return nil }
      return (old, run)
    }
    try transaction.save(
      ShopChanges(
        shop, replacing: loaded.shop, events: events, runsStarted: started,
        newRuns: runs.filter { loaded.runs[$0.number] == nil }, changedRuns: changed,
        history: record.history == loaded.history ? nil : (loaded.history, record.history)))
  }
}

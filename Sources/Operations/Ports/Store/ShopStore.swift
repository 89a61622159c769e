import Domain

/// The end of a shop's chain of events.
package struct ChainHead: Sendable, Hashable {
  /// The number of events in the chain.
  package let number: Int
  /// The last event's hash, 32 bytes; zeros for an empty chain.
  package let hash: [UInt8]

  package init(number: Int, hash: [UInt8]) {
    self.number = number
    self.hash = hash
  }

  package static let empty = ChainHead(number: 0, hash: [UInt8](repeating: 0, count: 32))
}

/// A shop with the state of its chain.
package struct StoredShop: Sendable, Hashable {
  package let shop: Shop
  package let head: ChainHead
  /// How many runs were ever started for it.
  package let runs: Int

  package init(shop: Shop, head: ChainHead, runs: Int) {
    self.shop = shop
    self.head = head
    self.runs = runs
  }
}

/// What is known about a run without reading its items.
package struct RunSummary: Sendable, Hashable {
  /// From 1, per shop.
  package let number: Int
  package let checklist: ChecklistID
  package let state: RunState
  /// The number of a newer run of the same checklist that wasn't stopped; nil if this is the newest.
  package let newer: Int?
  /// The time of the milestone that due times count from.
  package let switchedAt: Moment

  package init(
    number: Int, checklist: ChecklistID, state: RunState, newer: Int?, switchedAt: Moment
  ) {
    self.number = number
    self.checklist = checklist
    self.state = state
    self.newer = newer
    self.switchedAt = switchedAt
  }

  /// Whether reports and lists count the run.
  package var isCounted: Bool { state.isCounted(newer: newer) }
}

/// Which shops a command covers.
package struct ShopFilter: Sendable, Hashable {
  package var reach: ShopScope
  package var includesArchived: Bool

  package init(_ reach: ShopScope = .all, includesArchived: Bool = false) {
    self.reach = reach
    self.includesArchived = includesArchived
  }
}

/// An event with its stored bytes and the hash that seals them.
package struct SealedEvent: Sendable, Hashable {
  /// Position in the shop's chain, from 1.
  package let number: Int
  /// Canonical JSON.
  package let bytes: [UInt8]
  /// SHA-256 over the previous hash and `bytes`.
  package let hash: [UInt8]

  package init(number: Int, bytes: [UInt8], hash: [UInt8]) {
    self.number = number
    self.bytes = bytes
    self.hash = hash
  }
}

/// What can be read in a transaction. Every call may throw a `StoreError`.
package protocol StoreReading:
  OverdueQuery, ProgressQuery, SwitchQuery, DeskQuery, TrendQuery, NameQuery, PeopleReading
{
  /// Nil if there is no such shop.
  func shop(_ id: ShopID) throws -> StoredShop?
  /// By id.
  func forEachShop(_ filter: ShopFilter, _ body: (StoredShop) throws -> Void) throws
  /// By number.
  func runs(of shop: ShopID) throws -> [RunSummary]
  /// The IANA name of the zone of the shop's newest run; nil before the first.
  func newestTimeZone(of shop: ShopID) throws -> String?
  /// Empty before the first binding.
  func history(of shop: ShopID) throws -> BindingHistory
  /// Active runs of a checklist that are pinned to another version than the one with this SHA-256, by shop
  /// and number. Archived shops are left out.
  func forEachRunToUpgrade(
    of checklist: ChecklistID, to sha256: String, _ body: (ShopID, Int) throws -> Void) throws
  /// The runs for which `isWanted` returns true, by number. Reads items only for these, and definitions only
  /// if `isWanted` asks.
  func runs(of shop: ShopID, where isWanted: (RunSummary, () throws -> Definition) throws -> Bool) throws
    -> [Run]
  /// Nil if there is no such run.
  func run(_ number: Int, of shop: ShopID) throws -> Run?
  /// Whether the run's stored counters, which save reports from reading items, match the run.
  func derivesAll(from run: Run, of shop: ShopID) throws -> Bool
  /// Whether the sums stored with a shop, which save lists from reading runs, match the shop and all of its
  /// runs.
  func derivesSums(from runs: some Sequence<Run>, of shop: Shop) throws -> Bool
  /// By number, only those numbered above `after`.
  func forEachEvent(of shop: ShopID, after: Int, _ body: (SealedEvent) throws -> Void) throws
  /// Newest first, at most `limit` of those numbered below `before`.
  func events(of shop: ShopID, before: Int, limit: Int) throws -> [SealedEvent]
  /// By shop, then by number: the number, the stored bytes and the hash. The buffers are only valid during
  /// the call.
  func forEachEventOfAll(
    _ body: (Int, UnsafeBufferPointer<UInt8>, UnsafeRawBufferPointer) throws -> Void
  ) throws
  func countShops(_ filter: ShopFilter) throws -> Int
  /// Nil if no run was ever pinned to it.
  func definition(_ sha256: String) throws -> Definition?
  /// By SHA-256, with the canonical form.
  func forEachDefinition(_ body: (String, [UInt8]) throws -> Void) throws
}

/// Which of a shop's summed columns a change of its runs affects.
package struct ShopSummaryParts: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// The numbers of items in total or outstanding.
  package static let counts = ShopSummaryParts(rawValue: 1)
  /// The earliest due time, or whether an item waits.
  package static let deadlines = ShopSummaryParts(rawValue: 2)
  package static let all: ShopSummaryParts = [.counts, .deadlines]
}

/// What can be written in a transaction. Writes what was decided before, without checking rules.
package protocol StoreWriting: StoreReading, PeopleWriting {
  /// Runs a part of the transaction that may fail on its own: if it throws, its writes are undone and the
  /// transaction goes on. After a `StoreError` or an `EngineError` the whole transaction fails.
  func nested<Output>(_ body: () throws -> Output) throws -> Output
  /// Stores a definition's canonical form; does nothing if it is stored already.
  func add(_ definition: Definition, canonical: [UInt8]) throws
  /// Inserts a new shop with all its runs and its whole chain.
  func insert(_ shop: Shop, runs: [Run], events: [SealedEvent]) throws
  /// Appends events to a shop's chain, and writes the difference between the shop and `old`, the shop as it
  /// was read.
  ///
  /// - Parameter changed: which sums the changes of runs affect. Runs have to be written before, so that they
  ///   can be summed.
  func append(
    _ events: [SealedEvent], of shop: Shop, runs: Int, replacing old: Shop, summing changed: ShopSummaryParts
  ) throws
  /// Inserts a new run of a shop that exists.
  func insert(_ run: Run, of shop: ShopID) throws
  /// Writes the difference between a run and `old`, the run as it was read. Returns which of the shop's sums
  /// that affects.
  func save(_ run: Run, replacing old: Run, of shop: ShopID) throws -> ShopSummaryParts
  /// Writes the difference between a shop's bindings and switches and those that were read.
  func save(_ history: BindingHistory, replacing old: BindingHistory, of shop: ShopID) throws
}

/// Where shops, their runs and their events are stored.
package protocol ShopStore: Sendable {
  /// Runs the body in one transaction, which sees a consistent state.
  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output
  /// Runs the body in one transaction. Its writes are durable when the call returns, and undone if it throws.
  func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output
  /// Fixes a state for several reads; nil if each read has to begin anew. Nothing else may be asked of this
  /// store until the snapshot is ended.
  func beginSnapshot() throws -> (any StoreSnapshot)?
}

extension ShopStore {
  /// No snapshots, by default.
  package func beginSnapshot() throws -> (any StoreSnapshot)? { nil }
}

/// A fixed state of a store, that of the first read. Must be used and ended by the thread that began it.
package protocol StoreSnapshot: Sendable {
  /// Like `ShopStore.read`, of this state.
  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output
  /// Releases the state. Must be called exactly once.
  func end()
}

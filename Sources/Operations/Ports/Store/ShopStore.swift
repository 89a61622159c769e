import Domain

/// The end of a shop's chain of events.
package struct ChainHead: Sendable, Hashable {
  /// How many events the chain has.
  package let number: Int
  /// The hash of the last one, 32 bytes; zeros before the first.
  package let hash: [UInt8]

  package init(number: Int, hash: [UInt8]) {
    self.number = number
    self.hash = hash
  }

  /// The head of an empty chain.
  package static let empty = ChainHead(number: 0, hash: [UInt8](repeating: 0, count: 32))
}

/// A shop as the store has it.
package struct StoredShop: Sendable, Hashable {
  package let shop: Shop
  /// The end of its chain.
  package let head: ChainHead
  /// How many runs were ever started for it.
  package let runs: Int

  package init(shop: Shop, head: ChainHead, runs: Int) {
    self.shop = shop
    self.head = head
    self.runs = runs
  }
}

/// What can be known of a run without reading its items.
package struct RunSummary: Sendable, Hashable {
  /// Its number in the shop.
  package let number: Int
  /// Which checklist it follows.
  package let checklist: ChecklistID
  /// Where it stands.
  package let state: RunState
  /// A newer run of the same checklist that wasn't stopped.
  package let newer: Int?
  /// The milestone that it counts from.
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

  /// Whether reports and lists count it.
  package var isCounted: Bool { state.isCounted(newer: newer) }
}

/// Which shops a command goes over.
package struct ShopFilter: Sendable, Hashable {
  /// Only these.
  package var reach: ShopScope
  /// Archived ones too.
  package var includesArchived: Bool

  package init(_ reach: ShopScope = .all, includesArchived: Bool = false) {
    self.reach = reach
    self.includesArchived = includesArchived
  }
}

/// An event with the bytes that it is stored as and the hash that seals them.
package struct SealedEvent: Sendable, Hashable {
  /// Its place in the chain.
  package let number: Int
  /// Canonical JSON.
  package let bytes: [UInt8]
  /// SHA-256 over the hash before it and `bytes`.
  package let hash: [UInt8]

  package init(number: Int, bytes: [UInt8], hash: [UInt8]) {
    self.number = number
    self.bytes = bytes
    self.hash = hash
  }
}

/// What can be read inside one transaction. Every call may throw a `StoreError`.
package protocol StoreReading:
  OverdueQuery, ProgressQuery, SwitchQuery, DeskQuery, TrendQuery, NameQuery, AccessReading
{
  /// Nil when there is no such shop.
  func shop(_ id: ShopID) throws -> StoredShop?
  /// By id.
  func forEachShop(_ filter: ShopFilter, _ body: (StoredShop) throws -> Void) throws
  /// By number.
  func runs(of shop: ShopID) throws -> [RunSummary]
  /// The name of the zone that the shop's newest run was started in; nil before the first run.
  func newestTimeZone(of shop: ShopID) throws -> String?
  /// Empty before the first binding.
  func history(of shop: ShopID) throws -> BindingHistory
  /// Active runs of a checklist that are pinned to another content than the one with a SHA-256, by shop and
  /// number; archived shops are left out.
  func forEachRunToUpgrade(
    of checklist: ChecklistID, to sha256: String, _ body: (ShopID, Int) throws -> Void) throws
  /// Runs that are wanted, by number. Items are read of these alone, and what a run is pinned to where it is
  /// asked for.
  func runs(of shop: ShopID, where isWanted: (RunSummary, () throws -> Definition) throws -> Bool) throws
    -> [Run]
  /// Nil when there is no such run.
  func run(_ number: Int, of shop: ShopID) throws -> Run?
  /// Whether the run's denormalized counters, which spare reports its items, match the run.
  func derivesAll(from run: Run, of shop: ShopID) throws -> Bool
  /// Whether what the store keeps beside a shop, so that lists needn't read its runs, follows from it and all
  /// its runs.
  func derivesSums(from runs: some Sequence<Run>, of shop: Shop) throws -> Bool
  /// By number, those with a higher number than `after`.
  func forEachEvent(of shop: ShopID, after: Int, _ body: (SealedEvent) throws -> Void) throws
  /// The newest first, at most `limit` of those with a lower number than `before`.
  func events(of shop: ShopID, before: Int, limit: Int) throws -> [SealedEvent]
  /// By shop, then by number: the number, the stored bytes and the hash, valid during the call.
  func forEachEventOfAll(
    _ body: (Int, UnsafeBufferPointer<UInt8>, UnsafeRawBufferPointer) throws -> Void
  ) throws
  /// How many shops there are, archived ones too.
  func countShops(_ filter: ShopFilter) throws -> Int
  /// Nil when no run was ever pinned to it.
  func definition(_ sha256: String) throws -> Definition?
  /// By SHA-256, each with its canonical form.
  func forEachDefinition(_ body: (String, [UInt8]) throws -> Void) throws
}

/// What of a run's change reaches the row of its shop, where lists find it.
package struct ShopSummaryChange: OptionSet, Sendable, Hashable {
  /// See `OptionSet`.
  package let rawValue: Int

  /// See `OptionSet`.
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// How many items there are, or how many are outstanding.
  package static let counts = ShopSummaryChange(rawValue: 1)
  /// What is due first, or whether something waits.
  package static let deadlines = ShopSummaryChange(rawValue: 2)
  /// All of it.
  package static let all: ShopSummaryChange = [.counts, .deadlines]
}

/// What can be changed inside one transaction. Nothing decides here: what comes in was decided before.
package protocol StoreWriting: StoreReading, AccessWriting {
  /// Runs a part of the transaction that may fail alone: what it wrote before it threw is undone, and the transaction
  /// goes on. After a `StoreError` or an `EngineError` it doesn't.
  func nested<Output>(_ body: () throws -> Output) throws -> Output
  /// Keeps a definition's canonical form; unchanged when it is there already.
  func add(_ definition: Definition, canonical: [UInt8]) throws
  /// A shop that the store doesn't have yet, with all its runs and its whole chain.
  func insert(_ shop: Shop, runs: [Run], events: [SealedEvent]) throws
  /// Lengthens a shop's chain, and writes what differs between the shop and the shop as it was read.
  ///
  /// - Parameter changed: what differs in its runs, which are written before, so that it can be summed.
  func append(
    _ events: [SealedEvent], of shop: Shop, runs: Int, replacing old: Shop, summing changed: ShopSummaryChange
  ) throws
  /// A run that the store doesn't have yet, of a shop that it has.
  func insert(_ run: Run, of shop: ShopID) throws
  /// Writes what differs between a run and the run as it was read.
  func save(_ run: Run, replacing old: Run, of shop: ShopID) throws -> ShopSummaryChange
  /// Writes what differs between a shop's bindings and switches and those that were read.
  func save(_ history: BindingHistory, replacing old: BindingHistory, of shop: ShopID) throws
}

/// Where shops, their runs and their events are kept.
package protocol ShopStore: Sendable {
  /// Runs the body in one transaction that sees one state of the store.
  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output
  /// Runs the body in one transaction; what it wrote is on the disk when the call returns, and none of it
  /// is there when it throws.
  func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output
  /// Begins to see one state of the store, for several readings; nil where each has to begin anew. Until it is
  /// ended, nothing else may be asked of this store.
  func beginSnapshot() throws -> (any StoreSnapshot)?
}

extension ShopStore {
  /// Nil.
  package func beginSnapshot() throws -> (any StoreSnapshot)? { nil }
}

/// One state of a store: that at the first reading. To be used and ended by the thread that began it.
package protocol StoreSnapshot: Sendable {
  /// Like `ShopStore.read`, of this state.
  func read<Output>(_ body: (any StoreReading) throws -> Output) throws -> Output
  /// Lets the state go; to be called once.
  func end()
}

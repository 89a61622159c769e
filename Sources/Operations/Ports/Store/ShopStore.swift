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

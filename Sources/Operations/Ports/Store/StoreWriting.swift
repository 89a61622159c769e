import Domain

/// What can be written in a transaction. Writes what was decided before, without checking rules.
package protocol StoreWriting: StoreReading, PeopleWriting, DefinitionFolderWriting {
  /// Locks a shop's row until the transaction ends, so that nobody else decides about the shop meanwhile, and reads
  /// it. Nil if there is no such shop. Has to come before anything that is decided about the shop is read.
  func lockShop(_ id: ShopID) throws -> StoredShop?
  /// Runs a part of the transaction that may fail on its own: if it throws, its writes are undone and the
  /// transaction goes on. After a `StoreError` or an `EngineError` the whole transaction fails.
  func nested<Output>(_ body: () throws -> Output) throws -> Output
  /// Stores a definition's canonical form; does nothing if it is stored already.
  func add(_ definition: Definition, canonical: [UInt8]) throws
  /// Writes what differs between a shop as it was read and as it is now. Throws a `StoreError` if the shop isn't
  /// stored as it was read.
  func save(_ changes: ShopChanges) throws
  /// Replaces all that is derived from a shop's events, which stay as they are.
  ///
  /// - Parameter head: of the events.
  /// - Parameter runs: by number.
  func rebuild(_ shop: Shop, head: ChainHead, runs: [Run], history: BindingHistory) throws
}

/// All that a transaction writes about one shop.
package struct ShopChanges: Sendable {
  package let shop: Shop
  /// The shop as it was read; nil if it is new.
  package let old: Shop?
  /// Lengthen the shop's chain. A new shop has one at least.
  package let events: [SealedEvent]
  /// How many runs were ever started for the shop.
  package let runsStarted: Int
  /// Runs that the store doesn't have yet, by number.
  package let newRuns: [Run]
  /// By number; `old` is the run as it was read.
  package let changedRuns: [(old: Run, new: Run)]
  /// The bindings and switches as they were read, and as they are now; nil if they didn't change.
  package let history: (old: BindingHistory, new: BindingHistory)?

  package init(
    _ shop: Shop, replacing old: Shop?, events: [SealedEvent], runsStarted: Int, newRuns: [Run] = [],
    changedRuns: [(old: Run, new: Run)] = [], history: (old: BindingHistory, new: BindingHistory)? = nil
  ) {
    self.shop = shop
    self.old = old
    self.events = events
    self.runsStarted = runsStarted
    self.newRuns = newRuns
    self.changedRuns = changedRuns
    self.history = history
  }
}

import Domain

/// What can be read in a transaction. Every call may throw a `StoreError`.
package protocol StoreReading:
  ShopReading, HistoryReading, VerificationReading, TransferReading, PeopleReading, OverdueQuery,
  ProgressQuery,
  SwitchQuery, DeskQuery, TrendQuery, NameQuery, DefinitionFolderReading
{}

/// A shop, its runs and its bindings: what everybody who changes or shows a shop reads.
package protocol ShopReading {
  /// Nil if there is no such shop.
  func shop(_ id: ShopID) throws -> StoredShop?
  /// By id.
  func forEachShop(_ filter: ShopFilter, _ body: (StoredShop) throws -> Void) throws
  func countShops(_ filter: ShopFilter) throws -> Int
  /// By number.
  func runs(of shop: ShopID) throws -> [RunSummary]
  /// The runs for which `isWanted` returns true, by number. Reads items only for these, and definitions only
  /// if `isWanted` asks.
  func runs(of shop: ShopID, where isWanted: (RunSummary, () throws -> Definition) throws -> Bool) throws
    -> [Run]
  /// Nil if there is no such run.
  func run(_ number: Int, of shop: ShopID) throws -> Run?
  /// The IANA name of the zone of the shop's newest run; nil before the first.
  func newestTimeZone(of shop: ShopID) throws -> String?
  /// Empty before the first binding.
  func history(of shop: ShopID) throws -> BindingHistory
  /// Active runs of a checklist that are pinned to another version than the one with this SHA-256, by shop
  /// and number. Archived shops are left out.
  func forEachRunToUpgrade(
    of checklist: ChecklistID, to sha256: String, _ body: (ShopID, Int) throws -> Void) throws
  /// Nil if no run was ever pinned to it.
  func definition(_ sha256: String) throws -> Definition?
}

/// A shop's events, for `history` and pages.
package protocol HistoryReading {
  /// By number, only those numbered above `after`.
  func forEachEvent(of shop: ShopID, after: Int, _ body: (SealedEvent) throws -> Void) throws
  /// Newest first, at most `limit` of those numbered below `before`.
  func events(of shop: ShopID, before: Int, limit: Int) throws -> [SealedEvent]
}

/// Compares what a store has derived with what it was derived from, for `history --verify`.
package protocol VerificationReading {
  /// Whether the run's stored counters, which save reports from reading items, match the run.
  func countersMatch(from run: Run, of shop: ShopID) throws -> Bool
  /// Whether the sums stored with a shop, which save lists from reading runs, match the shop and all of its
  /// runs.
  func sumsMatch(from runs: some Sequence<Run>, of shop: Shop) throws -> Bool
}

/// The whole store's events and definitions, for `export`.
package protocol TransferReading {
  /// By shop, then by number: the number, the stored bytes and the hash. The buffers are only valid during
  /// the call.
  func forEachEventOfAll(
    _ body: (Int, UnsafeBufferPointer<UInt8>, UnsafeRawBufferPointer) throws -> Void
  ) throws
  /// By SHA-256, with the canonical form.
  func forEachDefinition(_ body: (String, [UInt8]) throws -> Void) throws
}

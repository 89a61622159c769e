import Domain

/// Mends what is derived from a shop's events, where it differs from them and the chain itself is whole.
package struct RepairShop: Sendable {
  package init() {}

  /// Returns what was wrong before, and what is left. A broken chain is left as it is, because mending what follows from
  /// it would hide that.
  ///
  /// Throws a `Refusal` for an unknown shop, or a `StoreError`.
  package func callAsFunction(
    _ shop: ShopID, in transaction: any StoreWriting
  ) throws -> (before: VerifyHistory.Verdict, after: VerifyHistory.Verdict) {
    _ = try transaction.lockShop(shop)
    let (before, record) = try VerifyHistory().replaying(shop, in: transaction)
    guard !before.breaks.isEmpty, before.breaks.allSatisfy(\.isOfWhatIsDerived), let replayed = record.shop
    else {
      return (before, before)
    }
    let runs = record.runs.sorted { $0.key < $1.key }.map(\.value)
    try transaction.rebuild(replayed, head: before.head, runs: runs, history: record.history)
    return (before, try VerifyHistory()(shop, head: nil, in: transaction))
  }
}

extension VerifyHistory.Break {
  /// Whether the events tell how it has to be. A link's secret isn't among them.
  fileprivate var isOfWhatIsDerived: Bool {
    switch self {
    case .shop, .bindings, .run: true
    case .gap, .hash, .unreadable, .definition, .head, .links: false
    }
  }
}

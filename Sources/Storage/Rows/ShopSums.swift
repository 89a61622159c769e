import Domain
import Operations

/// What a shop's row holds about its runs that count, so that lists needn't read them.
struct ShopSums: Equatable {
  private(set) var total = 0
  private(set) var outstanding = 0
  /// The earliest due time of an outstanding item.
  private(set) var dueAt: Moment?
  /// Whether an item waits for another.
  private(set) var waiting = false

  init(of runs: some Sequence<Run>) {
    for run in runs { add(run) }
  }

  private mutating func add(_ run: Run) {
    guard run.isCounted else { return }
    total += run.items.count
    for item in run.items where item.state.isOutstanding {
      outstanding += 1
      if let due = item.dueAt { dueAt = min(dueAt ?? due, due) }
      if !waiting, run.isWaiting(item) { waiting = true }
    }
  }

  /// Which of its shop's sums a run's change affects.
  static func change(from old: Run, to new: Run) -> ShopSummaryParts {
    let (old, new) = (ShopSums(of: CollectionOfOne(old)), ShopSums(of: CollectionOfOne(new)))
    if old.dueAt != new.dueAt || old.waiting != new.waiting { return .all }
    return old == new ? [] : .counts
  }
}

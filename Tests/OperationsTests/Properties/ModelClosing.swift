import Domain
import Operations
import TestSupport

/// What a milestone closes, as FORMAT.md's words tell it: a line for each run of a shop, made from the runs before the
/// step, without asking what was recorded.
struct ModelClosing {
  /// A run, as far as closing goes.
  private struct Entry {
    let run: Run
    let isCurrent: Bool
  }

  private let entries: [Entry]
  private let history: BindingHistory

  init(_ reading: any StoreReading) throws {
    history = try reading.history(of: "s-1")
    entries = try reading.runs(of: "s-1", where: { _, _ in true }).map { run in
      Entry(run: run, isCurrent: run.state == .active && run.newer == nil)
    }
  }

  /// Which milestone a step passed that led from here to another history; nil for none at which runs close.
  func passed(in later: BindingHistory) -> Milestone? {
    let (old, new) = (history.switches.last, later.switches.last)
    guard let new else { return nil }
    if new.state == .unbound, old?.number != new.number || old?.state != .unbound { return .unbound }
    if new.state == .rebound, old?.number != new.number || old?.state != .rebound { return .rebound }
    return nil
  }

  var runs: [String] { runs(after: nil) }

  /// A line for each run, with what is missed in it once a milestone was passed.
  func runs(after milestone: Milestone?) -> [String] {
    entries.map { entry in
      let closes = milestone != nil && entry.isCurrent && entry.run.definition.checklist.closes == milestone
      let missed = entry.run.items.compactMap { item -> String? in
        if let missed = item.missed { return "\(item.id) at \(missed.rawValue)" }
        let isOutstanding = item.state == .pending || item.state == .blocked
        guard closes, let milestone, isOutstanding, item.definition.standsFor != milestone else { return nil }
        return "\(item.id) at \(milestone.rawValue)"
      }
      return "\(entry.run.number) \(entry.run.checklist): \(missed)"
    }
  }
}

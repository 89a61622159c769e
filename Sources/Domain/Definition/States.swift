/// Where an item of a run stands; outstanding is pending or blocked.
package enum ItemState: String, Sendable, CaseIterable {
  case pending
  case blocked
  case done
  case skipped

  /// Whether there is still something to do.
  package var isOutstanding: Bool { self == .pending || self == .blocked }
}

/// Where a run stands. Only active and finished runs can change.
package enum RunState: String, Sendable, CaseIterable {
  case active
  case finished
  case stopped
  case superseded

  /// Whether reports and lists count a run in this state: only its checklist's latest counts, unless it was stopped.
  ///
  /// - Parameter newer: a newer run of the same checklist that wasn't stopped.
  package func isCounted(newer: Int?) -> Bool { newer == nil && (self == .active || self == .finished) }
}

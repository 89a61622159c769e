/// The state of an item in a run. Pending and blocked items are outstanding.
package enum ItemState: String, Sendable, CaseIterable {
  case pending
  case blocked
  case done
  case skipped

  package var isOutstanding: Bool { self == .pending || self == .blocked }
}

/// The state of a run. Only active and finished runs can change.
package enum RunState: String, Sendable, CaseIterable {
  case active
  case finished
  case stopped
  case superseded

  /// Whether reports and lists count a run in this state. Only the newest run of a checklist counts, unless
  /// it was stopped.
  ///
  /// - Parameter newer: the number of a newer run of the same checklist that wasn't stopped.
  package func isCounted(newer: Int?) -> Bool { newer == nil && (self == .active || self == .finished) }
}

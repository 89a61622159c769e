import Domain

/// Computes items' due times. When many shops start at the same moment, each combination of checklist and
/// zone is computed once.
package final class DueTimeCache {
  package struct Computed {
    /// One per item of the definition.
    package let dueAt: [Moment?]
    /// Whether days beyond the calendar's years were counted, with only weekends off.
    package let beyondCalendar: Bool
  }

  private struct Key: Hashable {
    let definition: String
    let zone: String
    let start: Moment
  }

  private var known: [Key: Computed] = [:]

  package init() {}

  package func of(
    _ definition: Definition, from start: Moment, in zone: Zone, calendar: WorkCalendar?
  ) -> Computed {
    let key = Key(definition: definition.sha256, zone: zone.name, start: start)
    if let computed = known[key] { return computed }
    var isBeyond = false
    let dueAt = definition.checklist.items.map { item -> Moment? in
      guard let due = item.due else { return nil }
      let (moment, beyond) = due.dueAt(from: start, in: zone, calendar: calendar)
      isBeyond = isBeyond || beyond
      return moment
    }
    let computed = Computed(dueAt: dueAt, beyondCalendar: isBeyond && calendar != nil)
    if known.count >= 1000 { known = [:] }
    known[key] = computed
    return computed
  }
}

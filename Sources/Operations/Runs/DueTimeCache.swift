import Domain

/// Computes when a run's items are due. Starts of many shops at one moment share what was computed once for
/// their checklist and zone.
package final class DueTimeCache {
  package struct Computed {
    /// One for each item of the definition.
    package let dueAt: [Moment?]
    /// Years past the calendar's end were counted with plain weekends.
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

/// A duration of format 1, such as `90m`, `2h`, `3d 18:00`, `2 workdays` or `1d before`.
package struct CalendarDuration: Sendable, Hashable {
  package enum Unit: String, Sendable, CaseIterable {
    case minutes = "m"
    case hours = "h"
    case days = "d"
    case weeks = "w"
    case workdays
  }

  /// A local time of day, 00:00 to 23:59.
  package struct TimeOfDay: Sendable, Hashable {
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int

    package init(hour: Int, minute: Int) {
      self.hour = hour
      self.minute = minute
    }
  }

  /// From 0; at most five years' worth.
  package let count: Int
  package let unit: Unit
  /// The local time on the resulting day; nil keeps the start's own time. Never set with minutes or hours.
  package let time: TimeOfDay?
  /// Counts backwards from the start.
  package let before: Bool

  package init(count: Int, unit: Unit, time: TimeOfDay? = nil, before: Bool = false) {
    self.count = count
    self.unit = unit
    self.time = time
    self.before = before
  }
}

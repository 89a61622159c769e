/// A duration of format 1, such as `90m`, `2h`, `3d 18:00`, `2 workdays` or `1d before`.
public struct Deadline: Sendable, Hashable {
  /// What the number counts.
  public enum Unit: String, Sendable, CaseIterable {
    case minutes = "m"
    case hours = "h"
    case days = "d"
    case weeks = "w"
    case workdays
  }

  /// A local time of day, 00:00 to 23:59.
  public struct TimeOfDay: Sendable, Hashable {
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int

    package init(hour: Int, minute: Int) {
      self.hour = hour
      self.minute = minute
    }
  }

  /// Not negative; five years at the most.
  public let count: Int
  /// What `count` counts.
  public let unit: Unit
  /// The local time on the day found; nil keeps the start's own. Never with minutes or hours.
  public let time: TimeOfDay?
  /// Counts back from the start instead of on from it.
  public let before: Bool

  package init(count: Int, unit: Unit, time: TimeOfDay? = nil, before: Bool = false) {
    self.count = count
    self.unit = unit
    self.time = time
    self.before = before
  }
}

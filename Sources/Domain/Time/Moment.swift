/// A point in time: whole seconds since 1970-01-01T00:00:00Z, fractions cut off.
public struct Moment: Sendable, Hashable, Comparable {
  /// Seconds since the epoch; negative before it.
  public let seconds: Int64

  /// Takes seconds since the epoch.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Earlier first.
  public static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }

  /// A moment some seconds later.
  public static func + (moment: Moment, seconds: Int64) -> Moment {
    Moment(seconds: moment.seconds + seconds)
  }

  /// The seconds from one moment to another; positive when the left one is later.
  public static func - (left: Moment, right: Moment) -> Int64 { left.seconds - right.seconds }
}

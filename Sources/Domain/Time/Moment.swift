/// A point in time: whole seconds since 1970-01-01T00:00:00Z, fractions cut off. There is none before the year 1 or
/// after 9999: what is made of an earlier or a later number is the first or the last one.
package struct Moment: Sendable, Hashable, Comparable {
  /// Seconds since the epoch; negative before it.
  package let seconds: Int64

  /// Takes seconds since the epoch.
  package init(seconds: Int64) {
    self.seconds = min(max(seconds, Self.possible.lowerBound), Self.possible.upperBound)
  }

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  package static let possible: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Earlier first.
  package static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }

  /// A moment some seconds later.
  package static func + (moment: Moment, seconds: Int64) -> Moment {
    let (sum, overflows) = moment.seconds.addingReportingOverflow(seconds)
    return Moment(seconds: overflows ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Since the epoch, as stores and browsers count.
  package var milliseconds: Int64 { seconds * 1000 }

  /// The seconds from one moment to another; positive when the left one is later.
  package static func - (left: Moment, right: Moment) -> Int64 { left.seconds - right.seconds }
}

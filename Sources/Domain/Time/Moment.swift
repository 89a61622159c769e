/// A point in time in whole seconds since 1970-01-01T00:00:00Z, fractions dropped. Clamped to the years 1 to
/// 9999.
package struct Moment: Sendable, Hashable, Comparable {
  /// Since the epoch; negative before it.
  package let seconds: Int64

  /// Clamps to `possible`.
  package init(seconds: Int64) {
    self.seconds = min(max(seconds, Self.possible.lowerBound), Self.possible.upperBound)
  }

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  package static let possible: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  package static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }

  /// Clamps to `possible`, also on overflow.
  package static func + (moment: Moment, seconds: Int64) -> Moment {
    let (sum, overflows) = moment.seconds.addingReportingOverflow(seconds)
    return Moment(seconds: overflows ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Since the epoch.
  package var milliseconds: Int64 { seconds * 1000 }

  /// In seconds; positive if the left moment is later.
  package static func - (left: Moment, right: Moment) -> Int64 { left.seconds - right.seconds }
}

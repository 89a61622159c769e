/// How a zone's clocks differ from UTC, and when that changes.
package protocol ZoneOffsets: Sendable {
  /// The stretch of unchanged offset that a moment is in.
  func period(at moment: Moment) -> OffsetPeriod
}

/// A stretch of time in which a zone's clocks don't change.
package struct OffsetPeriod: Sendable, Hashable {
  /// Seconds that the clocks are ahead of UTC.
  package let offset: Int
  /// The first moment of the next stretch; nil when there is none.
  package let end: Moment?

  package init(offset: Int, end: Moment?) {
    self.offset = offset
    self.end = end
  }
}

/// Clocks that never change.
package struct FixedOffset: ZoneOffsets {
  private let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package func period(at moment: Moment) -> OffsetPeriod { OffsetPeriod(offset: seconds, end: nil) }
}

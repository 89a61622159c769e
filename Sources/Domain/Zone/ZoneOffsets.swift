/// How a zone's clocks differ from UTC, and when that changes.
package protocol ZoneOffsets: Sendable {
  /// The period of constant offset that contains a moment.
  func period(at moment: Moment) -> OffsetPeriod
}

/// A period in which a zone's offset doesn't change.
package struct OffsetPeriod: Sendable, Hashable {
  /// In seconds ahead of UTC.
  package let offset: Int
  /// The start of the next period; nil if there is none.
  package let end: Moment?

  package init(offset: Int, end: Moment?) {
    self.offset = offset
    self.end = end
  }
}

package struct FixedOffset: ZoneOffsets {
  private let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package func period(at moment: Moment) -> OffsetPeriod { OffsetPeriod(offset: seconds, end: nil) }
}

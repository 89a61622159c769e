/// A zone's changes of offset, from a TZif file (RFC 9636).
package struct ZoneTable: ZoneOffsets {
  /// When clocks change, ascending, in seconds since the epoch.
  private let changes: [Int64]
  /// One more than there are changes: the first applies before all of them.
  private let offsets: [Int]
  /// Applies after the last change.
  private let rule: ZoneRule?

  /// Nil if the bytes aren't a TZif file, or if it counts leap seconds.
  package init?(tzif bytes: [UInt8]) {
    guard let file = ZoneFile(bytes) else { return nil }
    var changes: [Int64] = []
    var offsets = [file.firstOffset]
    for (change, offset) in zip(file.changes, file.offsets) where offset != offsets[offsets.count - 1] {
      if change > Moment.possible.upperBound { break }
      changes.append(change)
      offsets.append(offset)
    }
    // Changes are tabulated, since a lookup is several times faster than evaluating the rule.
    if let rule = file.rule, var last = changes.last.map(Moment.init(seconds:)) {
      while let end = rule.period(at: last).end, end < Self.tabulatedUntil {
        changes.append(end.seconds)
        offsets.append(rule.period(at: end).offset)
        last = end
      }
    }
    self.changes = changes
    self.offsets = offsets
    rule = file.rule
  }

  package func period(at moment: Moment) -> OffsetPeriod {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= moment.seconds { low = middle + 1 } else { high = middle }
    }
    if low < changes.count {
      return OffsetPeriod(offset: offsets[low], end: Moment(seconds: changes[low]))
    }
    return rule?.period(at: moment) ?? OffsetPeriod(offset: offsets[low], end: nil)
  }

  /// 2038-01-01T00:00:00Z.
  private static let tabulatedUntil = Moment(seconds: 2_145_916_800)
}

import Domain

extension Refusal {
  /// Words for two moments of which one should have come before the other, given as a zone's clocks show
  /// them: to the minute, or as exactly as it takes to see their order. The first has the zone's name.
  ///
  /// - Parameter isFirstDue: the first ends a time, so at midnight it is shown as the day's that it ends.
  static func contradiction(
    _ first: Moment, _ second: Moment, in zone: Zone, isFirstDue: Bool = false,
    _ wording: (String, String) -> Wording
  ) -> Wording {
    let difference = zone.clock(second) - zone.clock(first)
    // Clocks that are set back show an hour's moments as if they came in another order.
    let zone = difference.signum() == (second.seconds - first.seconds).signum() ? zone : .utc
    let isExact = zone.format(first) == zone.format(second)
    func shown(_ moment: Moment) -> String { zone.format(moment) + (isExact ? zone.seconds(moment) : "") }
    let firstShown = isFirstDue && !isExact ? zone.formatDue(first) : shown(first)
    return wording("\(firstShown) \(zone.name)", shown(second))
  }
}

extension Zone {
  fileprivate func clock(_ moment: Moment) -> Int64 { moment.seconds + Int64(secondsFromGMT(at: moment)) }

  fileprivate func seconds(_ moment: Moment) -> String {
    let second = local(moment).secondsOfDay % 60
    return (second < 10 ? ":0" : ":") + String(second)
  }
}

import Domain

extension Refusal {
  /// Describes two moments that are in the wrong order. They are shown to the minute, or more precisely if it
  /// takes that to see the order; the first has the zone's name.
  ///
  /// - Parameter isFirstDue: the first is a deadline, so midnight is shown as the end of the previous day.
  static func contradiction(
    _ first: Moment, _ second: Moment, in zone: Zone, isFirstDue: Bool = false,
    _ wording: (String, String) -> Wording
  ) -> Wording {
    let difference = zone.clock(second) - zone.clock(first)
    // Around a change of clocks local times may appear in another order; UTC is shown then.
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

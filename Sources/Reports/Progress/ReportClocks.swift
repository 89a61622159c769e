import Domain
import Operations

/// The zones in which a report shows times: one for its heading, which names it, and each shop's own for the
/// shop, named if it differs.
package struct ReportClocks: Sendable {
  /// The zone of the heading.
  package let zone: Zone
  private let shops: ShopZones?

  /// - Parameter zone: the one that all shops share, else the reader's, or the one requested.
  /// - Parameter shops: nil: all times are in `zone`.
  package init(_ zone: Zone = .utc, shops: ShopZones? = nil) {
    self.zone = zone
    self.shops = shops
  }

  /// The zone that was asked for, else the one that all of the report's shops share, else the reader's with each
  /// shop's own times.
  package init(_ given: Zone?, of report: ReadReport, reader: Zone, shops: ShopZones) throws {
    if let given {
      self.init(given)
    } else {
      self.init(try report.commonZone(shops) ?? reader, shops: shops)
    }
  }

  /// To the minute.
  ///
  /// - Parameter isDue: it is a deadline, so midnight is shown as the end of the previous day.
  package func text(
    _ moment: Moment, of shop: String, in report: ProgressReport, isDue: Bool = false
  ) -> String {
    let own = shops.flatMap { shops in report.zones[shop].map(shops.shown) } ?? zone
    let text = isDue ? own.formatDue(moment) : own.format(moment)
    return own == zone ? text : "\(text) \(own.name)"
  }
}

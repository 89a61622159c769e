import Domain
import Operations

/// By which clocks a report shows its times: its head by one zone, which it names, and each shop's by the shop's own,
/// whose name follows where it is another.
package struct ReportClocks: Sendable {
  /// The head's.
  package let zone: Zone
  private let shops: ShopZones?

  /// - Parameter zone: the one that all the shops have, else the reader's, or the one that was asked for.
  /// - Parameter shops: nil: all times are in `zone`.
  package init(_ zone: Zone = .utc, shops: ShopZones? = nil) {
    self.zone = zone
    self.shops = shops
  }

  /// To the minute.
  ///
  /// - Parameter isDue: it ends a time, so at midnight it is shown as the day's that it ends.
  package func text(
    _ moment: Moment, of shop: String, in report: ProgressReport, isDue: Bool = false
  ) -> String {
    let own = shops.flatMap { shops in report.zones[shop].map(shops.shown) } ?? zone
    let text = isDue ? own.formatDue(moment) : own.format(moment)
    return own == zone ? text : "\(text) \(own.name)"
  }
}

/// What decides a shop's time zone.
package struct ShopZone: Sendable, Hashable {
  /// The shop's own; nil where it has none.
  package let own: String?
  /// The shop's platform, whose file may name one.
  package let platform: String?
  /// The one that the shop's newest run was started in; needed only where neither of the others is there.
  package let newestRun: String?

  package init(own: String?, platform: String?, newestRun: String?) {
    self.own = own
    self.platform = platform
    self.newestRun = newestRun
  }
}

/// The one place where a shop's time zone is decided: its own, else its platform file's, else its newest run's, else
/// UTC.
package struct ShopZones: Sendable {
  /// Where zones are looked up.
  package let source: any ZoneSource
  private let platform: @Sendable (String) -> String?

  /// - Parameter platform: gives the name in a platform's file; asked only for shops without a zone of their own.
  package init(_ source: any ZoneSource, platform: @escaping @Sendable (String) -> String?) {
    self.source = source
    self.platform = platform
  }

  /// What the shop's zone is called.
  package func name(of shop: ShopZone) -> String {
    shop.own ?? shop.platform.flatMap(platform) ?? shop.newestRun ?? "UTC"
  }

  /// For showing times: UTC where the name isn't known any more.
  package func shown(_ shop: ShopZone) -> Zone { source.shown(name(of: shop)) }

  /// For reading times: refused where the name isn't known any more.
  package func meant(_ shop: ShopZone) throws(Refusal) -> Zone { try source.stored(name(of: shop)) }
}

extension ZoneSource {
  /// A zone by a name that somebody gives; refused where it isn't one, with the one that may be meant.
  package func named(_ name: String) throws(Refusal) -> Zone {
    if TimeZoneName.isKnown(name, in: self), let zone = zone(named: name) { return zone }
    throw .unknownTimeZone(name, nearest: TimeZoneName.nearest(to: name, in: self).map { [$0] } ?? [])
  }

  /// A zone by a name that was stored, for showing times: UTC where it isn't known any more.
  package func shown(_ name: String) -> Zone { zone(named: name) ?? .utc }

  /// A zone by a name that was stored, for reading times: in UTC they would be others.
  package func stored(_ name: String) throws(Refusal) -> Zone {
    guard let zone = zone(named: name) else { throw .timeZoneNoLongerKnown(name) }
    return zone
  }
}

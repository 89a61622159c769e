/// What a shop's time zone is derived from.
package struct ShopZone: Sendable, Hashable {
  /// The zone set for the shop itself; nil if none is.
  package let own: String?
  /// The platform, whose rules may name a zone.
  package let platformID: String?
  /// The zone in which the shop's newest run was started; only used if the others give none.
  package let newestRun: String?

  package init(own: String?, platform: String?, newestRun: String?) {
    self.own = own
    platformID = platform
    self.newestRun = newestRun
  }
}

/// The only place that derives a shop's time zone: its own, else that of its platform's rules, else its
/// newest run's, else UTC.
package struct ShopZones: Sendable {
  package let source: any ZoneSource
  private let platform: @Sendable (String) -> String?

  /// - Parameter platform: returns the zone that a platform's rules name. Only called for shops without a
  ///   zone of their own.
  package init(_ source: any ZoneSource, platform: @escaping @Sendable (String) -> String?) {
    self.source = source
    self.platform = platform
  }

  /// The IANA name of a shop's zone.
  package func name(of shop: ShopZone) -> String {
    shop.own ?? shop.platformID.flatMap(platform) ?? shop.newestRun ?? "UTC"
  }

  /// The zone for displaying times; UTC if the name is no longer known.
  package func shown(_ shop: ShopZone) -> Zone { source.shown(name(of: shop)) }

  /// The zone for interpreting times; throws `timeZoneNoLongerKnown` if the name is no longer known.
  package func meant(_ shop: ShopZone) throws(Refusal) -> Zone { try source.stored(name(of: shop)) }
}

extension ZoneSource {
  /// A zone by a name from input. Throws `unknownTimeZone`, with a suggestion, if there is none.
  package func named(_ name: String) throws(Refusal) -> Zone {
    if TimeZoneName.isKnown(name, in: self), let zone = zone(named: name) { return zone }
    throw .unknownTimeZone(name, nearest: TimeZoneName.nearest(to: name, in: self).map { [$0] } ?? [])
  }

  /// The zone for displaying times, by a stored name; UTC if it is no longer known.
  package func shown(_ name: String) -> Zone { zone(named: name) ?? .utc }

  /// The zone for interpreting times, by a stored name. Throws if it is no longer known: in UTC the times
  /// would be different ones.
  package func stored(_ name: String) throws(Refusal) -> Zone {
    guard let zone = zone(named: name) else { throw .timeZoneNoLongerKnown(name) }
    return zone
  }
}

import Domain

/// A shop's bindings and switches, as `switch show` shows them.
package struct ShopSwitches: Sendable {
  package let shop: Shop
  /// The zone in which times are shown.
  package let zone: Zone
  package let history: BindingHistory
  /// The platform's rules; nil if there are none.
  package let rules: PlatformRules?
  /// The moment shown.
  package let now: Moment

  package init(shop: Shop, zone: Zone, history: BindingHistory, rules: PlatformRules?, now: Moment) {
    self.shop = shop
    self.zone = zone
    self.history = history
    self.rules = rules
    self.now = now
  }

  /// When the next unbinding is allowed; nil if there is no such rule or no earlier rebinding.
  package var nextUnbindingFrom: Moment? {
    guard let last = history.lastRebinding, let rules, let between = rules.betweenSwitches else { return nil }
    return between.dueAt(from: last, in: zone, calendar: nil).moment
  }
}

/// Reads a shop's bindings and switches.
package struct ReadSwitch {
  private let making: RunFactory
  private let now: Moment

  package init(definitions: Definitions, zones: any ZoneSource, now: Moment) {
    making = RunFactory(definitions: definitions, zones: zones)
    self.now = now
  }

  /// Throws a `Refusal` for an unknown shop, or a `StoreError`.
  ///
  /// - Parameter at: the moment to show; a future one shows what will be if nothing is recorded until then.
  ///   Nil: now.
  package func callAsFunction(
    _ shop: ShopID, at time: TimeText? = nil, in reading: any StoreReading
  ) throws -> ShopSwitches {
    let stored = try reading.require(shop)
    let rules = stored.shop.platform.flatMap { making.definitions.platforms[$0] }
    let (zones, deciding) = (making.shopZones, try reading.zone(of: stored.shop))
    let zone = zones.shown(deciding)
    let history = try reading.history(of: shop)
    guard let time else {
      return ShopSwitches(shop: stored.shop, zone: zone, history: history, rules: rules, now: now)
    }
    let at = try time.moment(.shown, in: try zones.meant(deciding), now: now)
    return ShopSwitches(shop: stored.shop, zone: zone, history: history.asOf(at), rules: rules, now: at)
  }
}

import Domain

/// Which switches a list shows.
package struct SwitchFilter: Sendable, Hashable {
  package var reach = ShopScope.all
  /// Leaves out switches that are only planned.
  package var onlyCooling: Bool
  /// Shows the switches in progress at this moment; nil: now.
  package var at: Moment?

  package init(onlyCooling: Bool = false, at: Moment? = nil) {
    self.onlyCooling = onlyCooling
    self.at = at
  }
}

/// A shop's switch in progress.
package struct SwitchEntry: Sendable, Hashable {
  package let shop: ShopID
  package let name: String?
  package let team: String?
  package let platform: String?
  /// Decides the shop's time zone.
  package let zone: ShopZone
  package let change: AccountSwitch

  package init(
    shop: ShopID, name: String?, team: String?, platform: String?, timeZone: String?,
    newestRunZone: String? = nil, change: AccountSwitch
  ) {
    self.shop = shop
    self.name = name
    self.team = team
    self.platform = platform
    zone = ShopZone(own: timeZone, platform: platform, newestRun: newestRunZone)
    self.change = change
  }
}

/// The state of a shop's latest switch, as in reports.
package struct SwitchStanding: Sendable, Hashable {
  package let state: SwitchState
  /// When rebinding opens; nil unless the switch is unbound.
  package let opensAt: Moment?
  /// Whether `opensAt` was computed from the platform's rules.
  package let isEstimate: Bool
  /// The deadline for rebinding; nil if the page showed none.
  package let finishBy: Moment?
  /// Rules overridden in the switch, oldest first.
  package let overrides: [AccountSwitch.Override]

  package init(
    state: SwitchState, opensAt: Moment?, isEstimate: Bool, finishBy: Moment?,
    overrides: [AccountSwitch.Override]
  ) {
    self.state = state
    self.opensAt = opensAt
    self.isEstimate = isEstimate
    self.finishBy = finishBy
    self.overrides = overrides
  }

  /// Nil for a shop without a switch.
  package init?(_ history: BindingHistory) {
    guard let last = history.switches.last else { return nil }
    self.init(
      state: last.state, opensAt: last.state == .unbound ? last.opensAt : nil,
      isEstimate: last.coolDown?.isEstimate ?? false, finishBy: last.coolDown?.finishBy,
      overrides: last.overrides)
  }
}

/// Finds switches in progress.
package protocol SwitchQuery {
  /// Unbound ones first, by when rebinding opens, then planned ones by planned time. Archived shops are left
  /// out.
  func forEachSwitch(_ filter: SwitchFilter, _ body: (SwitchEntry) throws -> Void) throws
  /// The accounts that shops are bound to, by shop; includes archived shops, but not unbound ones.
  func forEachAccount(within reach: ShopScope, _ body: (ShopID, String) throws -> Void) throws
}

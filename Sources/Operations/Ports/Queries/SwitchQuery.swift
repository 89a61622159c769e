import Domain

/// Which switches a list shows.
package struct SwitchFilter: Sendable, Hashable {
  /// Only these shops.
  package var reach = ShopScope.all
  /// Only those that are unbound; otherwise planned ones too.
  package var onlyCooling: Bool
  /// Shows what was under way then; nil: what is.
  package var at: Moment?

  package init(onlyCooling: Bool = false, at: Moment? = nil) {
    self.onlyCooling = onlyCooling
    self.at = at
  }
}

/// A shop's switch that is under way.
package struct SwitchEntry: Sendable, Hashable {
  /// The shop's id.
  package let shop: ShopID
  /// The shop's name.
  package let name: String?
  /// The shop's team.
  package let team: String?
  /// The shop's platform.
  package let platform: String?
  /// What decides the shop's time zone.
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

/// Where a shop's latest switch stands, as reports show it.
package struct SwitchStanding: Sendable, Hashable {
  /// Where it stands.
  package let state: SwitchState
  /// When rebinding opens; nil unless it is unbound.
  package let opensAt: Moment?
  /// `opensAt` was reckoned by the platform's rules.
  package let isEstimate: Bool
  /// When rebinding must be finished; nil when the page didn't say.
  package let finishBy: Moment?
  /// Rules that were overridden in it, the oldest first.
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

/// Finds switches that are under way.
package protocol SwitchQuery {
  /// Those that are unbound by the moment at which rebinding opens, then planned ones by their planned time.
  /// Archived shops are left out.
  func forEachSwitch(_ filter: SwitchFilter, _ body: (SwitchEntry) throws -> Void) throws
  /// The accounts that shops are bound to, by shop; archived ones are there, unbound ones aren't.
  func forEachAccount(within reach: ShopScope, _ body: (ShopID, String) throws -> Void) throws
}

import Domain

/// A step of a shop's latest switch that was taken against rules.
package struct ShopOverride: Sendable, Hashable {
  package let shop: String
  package let name: String?
  package let override: AccountSwitch.Override

  package init(shop: String, name: String?, override: AccountSwitch.Override) {
    self.shop = shop
    self.name = name
    self.override = override
  }
}

/// The switches of a report's shops: up to a limit of each kind, and their total numbers.
package struct ReportSwitches: Sendable {
  /// Unbound switches, those whose rebinding opens first before the others.
  package private(set) var unbound: [SwitchEntry] = []
  /// Also counts those beyond the limit.
  package private(set) var unboundCount = 0
  /// Unbound switches that can rebind now.
  package private(set) var openCount = 0
  /// Unbound switches that are past the deadline that the page showed.
  package private(set) var missedCount = 0
  /// Overridden rules of latest switches, newest first.
  package private(set) var overrides: [ShopOverride] = []
  /// Also counts those beyond the limit.
  package private(set) var overrideCount = 0

  private let limit: Int

  /// - Parameter limit: how many of each kind are kept.
  package init(limit: Int = 0) { self.limit = limit }

  /// Counts an unbound switch. They have to come in the order of `unbound`.
  package mutating func add(_ entry: SwitchEntry, now: Moment) {
    unboundCount += 1
    switch SwitchOutlook(entry.change, now: now) {
    case .open: openCount += 1
    case .missed: missedCount += 1
    case .planned, .cooling, nil: break
    }
    if unbound.count < limit { unbound.append(entry) }
  }

  /// Counts the rules overridden in a shop's latest switch.
  package mutating func add(_ counted: CountedRun) {
    guard let standing = counted.standing, !standing.overrides.isEmpty else { return }
    for override in standing.overrides {
      overrideCount += 1
      let place = overrides.firstIndex { $0.override.at < override.at } ?? overrides.count
      guard place < limit else { continue }
      overrides.insert(ShopOverride(shop: counted.shop, name: counted.name, override: override), at: place)
      if overrides.count > limit { overrides.removeLast() }
    }
  }
}

extension ReadReport {
  /// Switches in progress: unbound ones by when rebinding opens, then, unless `onlyUnbound`, planned ones by
  /// planned time.
  package func forEachSwitch(onlyUnbound: Bool, _ body: (SwitchEntry) throws -> Void) throws {
    var switches = SwitchFilter(onlyCooling: onlyUnbound)
    switches.reach = filter.reach
    try reading.forEachSwitch(switches, body)
  }

  /// The rules overridden in the latest switches of the report's shops, by shop.
  package func forEachOverride(_ body: (ShopOverride) throws -> Void) throws {
    var last: String?
    try reading.forEachCountedRun(filter) { counted in
      guard let standing = counted.standing, !standing.overrides.isEmpty, counted.shop != last else { return }
      last = counted.shop
      for override in standing.overrides {
        try body(ShopOverride(shop: counted.shop, name: counted.name, override: override))
      }
    }
  }
}

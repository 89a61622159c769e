import Domain

/// A step of a shop's latest switch that was taken against rules.
package struct ShopOverride: Sendable, Hashable {
  /// The shop's id.
  package let shop: String
  /// The shop's name.
  package let name: String?
  /// The step.
  package let override: AccountSwitch.Override

  package init(shop: String, name: String?, override: AccountSwitch.Override) {
    self.shop = shop
    self.name = name
    self.override = override
  }
}

/// The switches of a report's shops: so many of each kind as the report names, and how many there are.
package struct ReportSwitches: Sendable {
  /// Unbound ones, those whose rebinding opens first before the others.
  package private(set) var unbound: [SwitchEntry] = []
  /// How many are unbound.
  package private(set) var unboundCount = 0
  /// Those of them that can rebind now.
  package private(set) var openCount = 0
  /// Those of them that should have been rebound by now, as the page showed.
  package private(set) var missedCount = 0
  /// Overridden rules of latest switches, the newest first.
  package private(set) var overrides: [ShopOverride] = []
  /// How many there are.
  package private(set) var overrideCount = 0

  private let limit: Int

  /// - Parameter limit: how many of each kind are kept.
  package init(limit: Int = 0) { self.limit = limit }

  /// Counts an unbound switch; they come in their order.
  package mutating func add(_ entry: SwitchEntry, now: Moment) {
    unboundCount += 1
    switch SwitchOutlook(entry.change, now: now) {
    case .open: openCount += 1
    case .missed: missedCount += 1
    case .planned, .cooling, nil: break
    }
    if unbound.count < limit { unbound.append(entry) }
  }

  /// Counts what was overridden in a shop's latest switch.
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
  /// Switches that are under way: unbound ones by the moment at which rebinding opens, then, unless only
  /// unbound ones are asked for, planned ones by their time.
  package func forEachSwitch(onlyUnbound: Bool, _ body: (SwitchEntry) throws -> Void) throws {
    var switches = SwitchFilter(onlyCooling: onlyUnbound)
    switches.reach = filter.reach
    try reading.forEachSwitch(switches, body)
  }

  /// What was overridden in the latest switches of the shops that the report counts, by shop.
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

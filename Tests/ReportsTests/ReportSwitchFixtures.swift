import Domain
import Operations

extension ProgressReport {
  /// Twelve shops, most of them with a switch; more are unbound, and more was overridden, than are named.
  static let switching = ProgressReport(
    shops: 12, standings: standings, switches: switches(of: standings, limit: 6))

  /// Every shop waits, and nobody has a run that counts.
  static let onlySwitches = ProgressReport(
    generatedAt: .now, grouping: .shop, state: .active, totals: ReportFigures(), rows: [],
    holdingUp: [], matrix: nil, late: [], switches: switches(of: standings, limit: 2))

  private static let standings = Dictionary(
    uniqueKeysWithValues: AccountSwitch.various.enumerated().map { index, various in
      (index + 1, BindingHistory(switches: [various.change]))
    })

  /// What the report is made of, as a store hands it out.
  private static func switches(of histories: [Int: BindingHistory], limit: Int) -> ReportSwitches {
    var switches = ReportSwitches(limit: limit)
    let entries = histories.sorted { $0.key < $1.key }.compactMap { number, history -> SwitchEntry? in
      let shop = ShopSample(number: number)
      switches.add(
        CountedRun(
          shop: shop.id, name: shop.name, team: shop.team, run: nil, standing: SwitchStanding(history)))
      guard let change = history.switches.last, change.state == .unbound else { return nil }
      return SwitchEntry(
        shop: ShopID(trusted: shop.id), name: shop.name, team: shop.team, platform: nil, timeZone: nil,
        change: change)
    }
    for entry in entries.sorted(by: { opens($0) < opens($1) }) { switches.add(entry, now: .now) }
    return switches
  }

  /// What people typed to break a page or a terminal, as accounts, names and reasons.
  static let hostileSwitches: ProgressReport = {
    let text = "\u{1B}[2J<script>alert(1)</script>|\n\u{202E}"
    var switches = ReportSwitches(limit: 1)
    let override = AccountSwitch.Override(
      step: .unbound, rules: [.coolDown], reason: text, by: text, at: .now)
    let change = AccountSwitch(
      number: 1, from: text, to: text, state: .unbound, plannedAt: .now, plannedFor: .now, unboundAt: .now,
      coolDown: AccountSwitch.estimate(hour), overrides: [override])
    let standing = SwitchStanding(BindingHistory(switches: [change]))
    switches.add(CountedRun(shop: "s", name: text, team: text, run: nil, standing: standing))
    switches.add(
      SwitchEntry(
        shop: ShopID(trusted: "s"), name: text, team: text, platform: text, timeZone: nil, change: change),
      now: .now)
    return ProgressReport(shops: 1, switches: switches)
  }()

  private static func opens(_ entry: SwitchEntry) -> Moment { entry.change.opensAt ?? .now }
}

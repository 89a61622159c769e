import Domain
import Operations
import Reports
import TestSupport
import Testing

/// What `status` shows of a shop's account, its switch, and runs that a switch began.
@Suite("status of a switch") struct StatusSwitchTests {
  @Test(arguments: [40, 80, 120], Language.allCases)
  func text(width: Int, language: Language) throws {
    let renderer = StatusText(language: language, zones: .fixed, width: width)
    let rendered = renderer.render(.of(.overridden))
    try expectSnapshot(rendered, "status-switch-\(width).\(language.rawValue).txt")
    #expect(widest(rendered) <= width)
  }

  /// The lines above the runs, for each place where a switch can stand.
  @Test(arguments: [40, 80], Language.allCases)
  func places(width: Int, language: Language) throws {
    let renderer = StatusText(language: language, zones: .fixed, width: width)
    var shown = ""
    for (name, change) in AccountSwitch.various {
      let lines = renderer.render(.of(change)).split(separator: "\n", omittingEmptySubsequences: false)
      shown += "# \(name)\n" + lines.prefix { !$0.isEmpty }.joined(separator: "\n") + "\n\n"
    }
    try expectSnapshot(shown, "status-switches-\(width).\(language.rawValue).txt")
    #expect(widest(shown) <= width)
  }

  @Test func colours() throws {
    let renderer = StatusText(
      language: .english, zones: .fixed, palette: Palette(isOn: true))
    let rendered = [5, 7].map { renderer.render(.of(AccountSwitch.various[$0].change)) }.joined()
    try expectSnapshot(rendered.replacing("\u{1B}", with: "␛"), "status-switch-colour.en.txt")
  }

  @Test(arguments: Language.allCases) func markdown(language: Language) throws {
    let rendered = StatusMarkdown(language: language, zones: .fixed).render(.of(.overridden))
    try expectSnapshot(rendered, "status-switch.\(language.rawValue).md")
  }

  @Test(arguments: [0, 2, 6, 8]) func json(index: Int) throws {
    let (_, change) = AccountSwitch.various[index]
    let bytes = StatusJSON(language: .english).render(.of(change))
    try expectJSON(bytes, "status-switch-\(change.state.rawValue)-\(index).json")
  }

  /// The shop's zone is used, else the runs', else UTC; which one it is is said.
  @Test func zones() {
    let renderer = StatusText(language: .english, zones: .fixed, width: 120)
    let change = AccountSwitch.of(.unbound, coolDown: AccountSwitch.shown(day))
    #expect(renderer.render(.of(change, zone: nil)).contains("opens 2026-11-05 18:00 Asia/Shanghai"))
    #expect(renderer.render(.of(change, zone: "No/Where")).contains("opens 2026-11-05 10:00 UTC"))
  }

  @Test func hostileTexts() throws {
    let nasty = "\u{1B}[31mdy\u{202E}_\n|<b>"
    let change = AccountSwitch(
      number: 1, from: nasty, to: nasty, state: .unbound, plannedAt: .now, plannedFor: .now, unboundAt: .now,
      coolDown: AccountSwitch.estimate(hour),
      overrides: [
        AccountSwitch.Override(
          step: .unbound, rules: [.betweenSwitches], reason: String(repeating: nasty, count: 60), by: nasty,
          at: .now)
      ])
    let status = ShopStatus(
      shop: Shop(id: ShopID(trusted: "s-1")), account: nasty, latestSwitch: change, runs: [], now: .now)
    let rendered = StatusText(language: .chinese, zones: .fixed, width: 80).render(status)
    try expectSnapshot(rendered, "status-switch-hostile.txt")
    #expect(!obeysControls(rendered))
    #expect(!obeysControls(StatusMarkdown(language: .english, zones: .fixed).render(status)))
  }
}

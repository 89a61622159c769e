import Domain
import Operations

/// The lines below a shop's heading: its account, its switch, and rules overridden in it.
struct StatusSwitchLines {
  /// Longer reasons are cut; the history shows them in full.
  static let reasonCells = 300

  private let language: Language
  private let zone: Zone
  private let width: Int

  init(language: Language, zone: Zone, width: Int) {
    self.language = language
    self.zone = zone
    self.width = width
  }

  /// Empty for a shop without a binding.
  func lines(_ status: ShopStatus) -> [StyledLine] {
    let phrases = SwitchPhrases(language: language, zone: zone, now: status.now)
      .of(account: status.account, status.latestSwitch)
    return StyledLine.flow(phrases, width: width)
      + (status.latestSwitch?.overrides ?? []).flatMap(lines)
  }

  private func lines(_ override: AccountSwitch.Override) -> [StyledLine] {
    let text = "! " + override.line(language, zone, reasonCells: Self.reasonCells)
    return Wrapping.lines(of: text, cells: width, indent: 2).map { StyledLine($0, .soon) }
  }
}

extension RunStatus {
  /// The moment that the run counts from, and whether that is in the future.
  func origin(_ zone: Zone, now: Moment) -> Wording {
    let moment = "\(zone.format(switchedAt)) \(zone.name)"
    guard switchedAt > now else { return Wording(en: moment, zh: moment) }
    let ahead = DurationText.soon(in: switchedAt - now)
    return Wording(en: "counts from \(moment), \(ahead.en)", zh: "从 \(moment) 起算（\(ahead.zh)）")
  }

  /// Nil unless the checklist's file is known to have changed since.
  func newerDefinition(of shop: ShopID) -> Wording? {
    guard hasNewerDefinition == true else { return nil }
    return Wording(
      en: "the checklist has changed: switchlist upgrade \(shop) --dry-run",
      zh: "清单文件已有改动；查看差异：switchlist upgrade \(shop) --dry-run")
  }
}

import Domain
import Operations

extension ReportText {
  /// At most, on a terminal.
  private static let switchesShown = 20

  /// Which shops can rebind when; empty if no shop is unbound.
  func unbound(_ switches: ReportSwitches, in report: ProgressReport) -> [String] {
    if switches.unboundCount == 0 { return [] }
    let columns: [TextTable.Column] = [
      .init(heading: Wording(en: "Shop", zh: "店铺")(language), shrinksTo: 8),
      .init(heading: Wording(en: "Name", zh: "名称")(language), shrinksTo: 10, leftOut: 4),
      .init(heading: Wording(en: "Can rebind", zh: "可重新绑定")(language)),
      .init(heading: Wording(en: "From", zh: "时间")(language), leftOut: 1),
      .init(heading: Wording(en: "Finish by", zh: "完成期限")(language), leftOut: 2),
      .init(heading: Wording(en: "New account", zh: "新账号")(language), shrinksTo: 8, leftOut: 3),
    ]
    let shown = switches.unbound.prefix(Self.switchesShown)
    let cells = shown.map { self.cells($0, in: report) }
    let table = TextTable(columns: columns, sample: cells, width: width, palette: palette)
    return heading(ReportSwitches.canRebindHeading, switches.counts(language))
      + [table.heading] + cells.map(table.line) + more(switches.moreUnbound(after: shown.count))
  }

  private func cells(_ entry: SwitchEntry, in report: ProgressReport) -> [TextTable.Cell] {
    let (change, now) = (entry.change, report.generatedAt)
    func time(_ moment: Moment?, isDue: Bool = false) -> String {
      moment.map { clocks.text($0, of: entry.shop.rawValue, in: report, isDue: isDue) } ?? ""
    }
    let outlook = SwitchOutlook(change, now: now)
    let estimate = entry.estimateMark?(language)
    return [
      .init(text: TerminalText.safe(entry.shop.rawValue)),
      .init(text: entry.name.map(TerminalText.safe) ?? "", tone: .secondary),
      .init(
        text: outlook?.rebindWords(at: now)(language) ?? "", tone: outlook?.tone,
        rest: estimate.map { Wording(en: ", \($0)", zh: "（\($0)）")(language) } ?? "", restTone: .secondary),
      .init(text: time(change.canRebindAt)),
      .init(text: time(change.coolDown?.finishBy, isDue: true), tone: entry.finishTone(now: now)),
      .init(text: TerminalText.safe(change.to), tone: .secondary),
    ]
  }

  /// Overridden rules with their reasons, newest first; empty if there are none.
  func overrides(_ switches: ReportSwitches, in report: ProgressReport) -> [String] {
    if switches.overrideCount == 0 { return [] }
    let shown = switches.overrides.prefix(Self.switchesShown)
    return heading(ReportSwitches.overridesHeading, [("\(switches.overrideCount)", nil)])
      + shown.flatMap { lines($0, in: report) } + more(switches.moreOverrides(after: shown.count))
  }

  private func lines(_ overridden: ShopOverride, in report: ProgressReport) -> [String] {
    let override = overridden.override
    let name = overridden.name.map { "  " + TerminalText.safe($0) } ?? ""
    let phrases: [StyledLine.Piece] = [
      (TerminalText.safe(overridden.shop) + name, nil), (override.what(language), .soon),
      (TerminalText.safe(override.by), nil),
      (clocks.text(override.at, of: overridden.shop, in: report), .secondary),
    ]
    let reason = TerminalText.truncated(TerminalText.safe(override.reason), to: StatusSwitchLines.reasonCells)
    return StyledLine.flow(phrases, width: width).map { $0.rendered(width: width, palette: palette) }
      + Wrapping.lines(of: "  " + reason, cells: width, indent: 2)
  }

  private func heading(_ heading: Wording, _ parts: [StyledLine.Piece]) -> [String] {
    StyledLine.flow([(heading(language), .heading)] + parts, width: width)
      .map { $0.rendered(width: width, palette: palette) }
  }

  private func more(_ more: (text: Wording, command: String)?) -> [String] {
    guard let more else { return [] }
    return Wrapping.lines(of: more.text(language) + more.command, cells: width).map {
      palette(.secondary, $0)
    }
  }
}

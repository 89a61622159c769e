import Domain
import Operations

extension ReportMarkdown {
  /// Which shops can rebind when, and which rules were overridden; empty if there are neither.
  func switches(_ report: ProgressReport) -> String {
    unbound(report.switches, in: report) + overrides(report.switches, in: report)
  }

  private func unbound(_ switches: ReportSwitches, in report: ProgressReport) -> String {
    if switches.unboundCount == 0 { return "" }
    let columns = [
      Wording(en: "Shop", zh: "店铺"), Wording(en: "Can rebind", zh: "可重新绑定"), Wording(en: "From", zh: "时间"),
      Wording(en: "Finish by", zh: "完成期限"), Wording(en: "New account", zh: "新账号"),
    ]
    return section(ReportSwitches.canRebindHeading)
      + switches.counts(language).map(\.text).joined(separator: " · ") + "\n\n"
      + Markdown.tableHeader(columns.map { ($0(language), false) })
      + switches.unbound.map { row($0, in: report) }.joined()
      + more(switches.moreUnbound(after: switches.unbound.count))
  }

  private func row(_ entry: SwitchEntry, in report: ProgressReport) -> String {
    let (change, now) = (entry.change, report.generatedAt)
    func time(_ moment: Moment?, isDue: Bool = false) -> String {
      moment.map { Markdown.text(clocks.text($0, of: entry.shop.rawValue, in: report, isDue: isDue)) } ?? ""
    }
    let outlook = SwitchOutlook(change, now: now)
    let rebindWords = outlook?.rebindWords(at: now)(language) ?? ""
    let estimate = entry.estimateMark.map { Wording(en: " (\($0.en))", zh: "（\($0.zh)）")(language) } ?? ""
    return Markdown.row([
      shop(entry.shop.rawValue, entry.name),
      (outlook?.tone == .soon ? rebindWords : "**\(rebindWords)**") + estimate,
      time(change.canRebindAt), time(change.coolDown?.finishBy, isDue: true),
      Markdown.text(change.to),
    ])
  }

  private func overrides(_ switches: ReportSwitches, in report: ProgressReport) -> String {
    if switches.overrideCount == 0 { return "" }
    let columns = [
      Wording(en: "Shop", zh: "店铺"), Wording(en: "What", zh: "内容"), Wording(en: "Reason", zh: "原因"),
      Wording(en: "By", zh: "操作人"), Wording(en: "When", zh: "时间"),
    ]
    return section(ReportSwitches.overridesHeading)
      + Markdown.tableHeader(columns.map { ($0(language), false) })
      + switches.overrides.map { overridden in
        let override = overridden.override
        return Markdown.row([
          shop(overridden.shop, overridden.name), override.what(language), Markdown.text(override.reason),
          Markdown.text(override.by),
          Markdown.text(clocks.text(override.at, of: overridden.shop, in: report)),
        ])
      }
      .joined() + more(switches.moreOverrides(after: switches.overrides.count))
  }

  private func more(_ more: (text: Wording, command: String)?) -> String {
    more.map { "\n\($0.text(language))`\($0.command)`\n" } ?? ""
  }
}

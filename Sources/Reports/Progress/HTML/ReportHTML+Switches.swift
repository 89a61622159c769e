import Domain
import Formats
import Operations

extension ReportHTML {
  /// Which shops can rebind when, and which rules were overridden; empty if there are neither.
  func switches(_ report: ProgressReport) -> HTML {
    unbound(report.switches, in: report) + overrides(report.switches, in: report)
  }

  private func unbound(_ switches: ReportSwitches, in report: ProgressReport) -> HTML {
    if switches.unboundCount == 0 { return .empty }
    let heading = ReportSwitches.canRebindHeading(language)
    let counts = switches.counts(language).map(\.text).joined(separator: " · ")
    let columns =
      column(Wording(en: "Shop", zh: "店铺")) + column(Wording(en: "Can rebind", zh: "可重新绑定"))
      + column(Wording(en: "Finish by", zh: "完成期限"))
      + column(Wording(en: "New account", zh: "新账号"), style: "wide")
    return """
      <section>
      <h2>\(heading)</h2>
      <p>\(counts)</p>
      \(table("switches", label: heading, heading: columns, body: switches.unbound.map { row($0, in: report) }))\
      \(more(switches.moreUnbound(after: switches.unbound.count)))</section>

      """
  }

  private func row(_ entry: SwitchEntry, in report: ProgressReport) -> HTML {
    let (change, now) = (entry.change, report.generatedAt)
    func time(_ moment: Moment, isDue: Bool = false) -> HTML {
      self.time(moment, of: entry.shop.rawValue, in: report, isDue: isDue)
    }
    let outlook = SwitchOutlook(change, now: now)
    let rebindWords = outlook?.rebindWords(at: now)(language) ?? ""
    let marked: HTML =
      switch outlook {
      case .open: #"<span class="symbol done">✓ \#(rebindWords)</span>"#
      case .missed: #"<span class="symbol late">! \#(rebindWords)</span>"#
      default: "\(rebindWords)"
      }
    let estimate: HTML =
      entry.estimateMark.map { "\(Wording(en: " (\($0.en))", zh: "（\($0.zh)）")(language))" } ?? .empty
    let finish: HTML =
      change.coolDown?.finishBy.map { finishBy in
        let when = finishBy > now ? DurationText.soon(in: finishBy - now) : DurationText.ago(now - finishBy)
        return "\(when(language)) <small>\(time(finishBy, isDue: true))</small>"
      } ?? "–"
    let style: HTML? =
      switch entry.finishTone(now: now) {
      case .late: "is-late"
      case .soon: "is-blocked"
      default: nil
      }
    return """
      <tr role="row"><th scope="row" role="rowheader">\(shop(entry.shop.rawValue, entry.name))</th>\
      <td role="cell">\(marked)\(estimate) <small>\(change.canRebindAt.map { time($0) } ?? .empty)</small></td>\
      <td role="cell"\(Self.class(style))>\(finish)</td>\
      <td role="cell" class="wide">\(typed: change.to)</td></tr>

      """
  }

  /// Uses the layout of late items, which suits phones.
  private func overrides(_ switches: ReportSwitches, in report: ProgressReport) -> HTML {
    if switches.overrideCount == 0 { return .empty }
    let heading = ReportSwitches.overridesHeading(language)
    let columns =
      column(Wording(en: "Shop", zh: "店铺")) + column(Wording(en: "What", zh: "内容"))
      + column(Wording(en: "By", zh: "操作人")) + column(Wording(en: "When", zh: "时间"))
      + column(Wording(en: "Reason", zh: "原因"))
    let lines = switches.overrides.map { overridden -> HTML in
      let override = overridden.override
      return """
        <tr role="row"><th scope="row" role="rowheader">\(shop(overridden.shop, overridden.name))</th>\
        <td role="cell">\(override.what(language))</td>\
        <td role="cell" data-name="\(Wording(en: "By", zh: "操作人")(language))">\(typed: override.by)</td>\
        <td role="cell" class="is-late"><small>\(time(override.at, of: overridden.shop, in: report))</small></td>\
        <td role="cell" data-name="\(Wording(en: "Reason", zh: "原因")(language))">\
        \(typed: override.reason)</td></tr>

        """
    }
    return """
      <section>
      <h2>\(heading)</h2>
      \(table("late-items", label: heading, heading: columns, body: lines))\
      \(more(switches.moreOverrides(after: switches.overrides.count)))</section>

      """
  }

  private func more(_ more: (text: Wording, command: String)?) -> HTML {
    more.map { "<p>\($0.text(language))<code>\($0.command)</code></p>\n" } ?? .empty
  }
}

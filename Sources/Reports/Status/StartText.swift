import Domain
import Operations

/// The result of `start` for one shop.
package struct StartText {
  private let language: Language
  private let zones: ShopZones
  private let now: Moment

  package init(language: Language, zones: ShopZones, now: Moment) {
    self.language = language
    self.zones = zones
    self.now = now
  }

  /// All lines, including line breaks.
  package func render(_ outcome: StartRuns.Outcome) -> String {
    let shop = outcome.shop.id
    let zone = zones.shown(
      ShopZone(
        own: outcome.shop.timeZone, platform: outcome.shop.platform,
        newestRun: outcome.started.last?.timeZone))
    var lines: [String] = []
    for run in outcome.started {
      let title = TerminalText.safe(run.definition.checklist.title(language))
      let began = "\(zone.format(run.switchedAt)) \(zone.name)"
      lines.append(
        Wording(
          en:
            "started run \(run.number) of \(run.checklist) (\(title)): \(CountPhrases.items(run.items.count).en), from \(began)",
          zh: "已开始第 \(run.number) 次执行：\(run.checklist)（\(title)），\(run.items.count) 项，自 \(began)")(language))
    }
    for run in outcome.kept {
      lines.append(
        Wording(
          en: "kept run \(run.number) of \(run.checklist): it is active with the same time",
          zh: "保留第 \(run.number) 次执行：\(run.checklist)，开始时间相同，正在进行")(language))
    }
    for (run, outstanding) in outcome.superseded {
      let items = outstanding.map(\.rawValue)
      lines.append(
        Wording(
          en: "run \(run.number) gave its place; outstanding in it: \(items.joined(separator: ", "))",
          zh: "第 \(run.number) 次执行已被取代；其中未完成：\(items.joined(separator: "、"))")(language))
    }
    for checklist in outcome.skipped {
      lines.append(
        Wording(en: "\(checklist) is under way already", zh: "\(checklist) 已在进行")(language))
    }
    if let rebinding = outcome.rebinding {
      let moment = "\(outcome.zone.format(rebinding)) \(outcome.zone.name)"
      let command = "switchlist start \(shop) --again --switched-at rebound"
      lines.append(
        Wording(
          en:
            "it counts from now, although the rebinding was recorded at \(moment); to count from that: \(command)",
          zh: "从现在起算；而已记录的重新绑定时间是 \(moment)，要从那时起算：\(command)")(language))
    }
    if !outcome.started.isEmpty {
      lines.append(
        Wording(en: "see: switchlist status \(shop)", zh: "查看：switchlist status \(shop)")(language))
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

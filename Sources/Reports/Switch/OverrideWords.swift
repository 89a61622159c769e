import Domain
import Formats

extension AccountSwitch.Override {
  /// The step and its rules: `rule cool-down overridden at rebinding`.
  var what: Wording {
    let rules = rules.map(\.rawValue)
    return Wording(
      en: """
        \(rules.count == 1 ? "rule" : "rules") \(rules.joined(separator: ", ")) overridden at \
        \(step.stepName.en)
        """,
      zh: "\(step.stepName.zh)时越过规则 \(rules.joined(separator: "、"))")
  }

  /// One line: what, who, when, and as much of the reason as fits.
  func line(_ language: Language, _ zone: Zone, reasonCells: Int) -> String {
    let moment = "\(zone.format(at)) \(zone.name)"
    let name = TerminalText.safe(by)
    let reason = TerminalText.truncated(TerminalText.safe(reason), to: reasonCells)
    let wording = Wording(
      en: "\(what.en) by \(name), \(moment): \(reason)",
      zh: "\(what.zh)（由 \(name) 于 \(moment)）：\(reason)")
    return wording(language)
  }
}

extension Milestone {
  /// The step, as a noun.
  var stepName: Wording {
    switch self {
    case .planned: Wording(en: "planning", zh: "计划换绑")
    case .unbound: Wording(en: "unbinding", zh: "解绑")
    case .cooled: Wording(en: "cooling down", zh: "等待期")
    case .rebound: Wording(en: "rebinding", zh: "重新绑定")
    }
  }
}

extension JSONWriter {
  /// `"step", "rules", "reason", "by", "at"`
  mutating func fields(of override: AccountSwitch.Override) {
    field("step", override.step.rawValue)
    field("rules", override.rules.map(\.rawValue))
    field("reason", override.reason)
    field("by", override.by)
    field("at", override.at)
  }
}

import Domain

/// Events about a shop's binding, in words.
enum AccountChangeWords {
  package static func of(_ change: AccountChange, in zone: Zone) -> Wording {
    switch change {
    case .bound(let account, let since):
      let account = TerminalText.safe(account)
      return Wording(
        en: "bound to \(account)" + (since == nil ? ", since nobody knows when" : ""),
        zh: "绑定了 \(account)" + (since == nil ? "（开始时间不详）" : ""))
    case .planned(let plan):
      let (account, moment) = (TerminalText.safe(plan.to), zone.format(plan.plannedFor))
      let confirmed = plan.confirmed.map(TerminalText.safe)
      return adding(
        plan.overridden,
        to: Wording(
          en: "planned switch \(plan.number) to \(account) for \(moment)"
            + (plan.isImported ? ", recorded after it had ended" : "")
            + (confirmed.isEmpty ? "" : ", confirmed: \(confirmed.joined(separator: ", "))"),
          zh: "计划第 \(plan.number) 次换绑：换到 \(account)，计划 \(moment) 解绑"
            + (plan.isImported ? "（结束后补记）" : "")
            + (confirmed.isEmpty ? "" : "，已确认：\(confirmed.joined(separator: "、"))")))
    case .unbound(let number, let coolDown, let overridden):
      let times = times(coolDown, zone)
      return adding(
        overridden,
        to: Wording(en: "unbound (switch \(number))\(times.en)", zh: "解绑（第 \(number) 次换绑）\(times.zh)"))
    case .coolDownCorrected(let number, let coolDown):
      let times = times(coolDown, zone)
      return Wording(
        en: "corrected the cool-down of switch \(number)\(times.en)",
        zh: "更正了第 \(number) 次换绑的等待期\(times.zh)")
    case .rebound(let number, let account, let overridden):
      let account = TerminalText.safe(account)
      return adding(
        overridden,
        to: Wording(en: "rebound to \(account) (switch \(number))", zh: "重新绑定到 \(account)（第 \(number) 次换绑）"))
    case .abandoned(let number, let reason):
      let reason = TerminalText.safe(reason)
      return Wording(en: "abandoned switch \(number): \(reason)", zh: "放弃了第 \(number) 次换绑：\(reason)")
    }
  }

  private static func times(_ coolDown: AccountSwitch.CoolDown, _ zone: Zone) -> Wording {
    var times = Wording(en: "", zh: "")
    if let until = coolDown.until {
      let moment = zone.format(until)
      times = Wording(
        en: ", rebinding opens \(moment)" + (coolDown.isEstimate ? " (estimate)" : ""),
        zh: "，\(moment) 起可以重新绑定" + (coolDown.isEstimate ? "（估计）" : ""))
    }
    guard let finishBy = coolDown.finishBy else { return times }
    let moment = zone.formatDue(finishBy)
    return Wording(en: "\(times.en), finish by \(moment)", zh: "\(times.zh)，须在 \(moment) 前完成")
  }

  private static func adding(_ overridden: Overridden?, to words: Wording) -> Wording {
    guard let overridden else { return words }
    let rules = overridden.rules.map(\.rawValue)
    let reason = TerminalText.safe(overridden.reason)
    return Wording(
      en: "\(words.en)  [overrode \(rules.joined(separator: ", ")): \(reason)]",
      zh: "\(words.zh)  [越过规则 \(rules.joined(separator: "、"))：\(reason)]")
  }
}

import Domain
import Operations

/// The state of a shop's binding, in words.
enum SwitchWords {
  /// A predicate such as `is bound to new-account`.
  package static func standing(_ history: BindingHistory, in zone: Zone, now: Moment) -> Wording {
    guard let last = history.switches.last, last.state.isUnderWay else {
      guard let account = history.current?.account.terminal else {
        return Wording(en: "has no binding recorded", zh: "还没有记录绑定")
      }
      return Wording(en: "is bound to \(account)", zh: "绑定在 \(account)")
    }
    let (old, new) = (last.from.terminal, last.to.terminal)
    if last.state == .planned {
      let planned = zone.format(last.plannedFor)
      return Wording(
        en: "is bound to \(old); a switch to \(new) is planned for \(planned) \(zone.name)",
        zh: "绑定在 \(old)；计划 \(planned) \(zone.name) 起换绑到 \(new)")
    }
    let opens = opening(last, in: zone, now: now)
    return Wording(en: "is unbound, on its way to \(new): \(opens.en)", zh: "已解绑，将换到 \(new)：\(opens.zh)")
  }

  /// When an unbound shop can be rebound.
  package static func opening(_ change: AccountSwitch, in zone: Zone, now: Moment) -> Wording {
    guard let opensAt = change.opensAt else { return Wording(en: "", zh: "") }
    if now >= opensAt { return Wording(en: "can be rebound now", zh: "现在可以重新绑定") }
    let (moment, soon) = (zone.format(opensAt), DurationText.soon(in: opensAt - now))
    let isEstimate = change.coolDown?.isEstimate == true
    return Wording(
      en: "can be rebound from \(moment) \(zone.name), \(soon.en)" + (isEstimate ? " (an estimate)" : ""),
      zh: "\(moment) \(zone.name) 起可以重新绑定，\(soon.zh)" + (isEstimate ? "（估计）" : ""))
  }

  /// Everything known about an unbound shop's cool-down.
  package static func coolDown(_ change: AccountSwitch, in zone: Zone, now: Moment) -> [Wording] {
    var lines = [opening(change, in: zone, now: now)]
    if change.coolDown?.until == nil {
      lines = [
        Wording(
          en: "no cool-down is known; when the platform's page shows one: --until TIME",
          zh: "不知道要等多久；平台页面显示后请用 --until 时间 记录")
      ]
    } else if change.coolDown?.isEstimate == true {
      let latest = change.coolDown?.latest.map(zone.format)
      lines.append(
        Wording(
          en: (latest.map { "it may take until \($0); " } ?? "")
            + "look at the platform's page and record what it shows: --until TIME --finish-by TIME",
          zh: (latest.map { "最长可能到 \($0)；" } ?? "") + "请看平台页面，并记录显示的时间：--until 时间 --finish-by 时间"))
    }
    if let finishBy = change.coolDown?.finishBy {
      let moment = zone.formatDue(finishBy)
      lines.append(
        now > finishBy
          ? Wording(en: "should have been finished by \(moment)", zh: "页面要求在 \(moment) 前完成，已经超过")
          : Wording(en: "to be finished by \(moment)", zh: "须在 \(moment) 前完成"))
    }
    return lines
  }
}

extension SwitchState {
  package var wording: Wording {
    switch self {
    case .planned: Wording(en: "planned", zh: "已计划")
    case .unbound: Wording(en: "cooling down", zh: "等待中")
    case .rebound: Wording(en: "rebound", zh: "已重新绑定")
    case .cancelled: Wording(en: "cancelled", zh: "已取消")
    case .abandoned: Wording(en: "abandoned", zh: "已放弃")
    }
  }
}

extension String {
  /// Made safe for a terminal.
  fileprivate var terminal: String { TerminalText.safe(self) }
}

import Domain
import Formats
import Operations
import Reports
import WebCore

extension ShopPage {
  /// The switch as a series of steps, with forms for the next one.
  var switchSection: HTML {
    guard let change = status.latestSwitch, change.state.isUnderWay else { return noSwitch }
    return """
      <section class="sheet" aria-labelledby="switch">\
      <h2 id="switch" class="unseen">\(frame.say("The switch", "换绑"))</h2>\
      \(path(change))\(words(change))\(overridden(change))\(steps(change))</section>
      """
  }

  private var noSwitch: HTML {
    guard let account = status.account else {
      return """
        <details class="sheet"><summary>\(frame.say("Which account is it bound to?", "现在绑定的是哪个账号？"))</summary>\
        <form method="post" action="\(frame.base)switch/bind" class="row">\
        <label>\(frame.say("Account", "账号"))<input name="account" required maxlength="100" autocomplete="off"></label>\
        <button class="do">\(frame.say("Record", "记下"))</button></form></details>
        """
    }
    var past: HTML = "<p>\(frame.say("No switch is under way.", "没有进行中的换绑。"))</p>"
    if let change = status.latestSwitch {
      let ended = change.endedAt.map { times.time($0) } ?? ""
      past =
        switch change.state {
        case .abandoned:
          "<p>\(ended) \(frame.say("abandoned: ", "放弃了换绑："))\(typed: change.reason ?? "")</p>"
        case .cancelled:
          "<p>\(ended) \(frame.say("rebound to the old account", "绑回了原账号"))</p>"
        default: path(change)
        }
      past = past + overridden(change)
    }
    return """
      <details class="sheet"><summary>\(frame.say("Switch: bound to ", "换绑：现在绑定 "))\(typed: account)</summary>\
      \(past)\(planning(nil))</details>
      """
  }

  private func path(_ change: AccountSwitch) -> HTML {
    let reached =
      switch SwitchOutlook(change, now: status.now) {
      case .planned?: 1
      case .cooling?: 2
      case .open?, .missed?: 3
      case nil: 4
      }
    let opens = change.coolDown?.until
    let steps: [(name: Wording, time: Moment?)] = [
      (Wording(en: "Plan", zh: "计划"), change.plannedAt),
      (Wording(en: "Unbind", zh: "解绑"), change.unboundAt ?? change.plannedFor),
      (Wording(en: "Wait", zh: "等待期"), opens),
      (Wording(en: "Rebind", zh: "重新绑定"), change.endedAt ?? (reached == 3 ? change.coolDown?.finishBy : nil)),
    ]
    let shown = steps.enumerated().map { number, step -> HTML in
      let state: HTML =
        number < reached ? #" class="past""# : number == reached ? #" class="now" aria-current="step""# : ""
      let time = step.time.map { times.short($0) } ?? ""
      let done: HTML =
        number < reached ? #"<span class="unseen">\#(frame.say(" (done)", "（已完成）"))</span>"# : ""
      return "<li\(state)><b>\(step.name(language))\(done)</b>\(time)</li>"
    }
    return #"<ol class="path">\#(shown)</ol>"#
  }

  private func words(_ change: AccountSwitch) -> HTML {
    let to: HTML = "\(typed: change.to)"
    switch SwitchOutlook(change, now: status.now) {
    case .planned(let moment)?:
      let head: HTML =
        moment > status.now
        ? #"<p class="left">\#(frame.say("Unbinding in ", "距离解绑还有 "))\#(times.left(until: moment))</p>"# : ""
      return """
        \(head)<p>\(frame.say("Planned for ", "计划 "))\(times.time(moment))\(frame.say(", to ", " 解绑，换到 "))\(to)</p>
        """
    case .cooling(let until)?:
      return """
        <p class="left">\(frame.say("Still to wait: ", "还要等 "))\(times.left(until: until))</p>\
        <p>\(frame.say("Rebinding to ", "重新绑定到 "))\(to)\(frame.say(" opens ", "："))\(times.time(until))\
        \(frame.say("", " 起"))\(finish(change))</p>\(reliance(change))
        """
    case .open?:
      return """
        <p class="left good">\(frame.say("It can be rebound now", "现在可以重新绑定"))</p>\
        <p>\(frame.say("To ", "新账号 "))\(to)\(finish(change))</p>\(reliance(change))
        """
    case .missed(let finishBy)?:
      return """
        <p class="left late">\(frame.say("The time to finish has passed", "已过完成期限"))</p>\
        <p>\(frame.say("The page asked for it by ", "平台页面要求的时间："))\(times.due(finishBy))</p>
        """
    case nil: return .empty
    }
  }

  private func finish(_ change: AccountSwitch) -> HTML {
    guard let finishBy = change.coolDown?.finishBy else { return .empty }
    return "\(frame.say("; to be finished by ", "，最晚 "))\(times.due(finishBy))\(frame.say("", " 前完成"))"
  }

  /// Whether the time comes from the platform or is an estimate by the rules.
  private func reliance(_ change: AccountSwitch) -> HTML {
    guard let coolDown = change.coolDown, coolDown.until != nil else {
      let text = frame.say(
        "How long the wait is, nobody said: look at the platform's page.", "要等多久还没有记录，请看平台页面。")
      return #"<p class="quiet">\#(text)</p>"#
    }
    guard coolDown.isEstimate else {
      return #"<p class="quiet">\#(frame.say("As the platform's page showed.", "平台页面显示的时间。"))</p>"#
    }
    let latest: HTML =
      coolDown.latest.map { moment in
        "\(frame.say("; at the latest ", "，最晚可能到 "))\(times.time(moment))"
      } ?? ""
    return """
      <p class="quiet">\(frame.say("An estimate", "这是估计"))\(latest)\
      \(frame.say(". Check it on the platform's page.", "。以平台页面显示的为准。"))</p>
      """
  }

  private func overridden(_ change: AccountSwitch) -> HTML {
    let lines = change.overrides.map { override -> HTML in
      let rules = override.rules.map(\.rawValue).joined(separator: ", ")
      return """
        <p class="soon">\(frame.say("Against the rule ", "越过规则 "))\(rules): \(typed: override.reason) \
        <small>\(typed: override.by), \(times.time(override.at))</small></p>
        """
    }
    return "\(lines)"
  }
}

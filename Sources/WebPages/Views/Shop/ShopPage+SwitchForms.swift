import Domain
import Formats
import Operations
import Reports
import WebCore

extension ShopPage {
  /// Forms for the next step of a switch in progress.
  func steps(_ change: AccountSwitch) -> HTML {
    if change.state == .planned {
      return fold(
        frame.say("Unbound already?", "已经解绑了？"), unbinding(frame.say("Record the unbinding", "记下：已解绑")))
        + planning(change)
        + fold(frame.say("No switch after all?", "不换了？"), abandoning)
    }
    let again = unbinding(frame.say("Correct the times", "更正时间"), change.coolDown)
    return fold(frame.say("Rebound already?", "已经重新绑定了？"), rebinding(change))
      + fold(frame.say("The platform's page shows other times?", "页面显示的时间变了？"), again)
  }

  private func fold(_ title: String, _ form: HTML) -> HTML {
    #"<details class="fold"><summary>\#(title)</summary>\#(form)</details>"#
  }

  /// The form for a new plan or for changing the existing one.
  func planning(_ change: AccountSwitch?) -> HTML {
    let requirements = rules?.requires ?? []
    let confirmed = Set(change?.confirmed.map(\.requirement) ?? [])
    let boxes = requirements.map { name -> HTML in
      let text = rules?.texts[name]?(language) ?? name
      let checked: HTML = confirmed.contains(name) ? " checked" : ""
      return """
        <label class="check"><input type="checkbox" name="confirmed" value="\(name)"\(checked)>\
        <span>\(MarkdownHTML.inline(text))</span></label>
        """
    }
    let asked: HTML =
      boxes.isEmpty
      ? ""
      : "<fieldset><legend>\(frame.say("Of the new account I have made sure", "新账号我已确认"))</legend>\(boxes)</fieldset>"
    let to: HTML = change.map { #" value="\#($0.to)""# } ?? ""
    // A switch takes a week to prepare. With an earlier default, most items that precede it would be late at
    // once.
    let planned = times.field(change?.plannedFor ?? times.inAWeek)
    let form: HTML = """
      <form method="post" action="\(frame.base)switch/plan">\
      <label>\(frame.say("New account", "新账号"))<input name="account"\(to) required maxlength="100" autocomplete="off"></label>\
      <label>\(frame.say("When to unbind", "什么时候解绑")) <small>\(times.zone.name)</small>\
      <input type="datetime-local" name="for" value="\(planned)" required></label>\(asked)\
      <button class="do">\(frame.say("Record the plan", "记下计划"))</button></form>
      """
    let title =
      change == nil ? frame.say("Plan a switch", "计划换绑") : frame.say("Change the plan", "改计划")
    return fold(title, form)
  }

  private func unbinding(_ button: String, _ coolDown: AccountSwitch.CoolDown? = nil) -> HTML {
    func value(_ moment: Moment?) -> HTML { moment.map { #" value="\#(times.field($0))""# } ?? "" }
    let until = coolDown.flatMap { $0.isEstimate ? nil : $0.until }
    return """
      <form method="post" action="\(frame.base)switch/unbind">\
      <p class="quiet">\(frame.say("As the platform's page shows; leave empty what it doesn't.", "照平台页面显示的填；没显示就空着。"))</p>\
      <div class="row"><label>\(frame.say("Wait until", "等到")) <small>\(times.zone.name)</small>\
      <input type="datetime-local" name="until"\(value(until))></label>\
      <label>\(frame.say("Finish by", "最晚完成")) <small>\(times.zone.name)</small>\
      <input type="datetime-local" name="finish_by"\(value(coolDown?.finishBy))></label></div>\
      <button class="do">\(button)</button></form>
      """
  }

  private func rebinding(_ change: AccountSwitch) -> HTML {
    let old = frame.say("\(change.from) (the old account: cancels the switch)", "\(change.from)（原账号，取消换绑）")
    return """
      <form method="post" action="\(frame.base)switch/rebind"><label>\(frame.say("Bound to", "绑定到"))<select name="account">\
      <option value="\(change.to)">\(change.to)</option><option value="\(change.from)">\(old)</option></select></label>\
      <button class="do">\(frame.say("Record the rebinding", "记下：已重新绑定"))</button></form>
      """
  }

  private var abandoning: HTML {
    """
    <form method="post" action="\(frame.base)switch/abandon" class="row">\
    <label>\(frame.say("Reason", "原因"))<input name="reason" required maxlength="10000"></label>\
    <button class="bad">\(frame.say("Abandon the switch", "放弃换绑"))</button></form>
    """
  }

  /// Links to the shop's other pages, and leads' tools.
  var tools: HTML {
    let history: HTML = #"<a class="button" href="\#(frame.base)history">\#(frame.say("History", "历史"))</a>"#
    guard mayLead else { return #"<p class="row">\#(history)</p>"# }
    let starting: HTML =
      startable.isEmpty
      ? ""
      : """
      <form method="post" action="\(frame.base)runs" class="row"><label>\(frame.say("Checklist", "清单"))<select name="checklist">\
      \(startable.map { #"<option value="\#($0.id)">\#($0.title(language))</option>"# as HTML })</select></label>\
      <button>\(frame.say("Start", "开始"))</button></form>
      """
    let stopping = status.runs.filter { $0.state == .active }.map { run -> HTML in
      let title = run.title(language)
      return """
        <form method="post" action="\(frame.base)runs/\(run.number)/stop" class="row">\
        <label>\(frame.say("Reason to stop “\(title)”", "停止“\(title)”的原因"))\
        <input name="reason" required maxlength="10000"></label><button class="bad">\(frame.say("Stop", "停止"))</button></form>
        """
    }
    return """
      <section aria-labelledby="tools"><h2 id="tools">\(frame.say("This shop", "管理这家店铺"))</h2>\
      <p class="row"><a class="button" href="\(frame.base)links">\(frame.say("Links", "分享链接"))</a>\(history)\
      <a class="button" href="\(frame.base)edit">\(frame.say("Edit", "编辑"))</a></p></section>
      <details class="sheet"><summary>\(frame.say("Start or stop a checklist", "开始或停止清单"))</summary>\
      \(starting)\(stopping)</details>
      """
  }
}

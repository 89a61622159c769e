import Domain
import Formats
import Operations
import Reports
import WebCore

extension ShopPage {
  func hidden(_ entry: ShopPageItem) -> HTML {
    #"<input type="hidden" name="run" value="\#(entry.run.number)">"#
  }

  /// The next action for an item: a tick, a confirmation, or an unblock.
  func forms(_ entry: ShopPageItem, _ text: ItemTexts) -> HTML {
    let item = entry.item
    if let awaiting = item.awaitingConfirmation { return confirmation(entry, awaiting) }
    if !item.waitingFor.isEmpty { return .empty }
    let unblocking: HTML =
      item.state == .blocked
      ? form(entry, "unblock", "<button>\(frame.say("No longer blocked", "不再受阻"))</button>") : ""
    let proofs = item.definition.proof.filter { $0 != .none && $0 != .secondPerson }
    let any: HTML = proofs.count > 1 ? " data-any" : ""
    return """
      \(unblocking)<form method="post" action="\(frame.base)items/\(item.definition.id)/tick" \
      enctype="multipart/form-data"\(any)>\(hidden(entry))\(text.tick)</form>
      """
  }

  private func confirmation(_ entry: ShopPageItem, _ awaiting: AwaitingConfirmation) -> HTML {
    let first: HTML =
      if isViewer(awaiting.by) {
        "<p>\(frame.say("You ticked it. Somebody else has to open this page and confirm it.", "你已勾选，要由另一个人打开本页确认。"))</p>"
      } else if isLinkMaker(awaiting.by) {
        """
        <p>\(typed: awaiting.by)\(frame.say(" ticked it, and made the link that you opened. Sign in with an account of your own to confirm it, or let somebody else confirm it.", "勾选了它，这个链接也是他创建的。请用自己的账号登录后确认，或请另一个人确认。"))</p>
        """
      } else if isSameLink(awaiting) {
        """
        <p>\(typed: awaiting.by)\(frame.say(" ticked it by this same link, and whoever opens one link counts as one person. Ask the lead to confirm it, or to send you another link.", "是用这同一个链接勾选的，而用同一个链接的人只算一个人。请主管来确认，或请主管发来另一个链接。"))</p>
        """
      } else {
        form(
          entry, "confirm", #"<button class="do">\#(frame.say("Confirm that it is done", "确认已做好"))</button>"#)
      }
    let reason = frame.say("tick withdrawn", "撤回勾选")
    let withdrawing: HTML = """
      <input type="hidden" name="reason" value="\(reason)"><button>\(frame.say("Withdraw the tick", "撤回勾选"))</button>
      """
    return first + form(entry, "untick", withdrawing)
  }

  /// Forms to block or skip the item.
  func hindering(_ entry: ShopPageItem) -> HTML {
    let id = entry.item.definition.id
    let maySkip = mayLead || !entry.item.definition.critical
    let skip: HTML =
      maySkip
      ? #"<button formaction="\#(frame.base)items/\#(id)/skip">\#(frame.say("Skip", "跳过"))</button>"#
      : #"<span class="quiet">\#(frame.say("It is critical: only a lead may skip it.", "关键任务项，只有主管能跳过。"))</span>"#
    let title =
      maySkip ? frame.say("Can't be done, or needn't?", "做不了，或者不用做？") : frame.say("Can't be done?", "做不了？")
    let fields: HTML = """
      <label>\(frame.say("Reason", "原因"))<input name="reason" required></label>\
      <div class="row"><button>\(frame.say("Mark as blocked", "标为受阻"))</button>\(skip)</div>
      """
    return #"<details class="fold"><summary>\#(title)</summary>\#(form(entry, "block", fields))</details>"#
  }

  /// Leads' actions on an item; the forms are only rendered on request.
  func leading(_ entry: ShopPageItem) -> HTML {
    guard mayLead else { return .empty }
    let title = frame.say("Assign, move the due time, note", "指派、改截止时间、备注")
    guard managed == entry.anchor else {
      return
        #"<p class="fold"><a href="\#(frame.base)?manage=\#(entry.anchor)#\#(entry.anchor)">\#(title)</a></p>"#
    }
    let owner: HTML = """
      <label>\(frame.say("Who does it", "负责人"))<input name="owner" value="\(entry.item.owner ?? "")" required \
      maxlength="100"></label><button>\(frame.say("Assign", "指派"))</button>
      """
    let value: HTML = entry.item.dueAt.map { #" value="\#(PageTimes.field($0, in: entry.runZone))""# } ?? ""
    let due: HTML = """
      <label>\(frame.say("Due", "截止时间")) <small>\(entry.runZone.name)</small>\
      <input type="datetime-local" name="due"\(value) required></label>\
      <label>\(frame.say("Reason", "原因"))<input name="reason" required></label>\
      <button>\(frame.say("Move", "改时间"))</button>
      """
    let note: HTML = """
      <label>\(frame.say("Note", "备注"))<input name="note" required></label>\
      <button>\(frame.say("Add", "记下"))</button>
      """
    return """
      <details class="fold" open><summary>\(title)</summary>\
      \(form(entry, "assign", owner, "row"))\(form(entry, "due", due, "row"))\(form(entry, "note", note, "row"))</details>
      """
  }

  /// Completed and skipped items, collapsed, latest first.
  func closed(_ items: [ShopPageItem]) -> HTML {
    let closed = items.filter { !$0.item.state.isOutstanding }.sorted {
      ($0.item.changedAt?.seconds ?? 0) > ($1.item.changedAt?.seconds ?? 0)
    }
    guard !closed.isEmpty else { return .empty }
    return """
      <details id="done"><summary>\(closedHeading(closed))</summary>
      <ul class="items">
      \(closed.map(closedItem))</ul></details>

      """
  }

  private func closedHeading(_ closed: [ShopPageItem]) -> String {
    let missed = closed.count { $0.item.missed != nil }
    let done = closed.count - missed
    if missed == 0 { return frame.say("Done: \(done)", "已完成 \(done) 项") }
    return frame.say("Done: \(done), missed: \(missed)", "已完成 \(done) 项，错过 \(missed) 项")
  }

  private func closedItem(_ entry: ShopPageItem) -> HTML {
    let item = entry.item
    let isDone = item.state == .done
    var parts: [HTML] = []
    let when = item.changedAt.map { entry.times.time($0) } ?? ""
    let who: HTML = item.changedBy.map { " \(frame.who($0, link: item.changedByLink))" } ?? ""
    let how =
      item.missed.map { frame.say("missed: \($0.passed.en), ", "错过：已\($0.passed.zh)，") }
      ?? (isDone ? "" : frame.say("skipped, ", "已跳过，"))
    parts.append(
      #"<span\#(item.missed == nil ? "" : #" class="soon""# as HTML)>\#(how)\#(when)\#(who)</span>"#)
    if let proof = item.proof { parts.append("<span>\(summary(of: proof))</span>") }
    if let note = item.note { parts.append("<span>\(frame.say("Note: ", "备注："))\(typed: note)</span>") }
    let again = kept(.again, entry, isSame: true) {
      let reason: HTML = """
        <label>\(frame.say("Why is it to be done again", "为什么要改回未完成"))\
        <input name="reason" required></label><button>\(frame.say("Undo", "撤销"))</button>
        """
      return form(entry, "untick", reason, "row")
    }
    return """
      <li id="\(entry.anchor)" data-item><span class="mark m-\(item.state.rawValue)" aria-hidden="true">\
      \(isDone ? "✓" : item.missed == nil ? "–" : "×")</span><details><summary><b>\(item.definition.title(language))</b>\
      <span class="sub">\(parts)</span></summary><div>\(proofDetails(item))\
      \(entry.isOpen && item.missed == nil ? again : "")</div></details></li>

      """
  }

  private func summary(of proof: Proof) -> HTML {
    "\(frame.say("proof: ", "凭证："))\(typed: proof.summary(language))"
  }

  /// The proof itself: a link to follow or a file to open.
  private func proofDetails(_ item: ItemStatus) -> HTML {
    switch item.proof?.content {
    case .link(let url)?:
      return #"<p><a href="\#(url)" rel="noreferrer">\#(url)</a></p>"#
    case .file(let name, _, let sha256)?:
      guard files.contains(sha256) else {
        let why =
          deletedFiles.contains(sha256)
          ? frame.say("The file was deleted; its digest stays.", "文件已删除，只留下指纹。")
          : frame.say(
            "Named by the device, not kept here: whoever has the file shows by this digest that it is the same.",
            "文件没有存到这里，名字、大小和指纹由设备算出；凭指纹可以证明文件没有变过。")
        return #"<p class="quiet">\#(why) SHA-256 <code>\#(sha256)</code></p>"#
      }
      let deleting: HTML =
        mayLead
        ? """
        <form method="post" action="\(frame.base)files/\(sha256)/delete"><button class="bad">\
        \(frame.say("Delete the file, keep its digest", "删除文件，保留摘要"))</button></form>
        """ : ""
      return #"<p><a href="\#(frame.base)files/\#(sha256)">\#(typed: name)</a></p>\#(deleting)"#
    case .note?, .secondPerson?, nil: return .empty
    }
  }

  func form(_ entry: ShopPageItem, _ action: String, _ fields: HTML, _ style: HTML = "") -> HTML {
    let style: HTML = style.isEmpty ? "" : #" class="\#(style)""#
    return """
      <form method="post" action="\(frame.base)items/\(entry.item.definition.id)/\(action)"\(style)>\(hidden(entry))\(fields)</form>
      """
  }

  /// Whether a name is that of the maker of the link in use.
  func isLinkMaker(_ name: String) -> Bool {
    frame.viewer.linkMaker.map { Author.folded($0) == Author.folded(name) } ?? false
  }

  /// Whether the tick came through the link in use.
  func isSameLink(_ awaiting: AwaitingConfirmation) -> Bool {
    frame.viewer.link != nil && frame.viewer.link == awaiting.link
  }

  /// Whether the viewer counts as a second person.
  func canConfirm(_ awaiting: AwaitingConfirmation) -> Bool {
    !isViewer(awaiting.by) && !isLinkMaker(awaiting.by) && !isSameLink(awaiting)
  }

  /// Whether a name is the viewer's.
  func isViewer(_ name: String) -> Bool {
    guard let own = frame.viewer.name, let author = try? Author(name: own, login: "", channel: .web)
    else { return false }
    return author.isSamePerson(as: name)
  }
}

import Domain
import Formats
import Operations
import Reports
import WebCore

extension ShopPage {
  /// What to do next: among items of the newest milestone, the one that is ready and due first, or that the
  /// viewer can confirm; failing that, among those left over from earlier milestones.
  func next(of items: [ShopPageItem]) -> ShopPageItem? {
    let sorted = ShopPageItem.byUrgency(items)
    for items in [sorted.filter { !status.isEarlier($0.run) }, sorted.filter { status.isEarlier($0.run) }] {
      let next =
        items.first(where: \.isReady)
        ?? items.first { item in item.item.awaitingConfirmation.map(canConfirm) ?? false }
      if let next { return next }
    }
    return nil
  }

  /// A large card for the next item, or a note that there is nothing to do now.
  func card(_ next: ShopPageItem?, outstanding: Int) -> HTML {
    guard let next else { return nothingToDo(outstanding: outstanding) }
    let item = next.item
    let text = texts(next.run, item.definition, language)
    let due = item.dueAt.map { dueAt -> HTML in
      let tone: HTML = next.times.tone(dueAt).map { " \($0)" } ?? ""
      let time = next.times.due(dueAt)
      let by: HTML = language == .chinese ? "\(time) 截止" : time
      return #"<p class="due\#(tone)">\#(next.times.standing(dueAt)) <small>\#(by)</small></p>"#
    }
    var facts: [HTML] = []
    if item.definition.critical { facts.append(critical("tag late")) }
    if let owner = item.owner { facts.append("\(frame.say("for", "负责人")) \(typed: owner)") }
    if status.runs.count > 1 { facts.append("\(next.run.title(language))") }
    let about: HTML = facts.isEmpty ? "" : #"<p class="quiet">\#(HTML.joined(facts, by: " · "))</p>"#
    let below = kept(.next, next, isSame: isUntouched(next)) {
      let why: HTML =
        text.why.isEmpty
        ? ""
        : """
        <details class="fold"><summary>\(frame.say("Why, and when it is right", "为什么、怎样算做好"))</summary>\
        <div>\(text.why)</div></details>
        """
      return "\(text.steps)\(forms(next, text))\(why)\(hindering(next))\(leading(next))"
    }
    return """
      <section class="sheet next" id="\(next.anchor)" data-item aria-labelledby="next">\
      <p class="kicker">\(frame.say("Next", "接下来"))</p><h2 id="next">\(text.title)</h2>\
      \(due ?? "")\(about)\(note(item))\(below)</section>

      """
  }

  private func nothingToDo(outstanding: Int) -> HTML {
    let items = status.runs.flatMap(\.items)
    if items.isEmpty {
      return """
        <section class="sheet"><h2>\(frame.say("Nothing to do yet", "还没有要做的事"))</h2>\
        <p>\(frame.say("What is to be done appears here once a step of the switch is recorded.", "记下换绑的步骤以后，要做的事会出现在这里。"))</p></section>

        """
    }
    if outstanding > 0 {
      return """
        <section class="sheet"><h2>\(frame.say("Nothing you can do now", "现在没有你能做的"))</h2>\
        <p>\(frame.say("What is left is blocked, or waits for something or somebody else.", "剩下的任务项受阻了，或者在等别的事、别的人。"))</p></section>

        """
    }
    if let run = status.runs.last, run.state == .stopped || run.state == .superseded {
      return #"<section class="sheet"><h2>\#(frame.say("This run was ended", "这次执行已结束"))</h2></section>"#
    }
    if status.progress.missed > 0 { return closedWithMissed }
    let last = items.compactMap(\.changedAt).max().map { moment -> HTML in
      "<p>\(frame.say("The last item was done", "最后一项完成于")) \(times.time(moment))</p>"
    }
    return """
      <section class="sheet next"><p class="kicker">✓ \(frame.say("All done", "全部完成"))</p>\
      <h2>\(frame.say("Everything for this shop is done", "这家店铺的事都做完了"))</h2>\(last ?? "")</section>

      """
  }

  /// Nothing is left to do, but items were missed.
  private var closedWithMissed: HTML {
    let missed = status.progress.missed
    let text =
      missed == 1
      ? frame.say("1 item was missed, and can't be done any more.", "有 1 项错过了，已经不能再做。")
      : frame.say("\(missed) items were missed, and can't be done any more.", "有 \(missed) 项错过了，已经不能再做。")
    return """
      <section class="sheet next"><p class="kicker">\(frame.say("Closed", "已关闭"))</p>\
      <h2>\(frame.say("Nothing is left to do for this shop", "这家店铺没有剩下要做的事"))</h2><p class="soon">\(text)</p></section>

      """
  }

  /// Other outstanding items, under their checklists' titles if there are several. What is left over from
  /// earlier milestones is collapsed into one line.
  func runs(_ rest: [ShopPageItem]) -> HTML {
    let earlier = rest.count { status.isEarlier($0.run) }
    let newest = status.runs.filter { !status.isEarlier($0) }.map { section($0, rest) }
    if earlier == 0 { return "\(newest)" }
    let late = rest.count { status.isEarlier($0.run) && $0.item.overdue }
    let overdue: HTML =
      late == 0
      ? ""
      : #"\#(frame.say(", ", "，"))<span class="late">\#(frame.say("\(late) overdue", "逾期 \(late)"))</span>"#
    let sections = status.runs.filter(status.isEarlier).map { section($0, rest) }
    let isOpen: HTML = rest.contains { status.isEarlier($0.run) && $0.anchor == managed } ? " open" : ""
    return """
      \(newest)<details class="fold" id="earlier"\(isOpen)><summary>\
      \(frame.say("Left from earlier steps: \(earlier)", "之前步骤剩下的：\(earlier) 项"))\(overdue)</summary>
      \(sections)</details>

      """
  }

  private func section(_ run: RunStatus, _ rest: [ShopPageItem]) -> HTML {
    let items = ShopPageItem.byUrgency(rest.filter { $0.run.number == run.number })
    guard !items.isEmpty else { return .empty }
    let heading = status.runs.count > 1 ? run.title(language) : frame.say("The rest", "其余任务")
    return """
      <section aria-labelledby="run\(run.number)"><h2 id="run\(run.number)">\(heading)</h2>
      <ul class="items">
      \(items.map(outstanding))</ul></section>

      """
  }

  private func outstanding(_ entry: ShopPageItem) -> HTML {
    let item = entry.item
    let text = texts(entry.run, item.definition, language)
    let canTickAtOnce = entry.isReady && item.definition.proof.allSatisfy { $0 == .none }
    let start: HTML =
      canTickAtOnce
      ? """
      <form class="tick" method="post" action="\(frame.base)items/\(item.definition.id)/tick">\(hidden(entry))\
      <button aria-label="\(frame.say("Done: ", "完成："))\(text.title)"></button></form>
      """ : mark(entry)
    return """
      <li id="\(entry.anchor)" data-item>\(start)<details\(managed == entry.anchor ? " open" : "" as HTML)><summary><b>\(text.title)</b>\
      <span class="sub">\(standing(entry))</span></summary><div>\(unfolded(entry, text))</div></details></li>

      """
  }

  private func unfolded(_ entry: ShopPageItem, _ text: ItemTexts) -> HTML {
    kept(.below(isWaiting: !entry.item.waitingFor.isEmpty), entry, isSame: isUntouched(entry)) {
      "\(note(entry.item))\(text.why)\(text.steps)\(forms(entry, text))\(hindering(entry))\(leading(entry))"
    }
  }

  private func isUntouched(_ entry: ShopPageItem) -> Bool {
    let item = entry.item
    return item.state == .pending && item.note == nil && item.awaitingConfirmation == nil
      && managed != entry.anchor
  }

  /// Renders a part that many shops share only once.
  func kept(_ part: ItemPiece.Part, _ entry: ShopPageItem, isSame: Bool, _ make: () -> HTML) -> HTML {
    guard isSame, frame.base.isEmpty, let definition = entry.run.definition else { return make() }
    return keep(
      ItemPiece(
        part: part, definition: definition, item: entry.item.definition.id, run: entry.run.number,
        mayLead: mayLead, language: language), make)
  }

  private func mark(_ entry: ShopPageItem) -> HTML {
    let item = entry.item
    let (sign, style) =
      if item.state == .blocked { ("■", " m-blocked") } else if item.awaitingConfirmation != nil {
        ("?", " m-asked")
      } else if !item.waitingFor.isEmpty { ("", " m-waiting") } else if item.overdue {
        ("!", " m-late")
      } else { ("", "") }
    return #"<span class="mark\#(style)" aria-hidden="true">\#(sign)</span>"#
  }

  private func standing(_ entry: ShopPageItem) -> HTML {
    let item = entry.item
    var parts: [HTML] = []
    if item.definition.critical { parts.append(critical("tag")) }
    if let dueAt = item.dueAt {
      let tone: HTML = entry.times.tone(dueAt).map { #" class="\#($0)""# } ?? ""
      parts.append("<span\(tone)>\(entry.times.standing(dueAt))</span>")
    }
    if !item.waitingFor.isEmpty {
      let titles = item.waitingFor.map { id in
        entry.run.items.first { $0.definition.id == id }?.definition.title(language) ?? id.rawValue
      }
      parts.append(
        "<span>\(frame.say("waits for ", "等待："))\(titles.joined(separator: frame.say(", ", "、")))</span>")
    }
    if item.state == .blocked {
      parts.append(
        #"<span class="soon">\#(frame.say("blocked: ", "受阻："))\#(typed: item.blockedReason ?? "")</span>"#)
    }
    if let awaiting = item.awaitingConfirmation {
      let text = frame.who(awaiting.by, link: awaiting.link)
      parts.append(
        #"<span class="soon">\#(frame.say("to be confirmed; ticked by ", "等另一个人确认，勾选人："))\#(text)</span>"#)
    }
    if let owner = item.owner { parts.append("\(typed: owner)") }
    return "\(parts)"
  }

  func critical(_ style: HTML) -> HTML { #"<span class="\#(style)">\#(frame.say("critical", "关键"))</span>"# }

  private func note(_ item: ItemStatus) -> HTML {
    item.note.map { #"<p class="quiet">\#(frame.say("Note: ", "备注："))\#(typed: $0)</p>"# } ?? .empty
  }
}

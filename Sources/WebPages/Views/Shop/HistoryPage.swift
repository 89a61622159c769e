import Domain
import Formats
import Operations
import Reports
import WebCore

/// A shop's events, latest first: what, by whom, and in which way.
struct HistoryPage {
  let frame: PageFrame
  let shop: Shop
  let zone: Zone
  let now: Moment
  /// Latest first.
  let entries: [HistoryEntry]
  /// The number below which older events continue; nil if there are none.
  let before: Int?
  /// The hash of the last event.
  let head: String?
  /// Names of items and checklists.
  let names: HistoryText.Names

  func render() -> HTML {
    let title = frame.say("History", "历史")
    let words = HistoryText(language: frame.language, zone: zone, palette: .plain, names: names)
    let times = PageTimes(language: frame.language, zone: zone, now: now)
    let lines = entries.map { entry -> HTML in
      let event = entry.event
      // A link is already named next to the author.
      var facts: [HTML] =
        event.by.link == nil ? ["\(frame(event.by.channel.wording(event.by.login)))"] : []
      if event.by.isLead { facts.append("\(frame.say("as a lead", "以主管身份"))") }
      if event.by.clockWasSet { facts.append("\(frame.say("clock set by hand", "时间为手动指定"))") }
      if event.recordedAt != event.at {
        facts.append("\(frame.say("recorded ", "记录于 "))\(times.time(event.recordedAt))")
      }
      if let told = event.toldAt {
        facts.append("\(frame.say("the device said ", "设备的时间是 "))\(times.time(told))")
      }
      return """
        <li>\(times.time(event.at)) \(frame.who(event.by.name, link: event.by.link)) <small>\(HTML.joined(facts, by: " · "))</small><br>\
        \(typed: frame(words.words(entry)))</li>

        """
    }
    let older: HTML =
      before.map { number in
        """
        <nav class="pages" aria-label="\(frame.say("Pages", "翻页"))"><a class="button" href="?before=\(number)">\
        \(frame.say("Older", "更早的"))</a></nav>
        """
      } ?? ""
    let checking: HTML =
      head.map { head in
        """
        <details class="sheet"><summary>\(frame.say("Check these records", "核对这些记录"))</summary>\
        <p>\(frame.say("Each event is sealed with the one before. Keep the seal of the last one: with it, it can be shown later that nothing before was changed.", "每条记录都与前一条相扣。记下最后一条的摘要，以后就能证明之前的记录没有被改过。"))</p>\
        <p><code class="secret" id="head">\(head)</code></p>\
        <button data-copy="head" hidden>\(frame.say("Copy", "复制"))</button></details>
        """
      } ?? ""
    return frame.page(
      title: title, at: .shops,
      """
      <p><a href="./">\(typed: shop.name ?? shop.id.rawValue)</a></p><h1>\(title)</h1>
      \(times.note)
      <ol class="plain log">
      \(lines)</ol>
      \(older)\(checking)
      """)
  }
}

extension EntryChannel {
  /// How the change arrived; `login` identifies the link or token.
  func wording(_ login: String) -> Wording {
    let number = login.drop { $0 != ":" }.dropFirst()
    return switch self {
    case .commandLine: Wording(en: "command line", zh: "命令行")
    case .web: Wording(en: "web", zh: "网页")
    case .api: Wording(en: "API", zh: "接口")
    case .link: Wording(en: "link \(number)", zh: "链接 \(number)")
    }
  }
}

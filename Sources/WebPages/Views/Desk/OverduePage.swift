import Domain
import Formats
import Operations
import Reports
import WebCore

/// Overdue items over all shops, longest first, with reasons.
struct OverduePage: Sendable {
  let frame: PageFrame
  let zones: any ZoneSource
  let now: Moment
  let items: [OverdueItem]
  /// Whether there are more than are shown.
  let isCut: Bool
  /// A team, person or item in the query that doesn't exist or isn't visible.
  var unknown: String?
  /// `team`, `owner`, `within`, `item`, `days`, `under`.
  let query: PageQuery
  let teams: [String]
  let owners: [String]
  /// Items' titles by `CHECKLIST/ITEM`.
  var titles: [String: LocalizedText] = [:]

  func render() -> HTML {
    let title = frame.say("Overdue", "逾期")
    let spans = [
      (value: "", text: frame.say("only what is late", "只看逾期的")),
      (value: "1d", text: frame.say("due within a day, too", "一天内到期的也看")),
      (value: "7d", text: frame.say("due within a week, too", "七天内到期的也看")),
    ]
    let form: HTML = """
      <form method="get" action="/overdue" class="row">\(query.hidden(in: frame, without: ["team", "owner", "within"]))\
      \(frame.choice(frame.say("Team", "团队"), "team", anyOf: teams, chosen: query["team"]))\
      \(frame.choice(frame.say("Owner", "负责人"), "owner", anyOf: owners, chosen: frame.person(query["owner"], among: owners)))\
      \(frame.choice(frame.say("Time", "时间"), "within", spans, chosen: query["within"] ?? ""))\
      <button>\(frame.say("Show", "显示"))</button></form>
      """
    var narrowed: HTML = ""
    if let from = query["days"] {
      let text =
        query["under"].map { frame.say("Late for \(from) to \($0) days", "逾期 \(from) 到 \($0) 天的") }
        ?? frame.say("Late for \(from) days or longer", "逾期 \(from) 天以上的")
      narrowed = """
        <div class="notice"><span>\(text)</span><a href="/overdue">\(frame.say("Show all", "显示全部"))</a></div>

        """
    }
    let cut: HTML =
      isCut
      ? "<p>\(frame.say("The \(items.count) that have been late longest.", "列出逾期最久的 \(items.count) 项。"))</p>"
      : ""
    let columns = [
      frame.say("Shop", "店铺"), frame.say("Item", "任务项"), frame.say("Owner", "负责人"), frame.say("Late", "逾期"),
      frame.say("Why", "原因"),
    ].map { PageTable.Column($0) }
    let list =
      items.isEmpty
      ? frame.nothing(unknown.map(frame.noneHere) ?? frame.say("Nothing is overdue.", "没有逾期的任务项。"))
      : cut + PageTable(caption: title, columns: columns, rows: items.map(row)).render()
    return frame.page(
      title: title, at: .overdue, width: .full, live: "/live",
      "<h1>\(title)</h1>\n\(narrowed)\(form)\(list)\(exports)")
  }

  /// Downloads contain everything overdue, so they aren't offered for lists that a chart has filtered
  /// further.
  private var exports: HTML {
    guard ["item", "days", "under"].allSatisfy({ query[$0] == nil }) else { return .empty }
    let wanted = PageQuery(["team", "owner", "within"].map { ($0, query[$0]) })
    let address = "/api/v1/overdue" + wanted.changing("format", to: "csv")
    return """
      <p class="row"><span>\(frame.say("Export what is due:", "导出逾期清单："))</span>\
      <a class="button" href="\(address)" download>CSV</a></p>
      """
  }

  private func row(_ item: OverdueItem) -> HTML {
    let times = PageTimes(language: frame.language, zone: .utc, now: now)
    let critical: HTML =
      item.critical ? #" <span class="tag late">\#(frame.say("critical", "关键"))</span>"# : ""
    return PageTable.head(frame.shopLink(item.shop, item.name, anchor: "#r\(item.run)-\(item.item)"))
      + PageTable.cell("\(item.title(frame.language))\(critical)")
      + PageTable.cell(item.owner.map { "\(typed: $0)" } ?? "", name: frame.say("Owner", "负责人"))
      + PageTable.cell(
        #"<span class="\#(times.tone(item.dueAt) ?? "quiet")">\#(times.standing(item.dueAt))</span>"#)
      + PageTable.cell(why(item).map { "\(typed: $0)" } ?? "", name: frame.say("Why", "原因"))
  }

  /// In the page's words, with items' titles if they are known.
  private func why(_ item: OverdueItem) -> String? {
    let ids = item.waitingFor.split(separator: " ")
    guard item.state == .pending, item.awaitingConfirmationBy == nil, !ids.isEmpty else {
      return item.why(frame.language)
    }
    let names = ids.map { id in titles["\(item.checklist)/\(id)"]?(frame.language) ?? String(id) }
    return frame.say("waits for \(names.joined(separator: ", "))", "等待：\(names.joined(separator: "、"))")
  }
}

import Domain
import Formats
import Operations
import Reports
import WebCore

/// Completed items over all shops, latest first: by whom, and how long after the run began.
struct DonePage: Sendable {
  let frame: PageFrame
  let zone: Zone
  let now: Moment
  let items: [DoneItem]
  /// Whether there are more than are shown.
  let isCut: Bool
  /// A team in the query that doesn't exist or isn't visible.
  var unknown: String?
  let days: Int
  /// `team`, `item`, `days`.
  let query: PageQuery
  let teams: [String]
  /// Items' titles by `CHECKLIST/ITEM`.
  let titles: [String: LocalizedText]

  func render() -> HTML {
    let title =
      query["item"].map(name).map { frame.say("Done: \($0)", "已完成：\($0)") } ?? frame.say("Done", "已完成")
    let spans = Set([1, 7, 30, 90, 365, days]).sorted().map { days in
      (value: String(days), text: frame.say(days == 1 ? "1 day" : "\(days) days", "\(days) 天内"))
    }
    let form: HTML = """
      <form method="get" action="/done" class="row">\(query.hidden(in: frame, without: ["team", "days"]))\
      \(teams.isEmpty ? "" : frame.choice(frame.say("Team", "团队"), "team", anyOf: teams, chosen: query["team"]))\
      \(frame.choice(frame.say("Time", "时间"), "days", spans, chosen: String(days)))\
      <button>\(frame.say("Show", "显示"))</button></form>
      """
    let cut: HTML =
      isCut ? "<p>\(frame.say("The latest \(items.count).", "列出最近的 \(items.count) 项。"))</p>" : ""
    let columns = [
      frame.say("Shop", "店铺"), frame.say("Item", "任务项"), frame.say("When", "完成时间"), frame.say("By", "谁做的"),
      frame.say("Took", "用时"),
    ].map { PageTable.Column($0) }
    let list =
      items.isEmpty
      ? frame.nothing(
        unknown.map(frame.noneHere) ?? frame.say("Nothing was done in this time.", "这段时间没有完成的任务项。"))
      : cut + PageTable(caption: title, columns: columns, rows: items.map(row)).render()
    return frame.page(
      title: title, at: .charts, width: .full, live: "/live",
      """
      <p><a href="/charts">\(frame.say("Charts", "图表"))</a></p><h1>\(title)</h1>
      \(form)\(times.note)
      \(list)
      """)
  }

  private var times: PageTimes { PageTimes(language: frame.language, zone: zone, now: now) }

  private func row(_ item: DoneItem) -> HTML {
    PageTable.head(frame.shopLink(item.shop, item.name, anchor: "#r\(item.run)-\(item.item)"))
      + PageTable.cell("\(name("\(item.checklist)/\(item.item)"))")
      + PageTable.cell(times.time(item.at), name: frame.say("When", "完成时间"))
      + PageTable.cell(item.by.map { frame.who($0, link: item.link) } ?? "", name: frame.say("By", "谁做的"))
      + PageTable.cell("\(DurationText.length(item.took)(frame.language))", name: frame.say("Took", "用时"))
  }

  private func name(_ item: String) -> String {
    titles[item]?(frame.language) ?? item.split(separator: "/").last.map(String.init) ?? item
  }
}

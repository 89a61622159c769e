import Domain
import Formats
import Operations

extension ReportHTML {
  /// The figures that a lead looks at first, and a ring of items by state.
  func summary(_ report: ProgressReport) -> HTML {
    let totals = report.totals
    let progress = totals.progress
    let shares = ReportCharts.shares(progress)
    let inWords = shares.map { "\($0.label(language)) \($0.amount)" }.joined(separator: ", ")
    return """
      <section class="summary">
      <h2 class="unseen">\(Wording(en: "Summary", zh: "概览")(language))</h2>
      <figure>
      \(ReportCharts.ring(shares, percent: progress.percent, description: inWords))
      <figcaption><ul class="legend">\(shares.map(legend))</ul></figcaption>
      </figure>
      <dl class="tiles">
      \(tiles(report))</dl>
      </section>

      """
  }

  private func tiles(_ report: ProgressReport) -> [HTML] {
    let totals = report.totals
    let progress = totals.progress
    let outstanding = progress.pending + progress.blocked
    let long = totals.overdueSince7Days
    return [
      tile(
        Wording(en: "Overdue", zh: "逾期"), progress.overdue,
        long > 0
          ? Wording(en: "\(long) for 7 days or longer", zh: "\(long) 项逾期 7 天以上")
          : Wording(en: "none for 7 days", zh: "没有逾期 7 天以上的"),
        style: progress.overdue > 0 ? "tile late" : "tile done"),
      tile(
        Wording(en: "Blocked", zh: "受阻"), progress.blocked,
        Wording(en: "of \(outstanding) outstanding", zh: "共 \(outstanding) 项未完成"),
        style: progress.blocked > 0 ? "tile blocked" : "tile"),
      tile(
        Wording(en: "Done", zh: "已完成"), progress.done,
        Wording(en: "of \(CountPhrases.items(progress.total).en)", zh: "共 \(progress.total) 个任务项")),
      tile(
        Wording(en: "Last 7 days", zh: "近 7 天"), totals.doneLast7Days,
        Wording(en: "items done", zh: "项任务完成")),
      tile(
        Wording(en: "Shops", zh: "店铺"), totals.shops,
        Wording(en: CountPhrases.runs(totals.runs).en, zh: "\(totals.runs) 次清单执行")),
    ]
  }

  private func tile(_ name: Wording, _ figure: Int, _ remark: Wording, style: HTML = "tile") -> HTML {
    """
    <div class="\(style)"><dt>\(name(language))</dt><dd><b>\(figure)</b> \
    <span>\(remark(language))</span></dd></div>

    """
  }

  private func legend(_ share: ReportCharts.Share) -> HTML {
    """
    <li><i class="\(share.style)"></i>\(share.label(language)) <b>\(share.amount)</b></li>
    """
  }

  private var barColumn: HTML { #"<td role="cell" class="bar-column"></td>"# }

  /// How many rows have been late for how long.
  func ages(_ report: ProgressReport) -> HTML {
    let days = report.rows.compactMap { row in
      row.figures.oldestOverdueAt.map { (report.generatedAt - $0) / 86_400 }
    }
    guard !days.isEmpty else { return .empty }
    let onTime = report.rows.count - days.count
    let groups: [(name: Wording, count: Int, style: String)] = [
      (Wording(en: "not late", zh: "没有逾期"), onTime, "done"),
      (Wording(en: "under a day", zh: "不到 1 天"), days.count { $0 < 1 }, "late"),
      (Wording(en: "1 to 3 days", zh: "1 至 3 天"), days.count { 1..<3 ~= $0 }, "late"),
      (Wording(en: "3 to 7 days", zh: "3 至 7 天"), days.count { 3..<7 ~= $0 }, "late"),
      (Wording(en: "7 days or longer", zh: "7 天以上"), days.count { $0 >= 7 }, "late"),
    ]
    let longest = groups.map(\.count).max() ?? 0
    let heading = Wording(en: "How long they have been late", zh: "逾期了多久")(language)
    let lines = groups.map { group -> HTML in
      """
      <tr role="row"><th scope="row" role="rowheader">\(group.name(language))</th>\
      <td role="cell">\(ReportCharts.bar(group.count, of: longest, style: group.style))</td>\
      <td role="cell" class="number">\(group.count)</td></tr>

      """
    }
    let columns =
      column(Wording(en: "Late for", zh: "逾期时长")) + barColumn
      + column(report.grouping.countHeading, style: "number")
    return """
      <section>
      <h2>\(heading)</h2>
      \(table("bars", label: heading, heading: columns, body: lines))</section>

      """
  }

  /// The items that most shops wait for.
  func holdingUp(_ report: ProgressReport) -> HTML {
    guard !report.holdingUp.isEmpty else { return .empty }
    let names = report.itemNames
    let most = report.holdingUp.map(\.shops).max() ?? 0
    let heading = Wording(en: "What holds the others up", zh: "卡住进度的任务项")(language)
    let lines = report.holdingUp.map { item -> HTML in
      """
      <tr role="row"><th scope="row" role="rowheader">\(typed: item.title(language)) \
      <small>\(names(item.item))</small></th>\
      <td role="cell">\(ReportCharts.bar(item.shops, of: most, style: "late"))</td>\
      <td role="cell" class="number">\(item.shops)</td></tr>

      """
    }
    let columns =
      column(Wording(en: "Item", zh: "任务项")) + barColumn
      + column(Wording(en: "Shops waiting", zh: "等待的店铺"), style: "number")
    return """
      <section>
      <h2>\(heading)</h2>
      \(table("bars", label: heading, heading: columns, body: lines))</section>

      """
  }
}

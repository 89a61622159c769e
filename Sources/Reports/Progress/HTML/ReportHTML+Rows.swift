import Domain
import Formats
import Operations

extension ReportHTML {
  /// The items that are latest, with the reason for each.
  func late(_ report: ProgressReport) -> HTML {
    let heading = Wording(en: "What is late, and why", zh: "哪些逾期，原因是什么")(language)
    let overdue = report.totals.progress.overdue
    if report.late.isEmpty {
      guard overdue == 0 else { return .empty }
      let fine = Wording(en: "Nothing is overdue.", zh: "没有逾期的任务项。")(language)
      return """
        <section>
        <h2>\(heading)</h2>
        <p>\(fine)</p>
        </section>

        """
    }
    let shown = report.late.prefix(ProgressReport.lateShown)
    let count = shown.count
    let more = Wording(
      en: "The \(count) that have been late longest, of \(overdue).",
      zh: "共 \(overdue) 项，列出逾期最久的 \(count) 项。")
    let columns =
      column(Wording(en: "Shop", zh: "店铺")) + column(Wording(en: "Item", zh: "任务项"))
      + column(Wording(en: "Owner", zh: "负责人")) + column(Wording(en: "Late", zh: "逾期"))
      + column(Wording(en: "Why", zh: "原因"))
    return """
      <section>
      <h2>\(heading)</h2>
      \(count < overdue ? "<p>\(more(language))</p>\n" as HTML : .empty)\
      \(table("late-items", label: heading, heading: columns, body: shown.map { lateLine($0, in: report) }))</section>

      """
  }

  private func lateLine(_ item: OverdueItem, in report: ProgressReport) -> HTML {
    let critical: HTML =
      item.critical ? #" <em class="tag">\#(Wording(en: "critical", zh: "关键")(language))</em>"# : .empty
    let owner: HTML = item.owner.map { "\(typed: $0)" } ?? "–"
    return """
      <tr role="row"><th scope="row" role="rowheader">\(shop(item.shop, item.name))</th>\
      <td role="cell">\(typed: item.title(language))\(critical) <small>\(item.item)</small></td>\
      <td role="cell" data-name="\(Wording(en: "Owner", zh: "负责人")(language))">\(owner)</td>\
      <td role="cell" class="is-late">\(DurationText.length(item.overdueSeconds)(language)) \
      <small>\(time(item.dueAt, of: item.shop, in: report, isDue: true))</small></td>\
      <td role="cell" data-name="\(Wording(en: "Why", zh: "原因")(language))">\
      \(typed: item.why(language) ?? "")</td></tr>

      """
  }

  func shop(_ id: String, _ name: String?) -> HTML {
    guard let name else { return "\(typed: id)" }
    return "\(typed: name) <small>\(typed: id)</small>"
  }

  /// The progress of every row, late ones first.
  func rows(_ report: ProgressReport) -> HTML {
    let heading = report.grouping.sectionHeading(language)
    let isShops = report.grouping == .shop
    let teams = isShops && report.names[.team] == nil
    let columns =
      column(report.grouping.heading)
      + (teams ? column(Wording(en: "Team", zh: "团队"), style: "wide") : .empty)
      + (isShops ? .empty : column(Wording(en: "Shops", zh: "店铺数"), style: "number wide"))
      + column(Wording(en: "Progress", zh: "进度"), style: "progress")
      + column(Wording(en: "Done", zh: "完成"), style: "number wide")
      + column(Wording(en: "Overdue", zh: "逾期"), style: "number")
      + column(Wording(en: "Longest", zh: "最久逾期"), style: "wide")
      + column(Wording(en: "Blocked", zh: "受阻"), style: "number wide")
      + column(Wording(en: "Next due", zh: "下次到期"), style: "wide")
      + column(Wording(en: "7 days", zh: "近 7 天"), style: "number wide")
    let lines = report.rows.prefix(Self.rowsShown).map { row(row: $0, of: report, teams: teams) }
    return """
      <section>
      <h2>\(heading)</h2>
      \(table("rows", label: heading, heading: columns, body: lines))\(cut(report.rows.count))</section>

      """
  }

  private func row(row: ReportRow, of report: ProgressReport, teams: Bool) -> HTML {
    let figures = row.figures
    let progress = figures.progress
    func number(_ number: Int, _ style: HTML, zero: HTML = .empty) -> HTML {
      let shown: HTML = number == 0 ? zero : "\(number)"
      return #"<td role="cell" class="\#(style)">\#(shown)</td>"#
    }
    let team: HTML = row.team.map { "\(typed: $0)" } ?? .empty
    let longest = figures.oldestOverdueAt.map { DurationText.length(report.generatedAt - $0)(language) }
    let next = figures.nextDueAt.map { DurationText.soon(in: $0 - report.generatedAt)(language) }
    let bar: HTML =
      progress.total == 0
      ? "<small>\(Wording(en: "no run", zh: "无执行")(language))</small>"
      : "\(ReportCharts.stackedBar(ReportCharts.shares(progress))) <span>\(progress.percent)%</span>"
    let done: HTML = progress.total == 0 ? .empty : "\(CountPhrases.achieved(progress)(language))"
    return """
      <tr role="row"><th scope="row" role="rowheader">\(key(row, report))</th>\
      \(teams ? #"<td role="cell" class="wide">\#(team)</td>"# : .empty)\
      \(report.grouping == .shop ? .empty : number(figures.shops, "number wide", zero: "0"))\
      <td role="cell" class="progress"><div>\(bar)</div></td>\
      <td role="cell" class="number wide">\(done)</td>\
      \(number(progress.overdue, "number is-late"))\
      <td role="cell" class="wide">\(longest ?? "")</td>\
      \(number(progress.blocked, "number wide is-blocked"))\
      <td role="cell" class="wide">\(next ?? "")</td>\
      \(number(figures.doneLast7Days, "number wide"))</tr>

      """
  }

  private func key(_ row: ReportRow, _ report: ProgressReport) -> HTML {
    guard let key = row.key else { return "<i>\(report.grouping.keyless(language))</i>" }
    return shop(report.grouping == .item ? report.itemNames(key) : key, row.name?(language))
  }

  /// Says that there are more rows, and how to get them.
  private func cut(_ count: Int) -> HTML {
    guard count > Self.rowsShown else { return .empty }
    let more = Wording(
      en: "The first \(Self.rowsShown) of \(count) are shown. All of them: ",
      zh: "共 \(count) 行，列出前 \(Self.rowsShown) 行。查看全部：")
    return "<p>\(more(language))<code>switchlist report --format csv</code></p>\n"
  }

  /// Shops as rows, items as columns.
  func matrix(_ report: ProgressReport) -> HTML {
    guard let matrix = report.matrix, !matrix.columns.isEmpty else { return .empty }
    let names = report.itemNames
    let heading = Wording(en: "Shops and items", zh: "店铺与任务项")(language)
    let items = matrix.columns.map { column -> HTML in
      """
      <th scope="col" role="columnheader"><span title="\(names(column.item))">\
      \(typed: column.title(language))</span></th>
      """
    }
    let lines = matrix.lines.prefix(Self.rowsShown).map { line -> HTML in
      """
      <tr role="row"><th scope="row" role="rowheader">\(shop(line.shop.rawValue, line.name))</th>\
      \(line.cells.map(matrixCell))</tr>

      """
    }
    let legend = MatrixSymbol.legend.map { entry -> HTML in
      """
      <li><i class="symbol \(style(entry.cell))">\(MatrixSymbol.text(entry.cell))</i> \
      \(entry.wording(language))</li>
      """
    }
    let columns = column(Wording(en: "Shop", zh: "店铺")) + "\(items)"
    return """
      <section>
      <h2>\(heading)</h2>
      <ul class="legend">\(legend)</ul>
      <div class="scroll" tabindex="0" role="region" aria-label="\(heading)">
      \(table("matrix", label: heading, heading: columns, body: lines))</div>
      \(cut(matrix.lines.count))</section>

      """
  }

  private func matrixCell(_ cell: ReportMatrix.Cell?) -> HTML {
    guard let cell else { return #"<td role="cell"></td>"# }
    return """
      <td role="cell"><span role="img" class="symbol \(style(cell))" \
      aria-label="\(MatrixSymbol.wording(cell)(language))">\(MatrixSymbol.text(cell))</span></td>
      """
  }

  private func style(_ cell: ReportMatrix.Cell) -> String {
    cell.overdue ? "late" : cell.state.rawValue
  }
}

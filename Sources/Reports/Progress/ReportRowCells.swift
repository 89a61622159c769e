import Domain
import Operations

/// The columns of a report's rows on a terminal.
struct ReportRowCells {
  let grouping: ReportGrouping
  let language: Language
  let now: Moment
  let names: ItemNames
  let barCells: Int

  private typealias Cell = TextTable.Cell

  var columns: [TextTable.Column] {
    [
      .init(heading: grouping.heading(language), shrinksTo: grouping == .shop ? 20 : 16),
      .init(heading: grouping.nameHeading(language), shrinksTo: 10, leftOut: 6),
      .init(heading: Wording(en: "Team", zh: "团队")(language), shrinksTo: 8, leftOut: 9),
      .init(heading: Wording(en: "Account", zh: "账号")(language), shrinksTo: 8, leftOut: 10),
      .init(heading: Wording(en: "Shops", zh: "店铺数")(language), alignsRight: true, leftOut: 3),
      .init(heading: Wording(en: "Progress", zh: "进度")(language), leftOut: 2),
      .init(heading: Wording(en: "Done", zh: "完成")(language), alignsRight: true, leftOut: 4),
      .init(heading: Wording(en: "Late", zh: "逾期")(language), alignsRight: true),
      .init(heading: Wording(en: "Longest", zh: "最久逾期")(language), leftOut: 1),
      .init(heading: Wording(en: "Blocked", zh: "受阻")(language), alignsRight: true, leftOut: 5),
      .init(heading: Wording(en: "Next due", zh: "下次到期")(language), leftOut: 7),
      .init(heading: Wording(en: "7 days", zh: "近 7 天")(language), alignsRight: true, leftOut: 8),
    ]
  }

  func cells(_ row: ReportRow) -> [TextTable.Cell] {
    let figures = row.figures
    let progress = figures.progress
    let isComplete = progress.total > 0 && progress.achieved == progress.total
    return [
      row.key.map { Cell(text: TerminalText.safe(grouping == .item ? names($0) : $0), tone: nil) }
        ?? Cell(text: grouping.keyless(language), tone: .secondary),
      Cell(text: row.name.map { TerminalText.safe($0(language)) } ?? "", tone: nil),
      Cell(text: row.team.map(TerminalText.safe) ?? "", tone: .secondary),
      Cell(text: row.account.map(TerminalText.safe) ?? "", tone: .secondary),
      Cell(text: grouping == .shop ? "" : "\(figures.shops)", tone: nil),
      bar(progress),
      progress.total == 0
        ? Cell(text: Wording(en: "no run", zh: "无执行")(language), tone: .secondary)
        : Cell(text: CountPhrases.achieved(progress)(language), tone: isComplete ? .done : nil),
      Cell(text: progress.overdue == 0 ? "" : "\(progress.overdue)", tone: .late),
      Cell(text: figures.oldestOverdueAt.map { DurationText.length(now - $0)(language) } ?? "", tone: .late),
      Cell(text: progress.blocked == 0 ? "" : "\(progress.blocked)", tone: .soon),
      next(figures.nextDueAt),
      Cell(text: figures.doneLast7Days == 0 ? "" : "+\(figures.doneLast7Days)", tone: .secondary),
    ]
  }

  private func bar(_ progress: Progress) -> TextTable.Cell {
    guard progress.total > 0 else { return Cell(text: "", tone: nil) }
    let bar = Bar.text(progress.achieved, of: progress.total, cells: barCells)
    let percent = TerminalText.rightAligned("\(progress.percent)%", to: 5)
    return Cell(text: bar.full, tone: .done, rest: bar.empty + percent, restTone: .secondary)
  }

  private func next(_ dueAt: Moment?) -> TextTable.Cell {
    guard let dueAt else { return Cell(text: "", tone: nil) }
    let ahead = dueAt - now
    return Cell(
      text: DurationText.soon(in: ahead)(language), tone: ahead < Lateness.soon ? .soon : .secondary)
  }
}

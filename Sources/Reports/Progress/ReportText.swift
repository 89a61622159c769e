import Domain
import Operations

/// `report` for a terminal: a summary, the rows, what holds others up, the switches, and the matrix.
package struct ReportText: Sendable {
  /// How many rows determine the columns' widths; later rows are cut to fit.
  private static let sampleSize = 2000

  let language: Language
  let clocks: ReportClocks
  let width: Int
  let palette: Palette

  /// No line is wider than `width` cells.
  ///
  /// - Parameter clocks: the zones of its times.
  package init(
    language: Language, clocks: ReportClocks = ReportClocks(), width: Int = 80, palette: Palette = .plain
  ) {
    self.language = language
    self.clocks = clocks
    self.width = max(width, 20)
    self.palette = palette
  }

  /// All lines, including line breaks.
  package func render(_ report: ProgressReport) -> String {
    var lines = summary(report)
    lines.append("")
    lines += rows(report)
    if !report.holdingUp.isEmpty { lines += [""] + holdingUp(report) }
    let switches = report.switches
    for list in [unbound(switches, in: report), overrides(switches, in: report)] where !list.isEmpty {
      lines += [""] + list
    }
    if let matrix = report.matrix, !matrix.columns.isEmpty {
      lines.append("")
      let renderer = MatrixText(
        language: language, width: width, palette: palette, names: report.itemNames)
      lines += renderer.lines(matrix)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func summary(_ report: ProgressReport) -> [String] {
    let shown = clocks.zone.format(report.generatedAt) + " " + clocks.zone.name
    let title: [StyledLine.Piece] = report.title(language).map { (TerminalText.safe($0), .heading) }
    let counted: [StyledLine.Piece] = [
      (CountPhrases.shops(report.totals.shops)(language), nil),
      (CountPhrases.runs(report.totals.runs)(language), nil),
      (CountPhrases.items(report.totals.progress.total)(language), nil),
    ]
    let figures = report.totals.summary(language).map { [$0] }
    return [
      title.map { [$0] } + [[(shown, .secondary)]], counted.map { [$0] },
      [bar(report.totals.progress) + figures[0]] + figures.dropFirst(),
    ]
    .flatMap { StyledLine.wrap($0, separator: " · ", width: width) }
    .map { $0.rendered(width: width, palette: palette) }
  }

  private func bar(_ progress: Progress) -> [StyledLine.Piece] {
    let bar = Bar.text(progress.achieved, of: progress.total, cells: width < 60 ? 8 : 20)
    return [(bar.full, .done), (bar.empty, .secondary), (" ", nil)]
  }

  private func rows(_ report: ProgressReport) -> [String] {
    if report.rows.isEmpty {
      return [palette(.secondary, Wording(en: "Nothing to report.", zh: "没有可报告的内容。")(language))]
    }
    let layout = ReportRowCells(
      grouping: report.grouping, language: language, now: report.generatedAt, names: report.itemNames,
      barCells: width < 60 ? 6 : 10)
    let sample = report.rows.prefix(Self.sampleSize).map(layout.cells)
    let table = TextTable(columns: layout.columns, sample: sample, width: width, palette: palette)
    return [table.heading] + report.rows.map { table.line(layout.cells($0)) }
  }

  private func holdingUp(_ report: ProgressReport) -> [String] {
    let items = report.holdingUp
    let names = report.itemNames
    let most = items.map(\.shops).max() ?? 0
    let columns: [TextTable.Column] = [
      .init(heading: Wording(en: "Held up by", zh: "卡住进度的任务项")(language), shrinksTo: 16),
      .init(heading: Wording(en: "Title", zh: "标题")(language), shrinksTo: 10, leftOut: 2),
      .init(heading: Wording(en: "Shops waiting", zh: "等待的店铺")(language), leftOut: 1),
    ]
    let cells = items.map { item in
      let bar = Bar.text(item.shops, of: most, cells: 10).full
      return [
        TextTable.Cell(text: names(item.item)), TextTable.Cell(text: TerminalText.safe(item.title(language))),
        TextTable.Cell(text: bar, tone: .late, rest: " \(item.shops)"),
      ]
    }
    let table = TextTable(columns: columns, sample: cells, width: width, palette: palette)
    return [table.heading] + cells.map(table.line)
  }
}

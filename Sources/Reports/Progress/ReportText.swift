import Domain
import Operations

/// `report` for a terminal: a summary, the rows, what holds the others up, and the matrix.
package struct ReportText: Sendable {
  private let language: Language
  private let zone: Zone
  private let width: Int
  private let palette: Palette

  /// No line is wider than `width` cells; `zone` is the reader's.
  package init(language: Language, zone: Zone = .utc, width: Int = 80, palette: Palette = .plain) {
    self.language = language
    self.zone = zone
    self.width = max(width, 20)
    self.palette = palette
  }

  /// All lines, each with its line break.
  package func render(_ report: ProgressReport) -> String {
    var lines = summary(report)
    lines.append("")
    lines += rows(report)
    if !report.holdingUp.isEmpty { lines += [""] + holdingUp(report.holdingUp) }
    if let matrix = report.matrix {
      lines.append("")
      lines += MatrixText(language: language, width: width, palette: palette).lines(matrix)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func summary(_ report: ProgressReport) -> [String] {
    let shown = zone.format(report.generatedAt) + " " + zone.name
    let title: [StyledLine.Piece] = report.title(language).map { (TerminalText.safe($0), .heading) }
    let counted: [StyledLine.Piece] = [
      (Amount.shops(report.totals.shops)(language), nil),
      (Amount.runs(report.totals.runs)(language), nil),
      (Amount.items(report.totals.progress.total)(language), nil),
    ]
    return [title + [(shown, .secondary)], counted, report.totals.summary(language)].flatMap(wrapped)
  }

  private func rows(_ report: ProgressReport) -> [String] {
    if report.rows.isEmpty {
      return [palette(.secondary, Wording(en: "Nothing to report.", zh: "没有可报告的内容。")(language))]
    }
    let layout = ReportRowCells(
      grouping: report.grouping, language: language, now: report.generatedAt, barCells: width < 60 ? 6 : 10)
    let cells = report.rows.map(layout.cells)
    let table = TextTable(columns: layout.columns, sample: cells, width: width, palette: palette)
    return [table.heading] + cells.map(table.line)
  }

  private func holdingUp(_ items: [HoldingUp]) -> [String] {
    let most = items.map(\.shops).max() ?? 0
    let columns: [TextTable.Column] = [
      .init(heading: Wording(en: "Held up by", zh: "卡住大家的任务项")(language), shrinksTo: 16),
      .init(heading: Wording(en: "Title", zh: "标题")(language), shrinksTo: 10, leftOut: 2),
      .init(heading: Wording(en: "Shops waiting", zh: "等待的店铺")(language), leftOut: 1),
    ]
    let cells = items.map { item in
      let bar = Bar.text(item.shops, of: most, cells: 10).full
      return [
        TextTable.Cell(text: item.item), TextTable.Cell(text: TerminalText.safe(item.title(language))),
        TextTable.Cell(text: bar, tone: .late, rest: " \(item.shops)"),
      ]
    }
    let table = TextTable(columns: columns, sample: cells, width: width, palette: palette)
    return [table.heading] + cells.map(table.line)
  }

  /// Parts with ` · ` between them, in as many lines as they need.
  private func wrapped(_ parts: [StyledLine.Piece]) -> [String] {
    var lines: [StyledLine] = []
    for part in parts {
      if let last = lines.last, last.cells + 3 + DisplayWidth.of(part.text) <= width {
        lines[lines.count - 1].append(" · ", .secondary)
      } else {
        lines.append(StyledLine())
      }
      lines[lines.count - 1].append(part.text, part.tone)
    }
    return lines.map { $0.rendered(width: width, palette: palette) }
  }
}

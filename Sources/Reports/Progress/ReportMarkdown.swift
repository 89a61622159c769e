import Domain
import Operations

/// `report --format markdown`: for chats, issues and wikis.
package struct ReportMarkdown: Sendable {
  let language: Language
  let clocks: ReportClocks

  /// - Parameter clocks: the zones of its times.
  package init(language: Language, clocks: ReportClocks = ReportClocks()) {
    self.language = language
    self.clocks = clocks
  }

  package func render(_ report: ProgressReport) -> String {
    let title = report.title(language).map(Markdown.text).joined(separator: " · ")
    let counted = [
      CountPhrases.shops(report.totals.shops), CountPhrases.runs(report.totals.runs),
      CountPhrases.items(report.totals.progress.total),
    ].map { $0(language) }
    let figures = report.totals.summary(language).map(\.text)
    let zone = clocks.zone
    var page = "# \(title)\n\n\(zone.format(report.generatedAt)) \(Markdown.text(zone.name))\n\n"
    page += (counted + ["**\(figures[0])**"] + figures.dropFirst()).joined(separator: " · ") + "\n"
    page += late(report) + switches(report) + holdingUp(report) + rows(report) + matrix(report)
    return page
  }

  private func late(_ report: ProgressReport) -> String {
    guard !report.late.isEmpty else { return "" }
    let columns = [
      Wording(en: "Shop", zh: "店铺"), Wording(en: "Item", zh: "任务项"), Wording(en: "Owner", zh: "负责人"),
      Wording(en: "Late", zh: "逾期"), Wording(en: "Why", zh: "原因"),
    ]
    return section(Wording(en: "What is late, and why", zh: "哪些逾期，原因是什么"))
      + Markdown.tableHeader(columns.map { ($0(language), false) })
      + report.late.prefix(ProgressReport.lateShown).map { item in
        let title = Markdown.text(item.title(language))
        return Markdown.row([
          shop(item.shop, item.name), item.critical ? "**\(title)**" : title,
          Markdown.text(item.owner ?? "–"), DurationText.length(item.overdueSeconds)(language),
          Markdown.text(item.why(language) ?? ""),
        ])
      }
      .joined()
  }

  private func holdingUp(_ report: ProgressReport) -> String {
    guard !report.holdingUp.isEmpty else { return "" }
    let names = report.itemNames
    return section(Wording(en: "What holds the others up", zh: "卡住进度的任务项"))
      + Markdown.tableHeader([
        (Wording(en: "Item", zh: "任务项")(language), false),
        (Wording(en: "Shops waiting", zh: "等待的店铺")(language), true),
      ])
      + report.holdingUp.map { item in
        Markdown.row(["\(Markdown.text(item.title(language))) (\(names(item.item)))", "\(item.shops)"])
      }
      .joined()
  }

  private func rows(_ report: ProgressReport) -> String {
    if report.rows.isEmpty {
      return "\n" + Wording(en: "Nothing to report.", zh: "没有可报告的内容。")(language) + "\n"
    }
    let columns: [(Wording, Bool)] = [
      (report.grouping.heading, false), (Wording(en: "Progress", zh: "进度"), true),
      (Wording(en: "Done", zh: "完成"), true), (Wording(en: "Overdue", zh: "逾期"), true),
      (Wording(en: "Longest", zh: "最久逾期"), false), (Wording(en: "Blocked", zh: "受阻"), true),
      (Wording(en: "Next due", zh: "下次到期"), false),
    ]
    let names = report.itemNames
    return section(report.grouping.sectionHeading)
      + Markdown.tableHeader(columns.map { ($0.0(language), $0.1) })
      + report.rows.map { row in
        let figures = row.figures
        let key = row.key.map { report.grouping == .item ? names($0) : $0 }
        return Markdown.row([
          key.map { shop($0, row.name?(language)) } ?? report.grouping.keyless(language),
          "\(figures.progress.percent)%",
          CountPhrases.achieved(figures.progress)(language),
          "\(figures.progress.overdue)",
          figures.oldestOverdueAt.map { DurationText.length(report.generatedAt - $0)(language) } ?? "",
          "\(figures.progress.blocked)",
          figures.nextDueAt.map { DurationText.soon(in: $0 - report.generatedAt)(language) } ?? "",
        ])
      }
      .joined()
  }

  private func matrix(_ report: ProgressReport) -> String {
    guard let matrix = report.matrix, !matrix.columns.isEmpty else { return "" }
    let names = report.itemNames
    let legend = MatrixSymbol.legend.map { "\(MatrixSymbol.text($0.cell)) \($0.wording(language))" }
    return section(Wording(en: "Shops and items", zh: "店铺与任务项"))
      + legend.joined(separator: " · ") + "\n\n"
      + Markdown.tableHeader(
        [(Wording(en: "Shop", zh: "店铺")(language), false)] + matrix.columns.map { (names($0.item), false) })
      + matrix.lines.map { line in
        Markdown.row([shop(line.shop.rawValue, line.name)] + line.cells.map(MatrixSymbol.text))
      }
      .joined()
  }

  func section(_ heading: Wording) -> String { "\n## \(heading(language))\n\n" }

  func shop(_ id: String, _ name: String?) -> String {
    guard let name else { return Markdown.text(id) }
    return "\(Markdown.text(name)) (\(Markdown.text(id)))"
  }
}

import Domain
import Operations
import Reports
import TestSupport
import Testing

/// A run that a milestone closed is never told as one in which all was done.
@Suite("what was missed") struct ClosedTests {
  private static let names = [
    "all done", "All done", "全部完成", "已全部完成", "finished", "已完成 28", "8 of 8", "已完成 8/8", "8/8",
  ]

  @Test(arguments: Language.allCases) func statusNamesIt(language: Language) throws {
    let text = StatusText(language: language, zones: .fixed, width: 80).render(.closed)
    try expectSnapshot(text, "status-closed.\(language.rawValue).txt")
    let markdown = StatusMarkdown(language: language, zones: .fixed).render(.closed)
    try expectSnapshot(markdown, "status-closed.\(language.rawValue).md")
    for shown in [text, markdown] {
      for name in Self.names { #expect(!shown.contains(name), "\(name)") }
      #expect(shown.contains(language == .chinese ? "已关闭，错过 2" : "closed, 2 missed"))
      #expect(shown.contains(language == .chinese ? "错过了，已经不能再做" : "Missed, and can't be done any more"))
    }
    try expectJSON(StatusJSON(language: language).render(.closed), "status-closed.\(language.rawValue).json")
  }

  @Test(arguments: Language.allCases) func reportsCountItApart(language: Language) throws {
    let report = ProgressReport.closed
    let text = ReportText(language: language, width: 100).render(report)
    let markdown = ReportMarkdown(language: language).render(report)
    let html = ReportHTML(language: language).render(report)
    try expectSnapshot(text, "report-closed.\(language.rawValue).txt")
    try expectSnapshot(markdown, "report-closed.\(language.rawValue).md")
    for shown in [text, markdown, html] {
      #expect(shown.contains(language == .chinese ? "6/8（错过 2）" : "6/8 (2 missed)"))
      for name in Self.names { #expect(!shown.contains(name), "\(name)") }
    }
    #expect(html.contains(#"class="missed""#))
  }

  @Test func tablesHaveItLast() throws {
    var output: [UInt8] = []
    let csv = ReportCSV(language: .english)
    csv.header(byteOrderMark: false, to: &output)
    for row in ProgressReport.closed.rows { csv.row(row, to: &output) }
    let matrix = try #require(ProgressReport.closed.matrix)
    let matrixCSV = MatrixCSV()
    matrixCSV.header(matrix.columns, byteOrderMark: false, to: &output)
    for line in matrix.lines { matrixCSV.row(line, to: &output) }
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\r\n")
    let ends = lines.map { String($0.split(separator: ",").last ?? "") }
    #expect(ends == ["missed", "2", "missed", "2"])
  }
}

extension ShopStatus {
  /// A run that was closed with two items outstanding.
  fileprivate static let closed = ShopStatus(
    shop: Shop(id: ShopID(trusted: "s-003"), name: "关门小店"), runs: [.closed], now: .now)
}

extension RunStatus {
  fileprivate static let closed = RunStatus(
    number: 1, checklist: ChecklistID(trusted: "douyin-before-switch"),
    title: LocalizedText(
      entries: [.init(language: "en", text: "Before the switch"), .init(language: "zh", text: "换绑前的准备")])
      ?? LocalizedText("x"),
    switchedAt: .switched, timeZone: "Asia/Shanghai", state: .finished,
    progress: Progress(total: 8, done: 5, skipped: 3, missed: 2),
    items: (0..<8).map { index in
      .of(
        index, index < 5 ? .done : .skipped, missed: index > 5 ? .unbound : nil, changedAt: .switched + 3600,
        changedBy: "李雷")
    })
}

extension ProgressReport {
  fileprivate static let closed: ProgressReport = {
    var figures = ReportFigures()
    (figures.shops, figures.runs) = (1, 1)
    figures.progress = RunStatus.closed.progress
    let cells = RunStatus.closed.items.map { item in
      ReportMatrix.Cell(state: item.state, overdue: false, missed: item.missed != nil)
    }
    return ProgressReport(
      generatedAt: .now, grouping: .shop, state: .all, totals: figures,
      rows: [ReportRow(shop: "s-003", name: "关门小店", team: nil, figures: figures, standing: nil)],
      holdingUp: [],
      matrix: ReportMatrix(
        columns: Task.all.map { .init(item: "douyin-before-switch/\($0.id)", title: $0.title) },
        lines: [.init(shop: ShopID(trusted: "s-003"), name: "关门小店", cells: cells)]),
      late: [])
  }()
}

import ArgumentParser
import Domain
import Operations
import Reports

extension ReportGrouping: ExpressibleByArgument {
  /// Empty, because the option's help lists the values.
  package static var allValueStrings: [String] { [] }
  /// All values.
  package static var defaultCompletionKind: CompletionKind { .list(allCases.map(\.rawValue)) }
}

extension RunStateFilter: ExpressibleByArgument {
  /// Empty, because the option's help lists the values.
  package static var allValueStrings: [String] { [] }
  /// All values.
  package static var defaultCompletionKind: CompletionKind { .list(allCases.map(\.rawValue)) }
}

struct ReportCommand: Command {
  static var formats: [Format] { [.text, .markdown, .html, .csv, .json] }
  static var endsWithItsOutput: Bool { true }

  static var configuration: CommandConfiguration {
    configured(
      "report", Wording(en: "Show the progress of many shops.", zh: "查看多家店铺的进度报告。"),
      details: Wording(
        en: """
          Counts each shop's latest run of each checklist; stopped runs and archived shops are left out. \
          html is one file to forward, with charts. Times are in the zone that all the shops have; where they have \
          several, the head's is yours, and a shop's own is named.
          """,
        zh: """
          统计每家店铺每个清单的最新一次执行；不含已停止的执行和已归档的店铺。html 格式是一个可直接转发的文件，带图表。\
          时间按各店铺共同的时区显示；时区不同时，页首用您的时区，店铺的时间注明各自的时区。
          """),
      example: """
        switchlist report --by team
        switchlist report --matrix --format html > report.html
        """)
  }

  @OptionGroup var filters: FilterOptions
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Which runs: active, finished or all.", zh: "哪些执行：active（进行中）、finished（已完成）、all（全部）。"),
      valueName: "state"))
  var state: RunStateFilter = .all
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "What a row is: shop, team, item or owner.", zh: "每行是什么：shop（店铺）、team（团队）、item（任务项）、owner（负责人）。"),
      valueName: "key"))
  var by: ReportGrouping = .shop
  @Flag(help: ArgumentHelp(sayInHelp(en: "Shops down, items across.", zh: "矩阵：行是店铺，列是任务项。"))) var matrix =
    false
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Show all times in this time zone, such as Asia/Shanghai.", zh: "所有时间都按这个时区显示，如 Asia/Shanghai。"),
      valueName: "zone"))
  var timeZone: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带 BOM。"))) var noBom =
    false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let given = try timeZone.map { try invocation.zones.named($0) }
    let store = try invocation.store()
    try store.read { reading in
      var filter = ReportFilter(state: state, now: invocation.now)
      filter.narrow(to: try invocation.find(filters.names(), in: reading))
      let progress = ReadReport(filter, in: reading)
      switch options.format {
      case .csv where matrix: try printMatrixCSV(try reading.matrix(filter), invocation)
      case .csv:
        try progress.writeCSV(
          by: by, language: ProcessLanguage.language, byteOrderMark: !noBom, flush: invocation.console.flush)
      case .json:
        try progress.writeJSON(
          by: by, matrix: matrix ? try reading.matrix(filter) : nil, language: ProcessLanguage.language,
          flush: invocation.console.flush)
      default: try printPage(progress, in: given, invocation)
      }
    }
  }

  private func printMatrixCSV(_ matrix: ReportMatrix, _ invocation: Invocation) throws {
    var output: [UInt8] = []
    let csv = MatrixCSV()
    csv.header(matrix.columns, byteOrderMark: !noBom, to: &output)
    for line in matrix.lines { csv.row(line, to: &output) }
    try invocation.console.flush(&output)
  }

  private func printPage(_ progress: ReadReport, in given: Zone?, _ invocation: Invocation) throws {
    let report = try progress.page(
      by: by, withMatrix: matrix, lateLimit: options.format == .text ? 0 : 200,
      switchLimit: ProgressReport.switchesShown)
    let language = ProcessLanguage.language
    let clocks = try ReportClocks(
      given, of: progress, reader: invocation.readersZone, shops: invocation.shopZones)
    let text =
      switch options.format {
      case .html: ReportHTML(language: language, clocks: clocks).render(report)
      case .markdown: ReportMarkdown(language: language, clocks: clocks).render(report)
      default:
        ReportText(
          language: language, clocks: clocks, width: invocation.console.width,
          palette: invocation.console.palette
        ).render(report)
      }
    try invocation.console.write(Array(text.utf8))
  }
}

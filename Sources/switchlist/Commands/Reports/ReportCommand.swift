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
      case .csv: try printCSV(progress, invocation)
      case .json: try printJSON(progress, matrix: matrix ? try reading.matrix(filter) : nil, invocation)
      default: try printPage(progress, in: given, invocation)
      }
    }
  }

  private func printCSV(_ progress: ReadReport, _ invocation: Invocation) throws {
    var output: [UInt8] = []
    let csv = ReportCSV(
      language: ProcessLanguage.language)
    csv.header(byteOrderMark: !noBom, to: &output)
    try progress.forEachRow(by: by) { row in
      csv.row(row, to: &output)
      if output.count > 64 * 1024 { try invocation.console.flush(&output) }
    }
    try invocation.console.flush(&output)
  }

  private func printMatrixCSV(_ matrix: ReportMatrix, _ invocation: Invocation) throws {
    var output: [UInt8] = []
    let csv = MatrixCSV()
    csv.header(matrix.columns, byteOrderMark: !noBom, to: &output)
    for line in matrix.lines { csv.row(line, to: &output) }
    try invocation.console.flush(&output)
  }

  private func printJSON(
    _ progress: ReadReport, matrix: ReportMatrix?, _ invocation: Invocation
  ) throws {
    var output: [UInt8] = []
    var json = ReportJSON(language: ProcessLanguage.language)
    var overridden = 0
    let (totals, holdingUp) = try progress.totals { overridden += $0.standing?.overrides.count ?? 0 }
    json.header(generatedAt: invocation.now, totals: totals, to: &output)
    try progress.forEachRow(by: by) { row in
      json.row(row, to: &output)
      if output.count > 64 * 1024 { try invocation.console.flush(&output) }
    }
    json.holdingUp(holdingUp, to: &output)
    try progress.forEachSwitch(onlyUnbound: false) { entry in
      json.switching(entry, to: &output)
      if output.count > 64 * 1024 { try invocation.console.flush(&output) }
    }
    json.beginOverrides(to: &output)
    if overridden > 0 {
      try progress.forEachOverride { override in
        json.override(override, to: &output)
        if output.count > 64 * 1024 { try invocation.console.flush(&output) }
      }
    }
    json.end(matrix: matrix, to: &output)
    try invocation.console.flush(&output)
  }

  private func printPage(_ progress: ReadReport, in given: Zone?, _ invocation: Invocation) throws {
    let report = try progress.page(
      by: by, withMatrix: matrix, lateLimit: options.format == .text ? 0 : 200,
      switchLimit: ProgressReport.switchesShown)
    let language = ProcessLanguage.language
    let zones = invocation.shopZones
    let clocks =
      try given.map { ReportClocks($0) }
      ?? ReportClocks(progress.commonZone(zones) ?? invocation.readersZone, shops: zones)
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

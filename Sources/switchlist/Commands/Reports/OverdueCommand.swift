import ArgumentParser
import Domain
import Operations
import Reports

struct OverdueCommand: Command {
  static var formats: [Format] { [.text, .json, .csv, .nagios, .prometheus] }

  static var configuration: CommandConfiguration {
    configured(
      "overdue",
      Wording(en: "Flag what is late: a line each, nothing when nothing is.", zh: "列出逾期的任务项：每项一行，没有则不输出。"),
      details: Wording(
        en: """
          Made for cron: exit status 0 when nothing is found, 1 when something is. With --within, what is \
          due soon is listed too. nagios exits with 0, 1 (late or soon), 2 (a critical item is late), 3 \
          (it could not be told); prometheus always exits with 0 unless it failed.
          """,
        zh: """
          适合定时任务：没有发现时退出状态为 0，有发现为 1。加 --within 时也列出即将到期的。nagios 格式的退出状态为 0、\
          1（逾期或即将到期）、2（关键任务逾期）、3（无法判断）；prometheus 格式除失败外总是 0。
          """),
      example: "switchlist overdue --team east --within 1d")
  }

  @OptionGroup var filters: FilterOptions
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Only items for this person.", zh: "只看这个人负责的任务项。"), valueName: "owner"),
    completion: Completing.owners)
  var owner: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Also what is due within this time, such as 2h, 1d or 1w.", zh: "也列出这段时间内到期的，如 2h、1d、1w。"),
      valueName: "duration"))
  var within: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "CSV without a byte-order mark.", zh: "CSV 不带 BOM。"))) var noBom =
    false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let filter = try filter(invocation)
    let store = try invocation.store()
    let found = try store.read { reading in
      var filter = filter
      let narrowed = try invocation.find(filters.names(owner: owner), in: reading)
      filter.narrow(to: narrowed)
      return try print(filter, narrowed, from: reading, invocation)
    }
    if found { throw ExitCode.finding }
  }

  private func filter(_ invocation: Invocation) throws -> OverdueFilter {
    let now = invocation.now
    var filter = OverdueFilter(now: now, until: now)
    guard let within else { return filter }
    let ahead: CalendarDuration
    do throws(CalendarDurationError) { ahead = try CalendarDuration(parsing: within) } catch {
      throw UsageFailure(
        Wording(
          en: "--within '\(within.quotable)': \(error.wording.en)",
          zh: "--within “\(within.quotable)”：\(error.wording.zh)"))
    }
    guard !ahead.before, ahead.unit != .workdays else {
      throw UsageFailure(
        Wording(
          en: "--within '\(within.quotable)': counts on from now, in m, h, d or w, such as 1d",
          zh: "--within “\(within.quotable)”：从现在起算，单位用 m、h、d 或 w，如 1d"))
    }
    switch ahead.unit {
    case .minutes, .hours: filter.until = ahead.dueAt(from: now, in: .utc, calendar: nil).moment
    case .days, .weeks, .workdays:
      // A calendar day in any zone is at most 26 hours longer than one in UTC.
      filter.until = ahead.dueAt(from: now, in: .utc, calendar: nil).moment + 52 * 3600
      filter.untilInZone = { name in
        ahead.dueAt(from: now, in: invocation.zones.shown(name), calendar: nil).moment
      }
    }
    return filter
  }

  /// Whether something was found that affects the exit status.
  private func print(
    _ filter: OverdueFilter, _ found: ResolvedFilter, from reading: any StoreReading, _ invocation: Invocation
  ) throws -> Bool {
    var output: [UInt8] = []
    func flushIfLarge() throws {
      if output.count > 64 * 1024 { try invocation.console.flush(&output) }
    }
    var count = 0
    let language = ProcessLanguage.language
    switch options.format {
    case .csv:
      let csv = OverdueCSV(language: language)
      csv.header(byteOrderMark: !noBom, to: &output)
      try reading.forEachOverdue(filter) { item in
        count += 1
        csv.row(item, to: &output)
        try flushIfLarge()
      }
    case .json:
      try reading.forEachOverdue(filter) { _ in count += 1 }
      var json = OverdueJSON(language: language)
      json.header(generatedAt: filter.now, count: count, to: &output)
      try reading.forEachOverdue(filter) { item in
        json.row(item, to: &output)
        try flushIfLarge()
      }
      json.end(to: &output)
    case .nagios: return try printNagios(filter, from: reading, invocation)
    case .prometheus:
      var counted = ReportFilter(now: filter.now)
      counted.narrow(to: found)
      let gauges = try ReadReport(counted, in: reading).gauges()
      output = OverduePrometheus(language: language).render(gauges, checkedAt: filter.now)
    default:
      var text = OverdueText(
        language: language, width: invocation.console.terminalWidth, palette: invocation.console.palette)
      try reading.forEachOverdue(filter) { item in
        count += 1
        text.row(item, to: &output)
        try flushIfLarge()
      }
      text.end(to: &output)
    }
    try invocation.console.flush(&output)
    return count > 0
  }

  private func printNagios(
    _ filter: OverdueFilter, from reading: any StoreReading, _ invocation: Invocation
  ) throws -> Bool {
    var nagios = OverdueNagios(language: ProcessLanguage.language)
    try reading.forEachOverdue(filter) { nagios.add($0) }
    try invocation.console.write(Array(nagios.render().utf8))
    if nagios.status.rawValue != 0 { throw ExitCode(nagios.status.rawValue) }
    return false
  }
}

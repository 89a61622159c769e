import Domain
import Hummingbird
import Operations
import Reports

/// What is late, and progress over many shops; each narrowed to those that whoever asks may see.
struct ReadingAPI: Sendable {
  let books: Books

  var routes: [Route] {
    let within = APIOperation.Field(
      "within", .duration, "Also what is due within this time, such as 2h, 1d or 1w", example: "1d")
    let by = APIOperation.Field(
      "by", .oneOf(ReportGrouping.allCases.map(\.rawValue)), "What a row is; default: shop")
    let overdueFields: [APIOperation.Field] = [
      .init("team", .text(most: 100), "Only this team's shops"),
      .init("owner", .text(most: 100), "Only items for this person"), within,
    ]
    return Route.api(
      "/overdue", .shops(.see),
      APIOperation(
        id: "listOverdue", summary: "What is overdue, or will be",
        query: overdueFields + Page.fields(most: 1000), answer: .json(schema: "Overdue"),
        forms: [
          .init(
            "csv", ending: "csv", Self.csv, id: "getOverdueTable",
            "What is overdue, or will be, as CSV: all of it at once", leaving: ["limit", "after"]),
          .init(
            "prometheus", ending: "prom", Self.prometheus, id: "getOverdueGauges",
            "Gauges for Prometheus", leaving: ["owner", "within", "limit", "after"]),
        ]), overdue)
      + Route.api(
        "/report", .shops(.see),
        APIOperation(
          id: "getReport", summary: "Progress: each shop's latest run of each checklist",
          query: [by] + Self.filterFields, answer: .json(schema: "Report"),
          forms: [
            .init("csv", ending: "csv", Self.csv, id: "getReportTable", "The report's rows as CSV"),
            .init("markdown", ending: "md", Self.markdown, id: "getReportMarkdown", "The report as Markdown"),
            .init(
              "html", ending: "html", Self.html, id: "getReportPage", "The report as one file to forward"),
          ]), report)
      + [
        .api(
          .get, "/matrix", .shops(.see),
          APIOperation(
            id: "getMatrix", summary: "Shops down, items across; a page at a time",
            query: Self.filterFields + Page.fields(most: 1000), answer: .json(schema: "Matrix")), matrix)
      ]
  }

  private static let csv = "text/csv; charset=utf-8"
  private static let prometheus = "text/plain; version=0.0.4; charset=utf-8"
  private static let markdown = "text/markdown; charset=utf-8"
  private static let html = "text/html; charset=utf-8"

  private static let filterFields: [APIOperation.Field] = [
    .init("team", .text(most: 100), "Only this team's shops"),
    .init("state", .oneOf(ReportState.allCases.map(\.rawValue)), "Which runs; default: all"),
  ]

  private func overdue(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let filter = try OverdueAsked(asked, input.query, zones: books.parts.zones)
    switch input.query["format"] {
    case "csv": return try await overdueTable(filter, asked.language)
    case "prometheus":
      var all = ReportFilter(now: asked.now)
      all.reach = ShopReach(asked.principal, team: input.query["team"])
      let wanted = all
      let gauges = try await books.readAtLength { try ReportProgress(wanted, in: $0).gauges() }
      return .json(
        OverduePrometheus(language: asked.language).render(gauges, checkedAt: asked.now),
        type: Self.prometheus)
    default: break
    }
    let limit = try Page.limit(input.query, usual: 100)
    return .json(
      try await books.readAtLength { reading in
        let found = try filter.page(limit: limit, in: reading)
        var output: [UInt8] = []
        var json = OverdueJSON(language: asked.language)
        json.header(generatedAt: asked.now, count: found.items.count, to: &output)
        for item in found.items { json.row(item, to: &output) }
        json.end(next: found.next, to: &output)
        return output
      })
  }

  private func overdueTable(_ asked: OverdueAsked, _ language: Language) async throws -> Response {
    try await books.answerAtLength(type: Self.csv) { reading, flush in
      var output: [UInt8] = []
      let csv = OverdueCSV(language: language)
      csv.header(to: &output)
      try reading.forEachOverdue(asked.filter) { item in
        csv.row(item, to: &output)
        if output.count > 64 << 10 { try flush(&output) }
      }
      try flush(&output)
    }
  }

  /// The report as the command line gives it, for people and spreadsheets.
  private func report(
    as format: String, by grouping: ReportGrouping, _ filter: ReportFilter, _ language: Language
  ) async throws -> Response {
    let zone = books.parts.zone
    if format == "csv" {
      return try await books.answerAtLength(type: Self.csv) { reading, flush in
        var output: [UInt8] = []
        let csv = ReportCSV(language: language)
        csv.header(to: &output)
        try ReportProgress(filter, in: reading).forEachRow(by: grouping) { row in
          csv.row(row, to: &output)
          if output.count > 64 << 10 { try flush(&output) }
        }
        try flush(&output)
      }
    }
    let isHTML = format == "html"
    let page = try await books.readAtLength { reading in
      let report = try ReportProgress(filter, in: reading).page(
        by: grouping, withMatrix: false, lateLimit: 200, switchLimit: ProgressReport.switchesShown)
      return isHTML
        ? ReportHTML(language: language, zone: zone).render(report)
        : ReportMarkdown(language: language, zone: zone).render(report)
    }
    // A file to keep: its own styles are in it, which no page of ours may have.
    return .json(Array(page.utf8), type: isHTML ? Self.html : Self.markdown)
      .with(.contentSecurityPolicy, "default-src 'none'; sandbox")
      .with(
        .contentDisposition,
        "attachment; filename=\"switchlist-report-\(filter.now.iso8601.prefix(10)).\(isHTML ? "html" : "md")\""
      )
  }

  private func filter(_ asked: Asked, _ query: Fields) throws -> ReportFilter {
    var filter = ReportFilter(state: try DeskAsked.choice("state", query) ?? .all, now: asked.now)
    filter.reach = ShopReach(asked.principal, team: query["team"])
    return filter
  }

  private func report(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let filter = try filter(asked, input.query)
    let grouping: ReportGrouping = try DeskAsked.choice("by", input.query) ?? .shop
    if let format = input.query["format"], format != "json" {
      return try await report(as: format, by: grouping, filter, asked.language)
    }
    return try await books.answerAtLength(type: "application/json") { reading, flush in
      let progress = ReportProgress(filter, in: reading)
      var output: [UInt8] = []
      func flushIfLarge() throws { if output.count > 64 << 10 { try flush(&output) } }
      var json = ReportJSON(language: asked.language)
      let (totals, holdingUp) = try progress.totals()
      json.header(generatedAt: filter.now, totals: totals, to: &output)
      try progress.forEachRow(by: grouping) { row in
        json.row(row, to: &output)
        try flushIfLarge()
      }
      json.holdingUp(holdingUp, to: &output)
      try progress.forEachSwitch(onlyUnbound: false) { entry in
        json.switching(entry, to: &output)
        try flushIfLarge()
      }
      json.beginOverrides(to: &output)
      try progress.forEachOverride { override in
        json.override(override, to: &output)
        try flushIfLarge()
      }
      json.end(matrix: nil, to: &output)
      try flush(&output)
    }
  }

  private func matrix(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let filter = try filter(asked, input.query)
    let limit = try Page.limit(input.query, usual: 200)
    let after = try input.query["after"].map { text throws(Problem) in try ShopID(cursor: text) }
    return .json(
      try await books.readAtLength { reading in
        let matrix = try reading.matrix(filter, after: after, limit: limit)
        // A full page may be the last one, too: the next is empty then.
        let next =
          matrix.lines.count == limit ? matrix.lines.last.map(\.shop.cursor) : nil
        return MatrixJSON.render(matrix, now: filter.now, next: next)
      })
  }
}

extension ShopReach {
  /// The shops that somebody sees, of one team where that is asked for.
  init(_ principal: Principal, team: String?) {
    let reach = principal.reach
    self.init(teams: reach.teams, owner: reach.owner)
    if let team { teams = reach.teams.map { $0.contains(team) ? [team] : [] } ?? [team] }
  }
}

/// Which overdue items a request wants to see. Sendable because the only function in its filter, made here, holds
/// nothing but zones, which are.
struct OverdueAsked: @unchecked Sendable {
  var filter: OverdueFilter

  init(_ asked: Asked, _ query: Fields, zones: any ZoneSource & Sendable) throws(Problem) {
    let now = asked.now
    var filter = OverdueFilter(owner: query["owner"], now: now, until: now)
    filter.reach = ShopReach(asked.principal, team: query["team"])
    if let within = query["within"] {
      let ahead = try Self.ahead(within)
      filter.until = ahead.dueAt(from: now, in: .utc, calendar: nil).moment
      if ahead.unit == .days || ahead.unit == .weeks {
        // A calendar day of some zone is at most 26 hours longer than a day of UTC.
        filter.until = filter.until + 52 * 3600
        filter.untilInZone = { name in
          ahead.dueAt(from: now, in: zones.zone(named: name) ?? .utc, calendar: nil).moment
        }
      }
    }
    filter.after = try query["after"].map { text throws(Problem) in try OverduePosition(cursor: text) }
    self.filter = filter
  }

  /// The items of a page, and where it ended; nil when it was the last.
  func page(limit: Int, in reading: any ShopReading) throws -> (items: [OverdueItem], next: String?) {
    var items: [OverdueItem] = []
    do {
      try reading.forEachOverdue(filter) { item in
        if items.count == limit { throw EnoughItems() }
        items.append(item)
      }
      return (items, nil)
    } catch is EnoughItems {
      let next = items.last.map { last in
        OverduePosition(dueAt: last.dueAt, shop: last.shop, run: last.run, position: last.position).cursor
      }
      return (items, next)
    }
  }

  private struct EnoughItems: Error {}

  private static func ahead(_ within: String) throws(Problem) -> Deadline {
    let ahead: Deadline
    do throws(DeadlineParsingError) { ahead = try Deadline(parsing: within) } catch {
      throw .invalid("within", error.wording)
    }
    guard !ahead.before, ahead.unit != .workdays else {
      throw .invalid(
        "within",
        Wording(
          en: "counts on from now, in m, h, d or w, such as 1d", zh: "从现在起算，单位用 m、h、d 或 w，如 1d"))
    }
    return ahead
  }
}

import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// Overdue items, and progress over many shops, each restricted to those that the sender may see.
struct ReportsAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    let within = APIOperation.Field(
      "within", .duration, "Also what is due within this time, such as 2h, 1d or 1w", example: "1d")
    let by = APIOperation.Field(
      "by", .oneOf(ReportGrouping.allCases.map(\.rawValue)), "What a row is; default: shop")
    let timeZone = APIOperation.Field(
      "time_zone", .text(most: 64),
      "html, markdown: show all times in this zone; default: the one that all the shops have, else each shop's"
    )
    let overdueFields =
      APIOperation.Field.itemFilters + [
        .init("owner", .text(most: 100), "Only items for this person"), within,
      ]
    return Route.api(
      "/overdue", .shops(.see),
      APIOperation(
        id: "listOverdue", summary: "What is overdue, or will be",
        query: overdueFields + Pagination.fields(most: 1000), answer: .json(schema: "Overdue"),
        forms: [
          .init(
            "csv", ending: "csv", Self.csv, id: "getOverdueTable",
            "What is overdue, or will be, as CSV: all of it at once", withoutParameters: ["limit", "after"]),
          .init(
            "prometheus", ending: "prom", Self.prometheus, id: "getOverdueGauges",
            "Gauges for Prometheus", withoutParameters: ["owner", "within", "limit", "after"]),
        ]), overdue)
      + Route.api(
        "/report", .shops(.see),
        APIOperation(
          id: "getReport", summary: "Progress: each shop's latest run of each checklist",
          query: [by, timeZone] + Self.filterFields, answer: .json(schema: "Report"),
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
            query: Self.filterFields + Pagination.fields(most: 1000), answer: .json(schema: "Matrix")), matrix
        )
      ]
  }

  private static let csv = "text/csv; charset=utf-8"
  private static let prometheus = "text/plain; version=0.0.4; charset=utf-8"
  private static let markdown = "text/markdown; charset=utf-8"
  private static let html = "text/html; charset=utf-8"

  private static let filterFields: [APIOperation.Field] =
    APIOperation.Field.itemFilters + [
      .init("state", .oneOf(RunStateFilter.allCases.map(\.rawValue)), "Which runs; default: all")
    ]

  private func overdue(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let filter = try OverdueParameters(request, input.query, in: services)
    switch input.query["format"] {
    case "csv": return try await overdueTable(filter, request.language)
    case "prometheus":
      let now = request.now
      let gauges = try await services.store.read(.background) { reading in
        var wanted = ReportFilter(now: now)
        wanted.narrow(to: try filter.narrowing(in: reading))
        return try ReadReport(wanted, in: reading).gauges()
      }
      return .json(
        OverduePrometheus(language: request.language).render(gauges, checkedAt: request.now),
        type: Self.prometheus)
    default: break
    }
    let limit = try Pagination.limit(input.query, usual: Pagination.usualOverdue)
    return .json(
      try await services.store.read(.background) { reading in
        let found = try filter.page(limit: limit, in: reading)
        var output: [UInt8] = []
        var json = OverdueJSON(language: request.language)
        json.header(generatedAt: request.now, count: found.items.count, to: &output)
        for item in found.items { json.row(item, to: &output) }
        json.end(next: found.next, to: &output)
        return output
      })
  }

  private func overdueTable(_ request: OverdueParameters, _ language: Language) async throws -> Response {
    try await services.streamResponse(type: Self.csv) { reading, flush in
      var output: [UInt8] = []
      let csv = OverdueCSV(language: language)
      csv.header(to: &output)
      try reading.forEachOverdue(try request.filter(in: reading)) { item in
        csv.row(item, to: &output)
        if output.count > 64 << 10 { try flush(&output) }
      }
      try flush(&output)
    }
  }

  /// The report in the command line's formats, for people and spreadsheets.
  private func report(
    as format: String, by grouping: ReportGrouping, _ wanted: ReportAsked, _ request: WebRequest,
    in given: Zone?
  ) async throws -> Response {
    let (language, reader, zones) = (request.language, services.readersZone(request), services.shopZones)
    if format == "csv" {
      return try await services.streamResponse(type: Self.csv) { reading, flush in
        try ReadReport(try wanted.filter(in: reading), in: reading)
          .writeCSV(by: grouping, language: language, flush: flush)
      }
    }
    let isHTML = format == "html"
    let (page, day) = try await services.store.read(.background) { reading in
      let progress = ReadReport(try wanted.filter(in: reading), in: reading)
      let report = try progress.page(
        by: grouping, withMatrix: false, lateLimit: 200, switchLimit: ProgressReport.switchesShown)
      let clocks = try ReportClocks(given, of: progress, reader: reader, shops: zones)
      let page =
        isHTML
        ? ReportHTML(language: language, clocks: clocks).render(report)
        : ReportMarkdown(language: language, clocks: clocks).render(report)
      return (page, clocks.zone.local(wanted.now).date)
    }
    // A file for downloading: it contains inline styles, which our own pages may not have.
    return .json(Array(page.utf8), type: isHTML ? Self.html : Self.markdown)
      .with(.contentSecurityPolicy, "default-src 'none'; sandbox")
      .with(
        .contentDisposition,
        "attachment; filename=\"switchlist-report-\(day).\(isHTML ? "html" : "md")\""
      )
  }

  private func report(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let wanted = try ReportAsked(request, input.query, in: services)
    let grouping: ReportGrouping = try ShopListParameters.choice("by", input.query) ?? .shop
    let zone = try input.query["time_zone"].map { try services.dependencies.zones.named($0) }
    if let format = input.query["format"], format != "json" {
      return try await report(as: format, by: grouping, wanted, request, in: zone)
    }
    return try await services.streamResponse(type: "application/json") { reading, flush in
      try ReadReport(try wanted.filter(in: reading), in: reading)
        .writeJSON(by: grouping, language: request.language, flush: flush)
    }
  }

  private func matrix(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let wanted = try ReportAsked(request, input.query, in: services)
    let limit = try Pagination.limit(input.query, usual: Pagination.usual)
    let after = try input.query["after"].map { text throws(Problem) in try ShopID(cursor: text) }
    return .json(
      try await services.store.read(.background) { reading in
        let filter = try wanted.filter(in: reading)
        let matrix = try reading.matrix(filter, after: after, limit: limit)
        // A full page may happen to be the last one; then the next is empty.
        let next =
          matrix.lines.count == limit ? matrix.lines.last.map(\.shop.cursor) : nil
        return MatrixJSON.render(matrix, now: filter.now, next: next)
      })
  }
}

/// Which runs a request wants counted.
private struct ReportAsked: Sendable {
  let now: Moment
  private let state: RunStateFilter
  private let narrowing: FilterParameters

  init(_ request: WebRequest, _ query: FormFields, in services: WebServices) throws(Problem) {
    now = request.now
    state = try ShopListParameters.choice("state", query) ?? .all
    narrowing = FilterParameters(request, by: [.team, .platform, .tag, .item], query, in: services)
  }

  func filter(in reading: any StoreReading) throws -> ReportFilter {
    var filter = ReportFilter(state: state, now: now)
    filter.narrow(to: try narrowing(in: reading))
    return filter
  }
}

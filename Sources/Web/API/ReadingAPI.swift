import Domain
import Hummingbird
import Operations
import Reports

/// What is late, and progress over many shops; each narrowed to those that whoever asks may see.
struct ReadingAPI: Sendable {
  let books: Books

  var routes: [Route] {
    [
      .api(
        .get, "/overdue", .shops(.see),
        APIOperation(
          id: "listOverdue", summary: "What is overdue, or will be",
          query: [
            .init("team", .text(most: 100), "Only this team's shops"),
            .init("owner", .text(most: 100), "Only items for this person"),
            .init("within", .text(most: 40), "Also what is due within this time, such as 2h, 1d or 1w"),
          ] + Page.fields(most: 1000), answer: .json(schema: "Overdue")), overdue),
      .api(
        .get, "/report", .shops(.see),
        APIOperation(
          id: "getReport", summary: "Progress: each shop's latest run of each checklist",
          query: [
            .init("by", .oneOf(ReportGrouping.allCases.map(\.rawValue)), "What a row is; default: shop")
          ] + Self.filterFields, answer: .json(schema: "Report")), report),
      .api(
        .get, "/matrix", .shops(.see),
        APIOperation(
          id: "getMatrix", summary: "Shops down, items across; a page at a time",
          query: Self.filterFields + Page.fields(most: 1000), answer: .json(schema: "Matrix")), matrix),
    ]
  }

  private static let filterFields: [APIOperation.Field] = [
    .init("team", .text(most: 100), "Only this team's shops"),
    .init("state", .oneOf(ReportState.allCases.map(\.rawValue)), "Which runs; default: all"),
  ]

  private func overdue(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let filter = try OverdueAsked(asked, input.query, zones: books.parts.zones)
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

  private func filter(_ asked: Asked, _ query: Fields) throws -> ReportFilter {
    var filter = ReportFilter(state: try DeskAsked.choice("state", query) ?? .all, now: asked.now)
    filter.reach = ShopReach(asked.principal, team: query["team"])
    return filter
  }

  private func report(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let filter = try filter(asked, input.query)
    let grouping: ReportGrouping = try DeskAsked.choice("by", input.query) ?? .shop
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
    let after = try input.query["after"].map { text throws(Problem) in
      ShopID(trusted: try Cursor.parts(text, count: 1)[0])
    }
    return .json(
      try await books.readAtLength { reading in
        let matrix = try reading.matrix(filter, after: after, limit: limit)
        // A full page may be the last one, too: the next is empty then.
        let next =
          matrix.lines.count == limit ? matrix.lines.last.map { Cursor.text([$0.shop.rawValue]) } : nil
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

/// Which overdue items a request wants to see.
struct OverdueAsked: @unchecked Sendable {
  let filter: OverdueFilter

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
    filter.after = try query["after"].map { text throws(Problem) in
      let parts = try Cursor.parts(text, count: 4)
      guard let due = Int64(parts[0]), let run = Int(parts[1]), let position = Int(parts[2]) else {
        throw Page.badCursor
      }
      return OverduePosition(dueAt: Moment(seconds: due), shop: parts[3], run: run, position: position)
    }
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
        Cursor.text(["\(last.dueAt.seconds)", "\(last.run)", "\(last.position)", last.shop])
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

import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// The lead's desk: shops, changes of several at once, and lists across shops.
struct DeskRoutes: Sendable {
  let services: WebServices
  private let summaries: CoalescingCache<DeskSummary.Key, DeskSummary>

  init(services: WebServices) {
    self.services = services
    summaries = CoalescingCache(
      age: 1500, grace: 500, limit: 1000, monotonicMilliseconds: services.dependencies.monotonicMilliseconds)
  }

  var routes: [Route] {
    [
      Route(.get, "/", .page, .person) { request in
        if case .user(let user, _) = request.principal, user.mustChangePassword { return .see("/account") }
        return .see("/shops")
      },
      Route(.get, "/shops", .page, .shops(.see), shops),
      Route(.post, "/shops/actions", .form, .shops(.change), act),
      Route(.get, "/overdue", .page, .shops(.see), overdue),
      Route(.get, "/done", .page, .shops(.see), done),
      Route(.get, "/switches", .page, .shops(.see), switches),
      Route(.get, "/matrix", .page, .shops(.see), matrix),
    ]
  }

  private func summary(_ filter: DeskFilter) async throws -> DeskSummary {
    try await summaries.value(of: DeskSummary.Key(filter)) { [services] in
      try await services.store.read(.background) { try DeskSummary(filter, in: $0) }
    }
  }

  private func shops(_ request: WebRequest) async throws -> Response {
    let desk = try await ShopListParameters(request, in: services)
    if let format = desk.fields["format"] {
      let narrowing = FilterParameters(request, by: [.team, .owner], desk.fields, in: services)
      _ = try await services.store.read(.background) { try narrowing(in: $0) }
      return try await DeskExport(services: services).answer(desk, request, format: format)
    }
    return .html(try await page(request, desk).render())
  }

  private func page(_ request: WebRequest, _ desk: ShopListParameters) async throws -> DeskPage {
    let read: @Sendable (any StoreReading) throws -> (rows: [DeskRow], end: DeskPosition?) = { reading in
      try reading.desk(desk.filter, after: desk.after, limit: ShopListParameters.pageSize)
    }
    // A filter with few matches makes the query examine every shop.
    let found =
      desk.filter.search == nil && desk.filter.checklist == nil
      ? try await services.store.read(read) : try await services.store.read(.background, read)
    let summary = try await summary(desk.filter)
    let reach = request.principal.reach
    return DeskPage(
      frame: PageFrame(request), zones: services.shopZones, rows: found.rows, totals: summary.totals,
      filter: desk.filter, query: PageQuery(desk),
      holdingUpTitle: try holdingUpTitle(desk.filter, request.language),
      teams: reach.owner == nil ? reach.teams ?? summary.teams : [],
      owners: reach.owner == nil ? summary.owners : [],
      after: desk.fields["after"],
      next: found.end?.cursor,
      actions: request.principal.mayInShops(.lead)
        ? DeskPage.Actions(
          checklists: services.dependencies.definitions().definitions.checklists.map(\.checklist))
        : nil)
  }

  /// The name of the item that the listed shops wait for, or of their checklist; nil without such a filter.
  private func holdingUpTitle(_ filter: DeskFilter, _ language: Language) throws -> String? {
    guard let checklist = filter.checklist else { return nil }
    let definition = try? services.dependencies.definitions().definitions.checklist(checklist).checklist
    guard let item = filter.holdingUp else { return definition?.title(language) ?? checklist }
    return definition?.items.first { $0.id.rawValue == item }?.title(language) ?? item
  }

  private func act(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields(upTo: 1 << 20, most: DeskActions.most + FormFields.most)
    let desk = try await ShopListParameters(request, fields: fields, in: services)
    do {
      let outcome = try await DeskActions(services: services)(fields, desk, request)
      let titles = titles()
      func name(_ item: ItemID) -> Wording? {
        // Different checklists may use the same id for different items.
        let meant = Set(titles.filter { $0.key.hasSuffix("/\(item)") }.values)
        return meant.count == 1 ? meant.first.map { Wording(en: $0(.english), zh: $0(.chinese)) } : nil
      }
      if request.isByScript { return outcome.reply(request.language, name).response }
      var page = try await page(request, desk)
      page.problem = outcome.problem(request.language, name)
      if outcome.changed > 0 || page.problem == nil {
        page.notice = PageNotice(text: outcome.done(request.language))
      }
      return .html(page.render())
    } catch {
      let problem = RequestPipeline.problem(error)
      if request.isByScript || problem.status.kind == .serverError { throw error }
      var page = try await page(request, desk)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private static let listed = 200

  private func overdue(_ request: WebRequest) async throws -> Response {
    var fields = try request.query()
    let now = request.now
    var wanted = try OverdueParameters(request, fields, in: services, leniently: true)
    // How late, from `days` inclusive to `under` exclusive.
    let (age, under) = (try fields.integer("days"), try fields.integer("under"))
    if let under {
      wanted.after = OverduePosition(
        dueAt: now + (1 - Int64(under) * 86_400), shop: "", run: 0, position: 0)
    }
    let asking = wanted
    let reach = request.principal.reach
    let (found, items) = try await services.store.read(.background) { reading in
      let found = try asking.narrowing(in: reading)
      var items: [OverdueItem] = []
      do {
        try reading.forEachOverdue(asking.filter(narrowedTo: found)) { item in
          if let age, item.overdueSeconds < Int64(age) * 86_400 { throw StopReading() }
          items.append(item)
          if items.count > Self.listed { throw StopReading() }
        }
      } catch is StopReading {}
      return (found, items)
    }
    for key in [FilterKey.team, .owner] {
      if let name = found.names[key] { fields.set(key.rawValue, [name]) }
    }
    let summary = try await summary(DeskFilter(teams: found.shops.teams, now: now))
    let page = OverduePage(
      frame: PageFrame(request), zones: services.dependencies.zones, now: now,
      items: Array(items.prefix(Self.listed)),
      isCut: items.count > Self.listed, unknown: found.unknown,
      query: PageQuery(["team", "owner", "within", "item", "days", "under"].map { ($0, fields[$0]) }),
      teams: reach.owner == nil ? reach.teams ?? summary.teams : [],
      owners: reach.owner == nil ? summary.owners : [],
      titles: titles())
    return .html(page.render())
  }

  /// Items' titles by `CHECKLIST/ITEM`, from the current files.
  private func titles() -> [String: LocalizedText] {
    var titles: [String: LocalizedText] = [:]
    for checklist in services.dependencies.definitions().definitions.checklists.map(\.checklist) {
      for item in checklist.items { titles["\(checklist.id)/\(item.id)"] = item.title }
    }
    return titles
  }

  private func done(_ request: WebRequest) async throws -> Response {
    var fields = try request.query()
    let days = try fields.integer("days") ?? 7
    let (now, reach) = (request.now, request.principal.reach)
    let named = fields["item"].map { $0.split(separator: "/", maxSplits: 1).map(String.init) }
    let narrowing = FilterParameters(request, by: [.team], fields, in: services, leniently: true)
    let (found, items, teams) = try await services.store.read(.background) { reading in
      let found = try narrowing(in: reading)
      let filter = DoneFilter(
        reach: found.shops, since: now + -Int64(min(days, 3660)) * 86_400, checklist: named?.first,
        item: named.flatMap { $0.count > 1 ? $0[1] : nil })
      return (found, try reading.done(filter, limit: Self.listed + 1), try reading.teamsAndOwners().teams)
    }
    if let team = found.names[.team] { fields.set("team", [team]) }
    let page = DonePage(
      frame: PageFrame(request), zone: services.readersZone(request), now: now,
      items: Array(items.prefix(Self.listed)),
      isCut: items.count > Self.listed, unknown: found.unknown, days: days,
      query: PageQuery(["team", "item", "days"].map { ($0, fields[$0]) }),
      teams: reach.owner == nil ? reach.teams ?? teams : [], titles: titles())
    return .html(page.render())
  }

  private func switches(_ request: WebRequest) async throws -> Response {
    let fields = try request.query()
    let isOnlyCooling = fields.flag("cooling")
    let narrowing = FilterParameters(request, by: [.team], fields, in: services, leniently: true)
    let (narrowed, found) = try await services.store.read(.background) { reading in
      let narrowed = try narrowing(in: reading)
      var wanted = SwitchFilter(onlyCooling: isOnlyCooling)
      wanted.reach = narrowed.shops
      var entries: [SwitchEntry] = []
      do {
        try reading.forEachSwitch(wanted) { entry in
          entries.append(entry)
          if entries.count > Self.listed { throw StopReading() }
        }
      } catch is StopReading {}
      return (narrowed, entries)
    }
    let page = SwitchesPage(
      frame: PageFrame(request), zones: services.shopZones, now: request.now,
      entries: Array(found.prefix(Self.listed)), isOnlyCooling: isOnlyCooling,
      team: narrowed.names[.team] ?? fields["team"], isTeamSeen: narrowed.unknown == nil,
      isCut: found.count > Self.listed)
    return .html(page.render())
  }

  private func matrix(_ request: WebRequest) async throws -> Response {
    let desk = try await ShopListParameters(request, in: services)
    let checklists = services.dependencies.definitions().definitions.checklists.map(\.checklist)
    var filter = desk.filter
    filter.order = try ShopListParameters.choice("order", desk.fields) ?? .id
    let usual = checklists.first { $0.begins == .rebound }?.id.rawValue
    let (chosen, asking) = (desk.fields["checklist"], filter)
    let (wanted, matrix, end, teams) = try await services.store.read(.background) { reading in
      let wanted = try chosen ?? reading.commonChecklist(asking) ?? usual
      var narrowed = asking
      narrowed.checklist = wanted
      let found = try reading.desk(narrowed, after: desk.after, limit: ShopListParameters.pageSize)
      let matrix = try ReportMatrix(
        of: found.rows.map(\.shop), checklist: wanted, now: asking.now, in: reading)
      return (wanted, matrix, found.end, try reading.teamsAndOwners().teams)
    }
    let page = MatrixPage(
      frame: PageFrame(request), matrix: matrix,
      checklists: checklists.map { ($0.id.rawValue, $0.title(request.language)) },
      query: PageQuery([("checklist", wanted), ("team", desk.fields["team"])]),
      teams: request.principal.reach.owner == nil ? request.principal.reach.teams ?? teams : [],
      next: end?.cursor
    )
    return .html(page.render())
  }
}

extension StoreReading {
  /// The most frequent checklist among the shops with the earliest due times; nil if they follow none.
  fileprivate func commonChecklist(_ filter: DeskFilter) throws -> String? {
    var filter = filter
    filter.order = .due
    var counts: [String: Int] = [:]
    for row in try desk(filter, after: nil, limit: ShopListParameters.pageSize).rows {
      for run in try runs(of: row.shop.id) where run.newer == nil && run.state == .active {
        counts[run.checklist.rawValue, default: 0] += 1
      }
    }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}

extension PageQuery {
  init(_ desk: ShopListParameters) {
    self.init(
      ["state", "order", "q", "team", "owner", "checklist", "holding_up"].map { ($0, desk.fields[$0]) })
  }
}

extension ReportMatrix {
  /// The matrix of these shops only, over their runs that count.
  ///
  /// - Parameter checklist: only runs of this one, leaving out shops without any. Nil: all.
  init(of shops: [Shop], checklist: String?, now: Moment, in reading: any StoreReading) throws {
    var columns: [Column] = []
    var places: [String: Int] = [:]
    var lines: [(Shop, [Int: Cell])] = []
    for shop in shops {
      var cells: [Int: Cell] = [:]
      let runs = try reading.runs(of: shop.id) { summary, _ in
        summary.newer == nil && (summary.state == .active || summary.state == .finished)
          && checklist.map { $0 == summary.checklist.rawValue } ?? true
      }
      for run in runs {
        for item in run.items {
          let key = "\(run.checklist)/\(item.id)"
          if places[key] == nil {
            places[key] = columns.count
            columns.append(Column(item: key, title: item.definition.title))
          }
          if let place = places[key] {
            cells[place] = Cell(state: item.state, overdue: run.isOverdue(item, at: now))
          }
        }
      }
      if checklist == nil || !runs.isEmpty { lines.append((shop, cells)) }
    }
    self.init(
      columns: columns,
      lines: lines.map { shop, cells in
        Line(shop: shop.id, name: shop.name, cells: columns.indices.map { cells[$0] })
      })
  }
}

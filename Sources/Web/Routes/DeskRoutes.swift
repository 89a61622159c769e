import Domain
import Hummingbird
import Operations
import Reports

/// The lead's desk: shops, what is done to several at once, and lists that cross shops.
struct DeskRoutes: Sendable {
  let books: Books
  let totals: DeskTotalsCache

  var routes: [Route] {
    [
      Route(.get, "/", .page, .person) { asked in
        if case .user(let user, _) = asked.principal, user.mustChangePassword { return .see("/account") }
        return .see("/shops")
      },
      Route(.get, "/shops", .page, .shops(.see), shops),
      Route(.post, "/shops/actions", .form, .shops(.change), act),
      Route(.get, "/overdue", .page, .shops(.see), overdue),
      Route(.get, "/switches", .page, .shops(.see), switches),
      Route(.get, "/matrix", .page, .shops(.see), matrix),
    ]
  }

  private func shops(_ asked: Asked) async throws -> Response {
    let desk = try DeskAsked(asked)
    if let format = desk.fields["format"] {
      return try await DeskExport(books: books).answer(desk, asked, format: format)
    }
    return .html(try await page(asked, desk).render())
  }

  private typealias Found = (
    page: (rows: [DeskRow], end: DeskPosition?), known: (teams: [String], owners: [String])
  )

  private func page(_ asked: Asked, _ desk: DeskAsked) async throws -> DeskPage {
    let read: @Sendable (any ShopReading) throws -> Found = { reading in
      (
        try reading.desk(desk.filter, after: desk.after, limit: DeskAsked.pageSize),
        try reading.teamsAndOwners()
      )
    }
    // A search that finds little looks at every shop.
    let found =
      desk.filter.search == nil ? try books.readers.read(read) : try await books.readAtLength(read)
    let totals = try await totals.totals(desk.filter, books)
    let reach = asked.principal.reach
    return DeskPage(
      frame: PageFrame(asked), zones: books.parts.zones, rows: found.page.rows, totals: totals,
      filter: desk.filter, query: PageQuery(desk),
      teams: reach.owner == nil ? reach.teams ?? found.known.teams : [],
      owners: reach.teams == nil && reach.owner == nil ? found.known.owners : [],
      isFurther: desk.after != nil,
      next: found.page.end?.cursor,
      actions: asked.principal.mayInShops(.lead)
        ? DeskPage.Actions(checklists: books.parts.definitions().definitions.checklists.map(\.checklist))
        : nil)
  }

  private func act(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields(upTo: 1 << 20)
    let desk = try DeskAsked(asked, fields: fields)
    do {
      let outcome = try await DeskActions(books: books)(fields, desk, asked)
      if asked.isByScript { return outcome.reply(asked.language).response }
      var page = try await page(asked, desk)
      page.notice = PageNotice(text: outcome.done(asked.language))
      page.problem = outcome.problem(asked.language)
      return .html(page.render())
    } catch {
      let problem = Gate.problem(error)
      if asked.isByScript || problem.status.kind == .serverError { throw error }
      var page = try await page(asked, desk)
      page.problem = PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private static let listed = 200

  private func overdue(_ asked: Asked) async throws -> Response {
    let fields = try asked.query()
    let desk = try DeskAsked(asked)
    let now = asked.now
    var ahead: Int64 = 0
    if let within = fields["within"] {
      do throws(DeadlineParsingError) {
        let deadline = try Deadline(parsing: within)
        ahead = max(0, deadline.dueAt(from: now, in: .utc, calendar: nil).moment.seconds - now.seconds)
      } catch { throw Problem.invalid("within", error.wording) }
    }
    let until = now + ahead
    let age = try fields.integer("days")
    let item = fields["item"]
    let reach = asked.principal.reach
    let owner = fields["owner"]
    let found = try await books.readAtLength { reading in
      var items: [OverdueItem] = []
      for team in desk.filter.teams.map({ $0.map(String?.some) }) ?? [nil] {
        var taken = 0
        do {
          try reading.forEachOverdue(
            OverdueFilter(team: team, owner: owner, now: now, until: until)
          ) { found in
            if let age, found.overdueSeconds < Int64(age) * 86_400 { throw Enough() }
            if let item, item != "\(found.checklist)/\(found.item)" { return }
            if let merchant = reach.owner, try !Self.isOwner(merchant, of: found.shop, in: reading) { return }
            items.append(found)
            taken += 1
            if taken > Self.listed { throw Enough() }
          }
        } catch is Enough {}
      }
      let known = try reading.teamsAndOwners()
      return (items.sorted { ($0.dueAt, $0.shop, $0.run) < ($1.dueAt, $1.shop, $1.run) }, known)
    }
    let page = OverduePage(
      frame: PageFrame(asked), zones: books.parts.zones, now: now, items: Array(found.0.prefix(Self.listed)),
      isCut: found.0.count > Self.listed,
      query: PageQuery(["team", "owner", "within", "item", "days"].map { ($0, fields[$0]) }),
      teams: reach.owner == nil ? reach.teams ?? found.1.teams : [], owners: found.1.owners)
    return .html(page.render())
  }

  private static func isOwner(_ name: String, of shop: String, in reading: any ShopReading) throws -> Bool {
    let owner = try reading.shop(ShopID(trusted: shop))?.shop.owner
    return owner.map { Actor.folded($0) == Actor.folded(name) } ?? false
  }

  private func switches(_ asked: Asked) async throws -> Response {
    let fields = try asked.query()
    let isOnlyCooling = fields.flag("cooling")
    let principal = asked.principal
    let teams = principal.reach.teams
    let found = try await books.readAtLength { reading in
      var entries: [SwitchEntry] = []
      for team in teams.map({ $0.map(String?.some) }) ?? [nil] {
        do {
          try reading.forEachSwitch(SwitchFilter(team: team, onlyCooling: isOnlyCooling)) { entry in
            if let owner = principal.reach.owner,
              try !Self.isOwner(owner, of: entry.shop.rawValue, in: reading)
            {
              return
            }
            entries.append(entry)
            if entries.count > Self.listed { throw Enough() }
          }
        } catch is Enough {}
      }
      return entries
    }
    let page = SwitchesPage(
      frame: PageFrame(asked), zones: books.parts.zones, now: asked.now,
      entries: Array(found.prefix(Self.listed)), isOnlyCooling: isOnlyCooling,
      isCut: found.count > Self.listed)
    return .html(page.render())
  }

  private func matrix(_ asked: Asked) async throws -> Response {
    let desk = try DeskAsked(asked)
    let checklists = books.parts.definitions().definitions.checklists.map(\.checklist)
    let wanted = desk.fields["checklist"] ?? checklists.first { $0.begins == .rebound }?.id.rawValue
    var filter = desk.filter
    filter.order = try DeskAsked.choice("order", desk.fields) ?? .id
    let asking = filter
    let (matrix, end, teams) = try await books.readAtLength { reading in
      let found = try reading.desk(asking, after: desk.after, limit: DeskAsked.pageSize)
      let matrix = try ReportMatrix(
        of: found.rows.map(\.shop), checklist: wanted, now: asking.now, in: reading)
      return (matrix, found.end, try reading.teamsAndOwners().teams)
    }
    let page = MatrixPage(
      frame: PageFrame(asked), matrix: matrix,
      checklists: checklists.map { ($0.id.rawValue, $0.title(asked.language)) },
      query: PageQuery([("checklist", wanted), ("team", desk.fields["team"])]),
      teams: asked.principal.reach.owner == nil ? asked.principal.reach.teams ?? teams : [], next: end?.cursor
    )
    return .html(page.render())
  }
}

/// Ends a walk that has found enough.
struct Enough: Error {}

extension PageQuery {
  init(_ desk: DeskAsked) {
    self.init(["state", "order", "q", "team", "owner"].map { ($0, desk.fields[$0]) })
  }
}

extension ReportMatrix {
  /// Of some shops alone: their runs that count.
  ///
  /// - Parameter checklist: only runs of this one; shops without one are left out. Nil: all.
  init(of shops: [Shop], checklist: String?, now: Moment, in reading: any ShopReading) throws {
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

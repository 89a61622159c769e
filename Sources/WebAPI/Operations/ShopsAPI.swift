import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// Shops: listing, adding, importing, one shop and its history.
struct ShopsAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/shops", .shops(.see),
        APIOperation(
          id: "listShops", summary: "Shops, a page at a time; archived ones are left out",
          query: ShopListParameters.fields + Pagination.fields(most: 200), answer: .json(schema: "Shops")),
        list),
      .api(
        .post, "/shops", .shops(.lead),
        APIOperation(
          id: "addShop", summary: "Add a shop",
          body: .fields(
            [
              .init(
                "id", .shopID, required: true, "1 to 64 letters, digits, '.', '_' or '-'", example: "s-001")
            ]
              + ShopDetails.fields),
          answer: .json(schema: "Shop", status: 201), honoursIdempotencyKey: true, makesShop: true,
          problems: [409]), add),
      .api(
        .post, "/shops/import", .shops(.lead),
        APIOperation(
          id: "importShops", summary: "Add and update shops from a table, all rows or none",
          body: .bytes(
            type: "text/csv", most: CSVTable.mostBytes,
            about: """
              Columns: id,name,platform,team,owner,time_zone,tags (split by ;); only id is required. As spreadsheets \
              write tables: UTF-8, GB18030 or UTF-16, commas, semicolons or tabs.
              """),
          answer: .json(schema: "ImportedShops"), honoursIdempotencyKey: true), importTable),
      .api(
        .get, "/shops/{shop}", .shop(.see),
        APIOperation(
          id: "getShop", summary: "A shop and its runs", answer: .json(schema: "Shop"), isTagged: true), show),
      .api(
        .patch, "/shops/{shop}", .shop(.lead),
        APIOperation(
          id: "editShop", summary: "Change what is said of a shop; null takes away",
          body: .fields(ShopDetails.fields), answer: .json(schema: "Shop"), honoursIdempotencyKey: true,
          hasPrecondition: true, problems: [409]), edit),
      archiving("archive", "archiveShop", "Put a shop away: no reports, no flags; nothing is deleted", true),
      archiving("restore", "restoreShop", "Bring an archived shop back", false),
    ]
  }

  private func list(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    if !input.query.all("team").isEmpty || !input.query.all("owner").isEmpty {
      let narrowing = FilterParameters(request, by: [.team, .owner], input.query, in: services)
      _ = try await services.store.read(.background) { try narrowing(in: $0) }
    }
    let desk = try await ShopListParameters(request, in: services)
    let limit = try Pagination.limit(input.query, usual: ShopListParameters.pageSize)
    let page = try await services.store.read { try $0.desk(desk.filter, after: desk.after, limit: limit) }
    return .json(DeskListJSON.page(page.rows, next: page.end?.cursor))
  }

  private func add(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let text = input.body["id"] ?? ""
    let details = ShopDetails(input)
    var faults = details.faults(zones: services.dependencies.zones)
    let id = ShopID(text)
    if id == nil { faults.insert(Problem(.badShopID(text), in: "id"), at: 0) }
    if let problem = Problem(faults: faults) { throw problem }
    guard let id else { throw Refusal.badShopID(text) }
    let team = try details.normalTeam
    guard request.principal.mayAddShop(in: team) else { throw Problem.forbidden }
    let change = change
    let reply = try await services.change(id, request, input.all) { transaction, grant in
      guard grant.principal.mayAddShop(in: team) else { throw Problem.forbidden }
      let shop = try change(grant).add(id, details, in: transaction)
      return ReplayableResponse(status: 201, ShopJSON.render(shop, runs: []))
    }
    return reply.response.with(.location, "/api/v1/shops/\(RequestPipeline.escaped(id.rawValue))")
  }

  private func show(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    guard let found = request.shop else { throw Problem.notFound }
    let (shop, runs) = try await services.store.read { reading in
      (try FindShop()(found.stored.shop.id, in: reading), try reading.runs(of: found.stored.shop.id))
    }
    return ShopCache.Rendering(ShopJSON.render(shop, runs: runs), of: found, validUntil: request.now)
      .answer(to: request)
  }

  private func edit(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let id = try request.shopID
    let details = ShopDetails(input)
    if let problem = Problem(faults: details.faults(zones: services.dependencies.zones)) { throw problem }
    let team = try details.normalTeam
    let change = change
    return try await services.change(id, request, input.all) { transaction, grant in
      if details.team != nil, !grant.principal.mayAddShop(in: team) { throw Problem.forbidden }
      let shop = try change(grant).edit(id, details, in: transaction).shop
      return ReplayableResponse(ShopJSON.render(shop, runs: try transaction.runs(of: id)))
    }.response
  }

  private func archiving(_ word: String, _ id: String, _ summary: String, _ archived: Bool) -> Route {
    .api(
      .post, "/shops/{shop}/\(word)", .shop(.lead),
      APIOperation(
        id: id, summary: summary, body: .fields([]), answer: .json(schema: "Shop"),
        honoursIdempotencyKey: true,
        hasPrecondition: true)
    ) { request, input in
      let id = try request.shopID
      let change = change
      return try await services.change(id, request, input.all) { transaction, grant in
        let shop = try change(grant).setArchived(id, archived, in: transaction).shop
        return ReplayableResponse(ShopJSON.render(shop, runs: try transaction.runs(of: id)))
      }.response
    }
  }

  private var change: @Sendable (Grant) throws -> ChangeShop {
    let zones = services.dependencies.zones
    return { grant in ChangeShop(zones: zones, by: try grant.author(through: .api), now: grant.now) }
  }

  private func importTable(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let importing = ImportShopsByRequest(zones: services.dependencies.zones, channel: .api)
    return try await BadTableProblem.catching {
      let rows = try await importing.rows(of: input.bytes, for: request)
      return try await services.changeMany(Set(rows.map(\.shop.id)), request, input.all) {
        transaction, grant in
        let outcome = try importing(rows, in: transaction, grant)
        var json = JSONWriter()
        json.object { json in
          json.field("added", outcome.added)
          json.field("edited", outcome.edited)
          json.field("unchanged", outcome.unchanged)
          json.field("warnings", ShopImportText.warnings(outcome.doubtful).map { $0(request.language) })
        }
        return ReplayableResponse(json.document())
      }.response
    }
  }
}

extension ShopDetails {
  /// The properties of a shop that can be set.
  static let fields: [APIOperation.Field] = [
    .init("name", .line(most: 200), nullable: true, "What people call it", example: "Tea shop"),
    .init("platform", .line(most: 100), nullable: true, "Such as douyin", example: "douyin"),
    .init("team", .line(most: 100), nullable: true, "Who looks after it", example: "east"),
    .init("owner", .line(most: 100), nullable: true, "The merchant", example: "Li Mei"),
    .init(
      "time_zone", .text(most: 100), nullable: true, "An IANA name, such as Asia/Shanghai",
      example: "Asia/Shanghai"),
    .init("tags", .lines(most: 100, each: 100), nullable: true, "All its tags"),
  ]

  init(_ input: APIInput) {
    func text(_ name: String) -> String? { input.nulls.contains(name) ? "" : input.body.all(name).first }
    self.init(
      name: text("name"), platform: text("platform"), team: text("team"), owner: text("owner"),
      timeZone: text("time_zone"),
      tags: input.nulls.contains("tags") ? [] : input.body.texts["tags"])
  }

  /// A problem for each unacceptable field.
  func faults(zones: some ZoneSource) -> [Problem] {
    refusals(zones: zones).map { Problem($0.refusal, in: $0.field) }
  }

  /// The team in the form in which it would be stored.
  var normalTeam: String? {
    get throws(Refusal) {
      guard let team, !team.showsNothing else { return nil }
      return try TextRules.line(team, as: .team)
    }
  }
}

extension WebRequest {
  var shopID: ShopID {
    get throws(Problem) {
      guard let shop = shop?.stored.shop.id else { throw .notFound }
      return shop
    }
  }
}

import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// Adding, editing and importing shops.
struct ShopAdminRoutes: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      Route(.get, "/shops/new", .page, .shops(.lead)) { request in
        .html(ShopEditPage(frame: PageFrame(request), shop: nil, teams: try await teams(request)).render())
      },
      Route(.post, "/shops/new", .form, .shops(.lead), add),
      Route(.get, "/shops/import", .page, .shops(.lead)) { request in
        .html(ShopImportPage(frame: PageFrame(request)).render())
      },
      Route(.post, "/shops/import", .form, .shops(.lead), importing),
      Route(.get, "/shops/{shop}/edit", .page, .shop(.lead)) { request in
        .html(
          ShopEditPage(
            frame: PageFrame(request), shop: request.shop?.stored.shop, teams: try await teams(request)
          )
          .render())
      },
      Route(.post, "/shops/{shop}/edit", .form, .shop(.lead), edit),
    ]
  }

  private static let fields = ["id", "name", "platform", "team", "owner", "time_zone", "tags"]

  private func teams(_ request: WebRequest) async throws -> [String] {
    if let own = request.principal.reach.teams { return own }
    return try await services.store.read { try $0.teamsAndOwners().teams }
  }

  private func add(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    return try await answering(request, fields, of: nil) {
      let text = try fields.required("id")
      guard let id = ShopID(text) else { throw Refusal.badShopID(text) }
      let change = change
      let details = ShopDetails(fields)
      let shop = try await services.change(id, request) { transaction, grant in
        let shop = try change(grant).add(id, details, in: transaction)
        guard grant.principal.mayAddShop(in: shop.team) else { throw Self.otherTeam }
        return shop
      }
      return .see("/shops/\(RequestPipeline.escaped(shop.id.rawValue))/")
    }
  }

  private func edit(_ request: WebRequest) async throws -> Response {
    guard let old = request.shop?.stored.shop else { throw Problem.notFound }
    let fields = try await request.fields()
    return try await answering(request, fields, of: old) {
      let change = change
      let details = ShopDetails(fields)
      let id = old.id
      _ = try await services.change(id, request) { transaction, grant in
        let shop = try change(grant).edit(id, details, in: transaction).shop
        // A lead may only move a shop to a team of their own.
        guard grant.principal.may(.lead, in: shop) else { throw Self.otherTeam }
        return shop
      }
      return .see("/shops/\(RequestPipeline.escaped(id.rawValue))/")
    }
  }

  private static let otherTeam = Problem(
    .otherTeam,
    Wording(en: "this team isn't yours; choose one of your teams", zh: "您不属于这个团队；请选择您的团队"))

  private var change: @Sendable (Grant) throws -> ChangeShop {
    let zones = services.dependencies.zones
    return { grant in ChangeShop(zones: zones, by: try grant.author(through: .web), now: grant.now) }
  }

  private func answering(
    _ request: WebRequest, _ fields: FormFields, of shop: Shop?, _ answer: () async throws -> Response
  ) async throws -> Response {
    do { return try await answer() } catch {
      let problem = RequestPipeline.problem(error)
      if request.isByScript || problem.status.kind == .serverError { throw error }
      var page = ShopEditPage(frame: PageFrame(request), shop: shop, teams: try await teams(request))
      page.typed = fields.texts.compactMapValues(\.first)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func importing(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields(upTo: CSVTable.mostBytes + 65_536)
    var page = ShopImportPage(frame: PageFrame(request))
    guard let file = fields.files["file"] else {
      page.problems = [Wording(en: "choose a CSV file", zh: "请选择 CSV 文件")(request.language)]
      return .html(page.render(), status: .unprocessableContent)
    }
    do {
      let importing = ImportShopsByRequest(zones: services.dependencies.zones, channel: .web)
      let rows = try await importing.rows(of: file.content, for: request)
      let outcome = try await services.change(request) { try importing(rows, in: $0, $1) }
      services.live.changed(Set(rows.map(\.shop.id)))
      page.notice = PageNotice(text: ShopImportText.imported(outcome)(request.language))
      page.warnings = ShopImportText.warnings(outcome.doubtful).map { $0(request.language) }
      return .html(page.render())
    } catch let bad as BadTable {
      page.problems = bad.problems.prefix(50).map { line, problem in
        Wording(
          en: "line \(line): \(problem.wording.en)", zh: "第 \(line) 行：\(problem.wording.zh)")(
            request.language)
      }
      return .html(page.render(), status: .unprocessableContent)
    } catch let problem as Problem where problem.status.kind == .clientError {
      page.problems = [problem.detail(request.language)]
      return .html(page.render(), status: problem.status)
    }
  }
}

extension ShopDetails {
  /// The properties in a form; an empty field clears one.
  init(_ fields: FormFields) {
    func text(_ name: String) -> String? { fields.texts[name]?.first }
    self.init(
      name: text("name"), platform: text("platform"), team: text("team"), owner: text("owner"),
      timeZone: text("time_zone"),
      tags: text("tags").map(ShopDetails.tags))
  }
}

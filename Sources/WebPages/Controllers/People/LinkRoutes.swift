import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// A shop's links, its history, and the files given as proof.
struct LinkRoutes: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      Route(.get, "/shops/{shop}/links", .page, .shop(.lead)) { .html(try await page($0).render()) },
      Route(.post, "/shops/{shop}/links", .form, .shop(.lead), create),
      Route(.post, "/shops/{shop}/links/{link}/revoke", .form, .shop(.lead), revoke),
    ]
      + ["/shops/{shop}", "/l/{secret}"].flatMap { base in
        [
          Route(.get, "\(base)/history", .page, .shop(.see), history),
          Route(.get, "\(base)/files/{sha256}", .page, .shop(.see)) { request in
            try await FileAnswer.of(request["sha256"], request, services)
          },
          Route(.post, "\(base)/files/{sha256}/delete", .form, .shop(.lead), delete),
        ]
      }
  }

  private func page(_ request: WebRequest) async throws -> LinksPage {
    guard let shop = request.shop?.stored.shop else { throw Problem.notFound }
    let (links, deciding) = try await services.store.read { reading in
      (try reading.links(of: shop.id), try reading.zone(of: shop))
    }
    let times = PageTimes(
      language: request.language, zone: services.shopZones.shown(deciding), now: request.now)
    return LinksPage(frame: PageFrame(request), shop: shop, times: times, links: links)
  }

  private var manage: @Sendable (Grant) throws -> ManageLinks {
    let secrets = services.dependencies.secrets
    return { grant in ManageLinks(secrets: secrets, by: try grant.author(through: .web), now: grant.now) }
  }

  /// Responds with a page instead of a redirect, because the link can't be shown again later.
  private func create(_ request: WebRequest) async throws -> Response {
    let fields = try await request.fields()
    guard let shop = request.shop?.stored.shop else { throw Problem.notFound }
    let expiresAt = try ExpiryText.moment(fields["expires"], now: request.now)
    let manage = manage
    do {
      let made = try await services.change(shop.id, request) { transaction, grant in
        try manage(grant).create(shop.id, expiresAt: expiresAt, in: transaction)
      }
      let address = request.address(of: "/l/\(made.secret.text)/", services.options)
      var page = try await page(request)
      page.new = LinksPage.New(
        address: address,
        picture: QRCode.picture(
          of: address, label: Wording(en: "QR code of the link", zh: "链接的二维码")(request.language)))
      return .html(page.render())
    } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await page(request)
      page.problem = PageProblem(
        title: problem.title(request.language), detail: problem.detail(request.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func revoke(_ request: WebRequest) async throws -> Response {
    guard let shop = request.shop?.stored.shop.id, let number = Int(request["link"]) else {
      throw Problem.notFound
    }
    let fields = try await request.fields()
    let manage = manage
    _ = try await services.change(shop, request) { transaction, grant in
      try manage(grant).revoke(number, of: shop, in: transaction)
    }
    return .afterRevoking(fields, else: "\(request.base)links")
  }

  private static let listed = 100

  private func history(_ request: WebRequest) async throws -> Response {
    guard let found = request.shop else { throw Problem.notFound }
    let shop = found.stored.shop
    let before = try request.query().integer("before")
    let (entries, runs, deciding) = try await services.store.read(.background) { reading in
      (
        try ReadHistory().page(of: shop.id, before: before, limit: Self.listed, in: reading),
        try reading.runs(of: shop.id) { _, _ in true },
        try reading.zone(of: shop)
      )
    }
    let page = HistoryPage(
      frame: PageFrame(request), shop: shop, zone: services.shopZones.shown(deciding), now: request.now,
      entries: entries,
      before: entries.last.flatMap { $0.event.number > 1 ? $0.event.number : nil },
      head: before == nil ? entries.first?.hash : nil,
      names: HistoryText.Names(
        item: { number, item in runs.first { $0.number == number }?[item]?.definition.title },
        checklist: { id in runs.last { $0.checklist == id }?.definition.checklist.title }))
    return .html(page.render())
  }

  private func delete(_ request: WebRequest) async throws -> Response {
    guard let shop = request.shop?.stored.shop.id else { throw Problem.notFound }
    let sha256 = request["sha256"].lowercased()
    _ = try await services.change(shop, request) { transaction, grant in
      try DeleteFile(by: try grant.author(through: .web), now: grant.now)(sha256, of: shop, in: transaction)
    }
    return .see("\(request.base)?did=file")
  }
}

extension WebRequest {
  /// The absolute URL of a path, as people outside need it.
  func address(of path: String, _ options: WebOptions) -> String {
    if let base = options.publicURL { return base + path }
    return "\(isSecure ? "https" : "http")://\(host)\(path)"
  }
}

import Domain
import Formats
import Hummingbird
import NIOCore
import Operations
import Reports
import Synchronization
import WebCore

/// A shop's page, for users and for people with a link.
struct ShopPageRoute: Sendable {
  let services: WebServices
  private let texts = ItemTextsCache()

  init(services: WebServices) { self.services = services }

  func routes(under base: String) -> [Route] {
    [Route(.get, base, .page, .shop(.see)) { try await show($0) }]
  }

  /// Shows the page; a link's user is asked for a name first.
  func show(_ request: WebRequest, problem: Problem? = nil, fields: FormFields = FormFields())
    async throws -> Response
  {
    guard let found = request.shop else { throw Problem.notFound }
    // Relative links on the page need the trailing slash.
    if request.http.method == .get, !request.http.uri.path.hasSuffix("/") {
      return Response(status: .permanentRedirect, headers: [.location: request.base])
    }
    if case .link(_, nil) = request.principal {
      return .html(try await namePage(request, problem: problem), status: problem?.status ?? .ok)
    }
    let frame = PageFrame(request)
    let title = found.stored.shop.name ?? found.stored.shop.id.rawValue
    let notice = try await self.notice(request, found)
    let managed = try request.mayLead && request.http.method == .get ? request.query()["manage"] : nil
    if problem == nil, notice == nil, managed == nil, let main = try await kept(request, found, frame) {
      return .html(frame.page(title: title, at: place(frame), width: .columns, live: "live", main))
    }
    var page = try await page(request, found, frame)
    page.notice = notice
    page.managed = managed
    page.problem = problem.map { self.problem($0, request, fields, page.status) }
    return .html(page.render(), status: problem?.status ?? .ok)
  }

  private func place(_ frame: PageFrame) -> NavigationPlace? { frame.viewer.kind == .link ? nil : .shops }

  /// The part inside the frame, from the cache if it is current.
  private func kept(_ request: WebRequest, _ found: ShopCache.Found, _ frame: PageFrame) async throws -> HTML?
  {
    let variant = ShopCache.Variant(
      kind: .page(mayLead: request.mayLead, isLink: frame.viewer.kind == .link), language: request.language,
      definitions: services.dependencies.definitions().number)
    if let kept = found.rendering(variant, at: request.now) {
      return HTML.trusted(Array(kept.body.readableBytesView))
    }
    let page = try await page(request, found, frame)
    let main = page.body
    if !page.dependsOnViewer {
      services.shops.keep(as: variant, of: found) {
        ShopCache.Rendering(body: ByteBuffer(bytes: main.bytes), validUntil: page.validUntil, entityTag: "")
      }
    }
    return main
  }

  private func page(_ request: WebRequest, _ found: ShopCache.Found, _ frame: PageFrame) async throws
    -> ShopPage
  {
    let read = services.dependencies.definitions()
    let shop = found.stored.shop
    let (status, files) = try await services.store.read { reading in
      let status = try ReadStatus(now: request.now)(shop, run: nil, in: reading) { read.definitions }
      return (status, try keptFiles(of: status, in: reading))
    }
    let active = Set(status.runs.filter { $0.state == .active }.map(\.checklist))
    let startable =
      request.mayLead
      ? read.definitions.checklists.map(\.checklist).filter {
        $0.when.matches(shop) && !active.contains($0.id)
      }
      .map { ShopPage.Startable(id: $0.id, title: $0.title) } : []
    var page = ShopPage(
      frame: frame, status: status, zones: ShopZones(services.dependencies.zones, read.definitions),
      rules: shop.platform.flatMap { read.definitions.platforms[$0] }, mayLead: request.mayLead)
    page.startable = startable
    page.files = files.kept
    page.deletedFiles = files.deleted
    page.texts = { [texts] in texts.of($0, $1, $2) }
    page.keep = { [texts] in texts.piece($0, $1) }
    return page
  }

  /// Looks up only files that proofs refer to; most shops have none.
  private func keptFiles(
    of status: ShopStatus, in reading: any StoreReading
  ) throws -> (kept: Set<String>, deleted: Set<String>) {
    let given = status.runs.flatMap(\.items).compactMap { item -> String? in
      if case .file(_, _, let sha256) = item.proof?.content { sha256 } else { nil }
    }
    let files = try given.compactMap { try reading.file($0, of: status.shop.id) }
    return (
      Set(files.filter { $0.deletedAt == nil }.map(\.sha256)),
      Set(files.filter { $0.deletedAt != nil }.map(\.sha256))
    )
  }

  /// The page that asks a link's user for a name.
  func namePage(_ request: WebRequest, name: String? = nil, problem: Problem? = nil) async throws -> HTML {
    guard let found = request.shop else { throw Problem.notFound }
    let status = try await services.store.read {
      try ReadStatus(now: request.now)(found.stored.shop.id, run: nil, in: $0)
    }
    let progress = status.progress
    var page = NamePage(
      frame: PageFrame(request), shop: found.stored.shop, progress: progress.total == 0 ? nil : progress,
      name: name)
    page.problem = problem.map {
      PageProblem(title: $0.title(request.language), detail: $0.detail(request.language))
    }
    return page.render()
  }

  /// What a form sent without the script has just done, from the redirect's query.
  private func notice(_ request: WebRequest, _ found: ShopCache.Found) async throws -> PageNotice? {
    guard request.http.method == .get, request.http.uri.query != nil else { return nil }
    let query = try request.query()
    guard let did = query["did"] else { return nil }
    guard let action = ItemAction(rawValue: did), let item = query["item"] else {
      return PageNotice(text: request.language == .chinese ? "已记录。" : "Recorded.")
    }
    let run = try query.integer("run")
    let runs = try await services.store.read { reading in
      try reading.runs(of: found.stored.shop.id) { summary, _ in run.map { $0 == summary.number } ?? true }
    }
    guard let holder = runs.last(where: { $0[ItemID(trusted: item)] != nil }),
      let held = holder[ItemID(trusted: item)]
    else { return nil }
    let isUndoable = action == .tick && (held.state == .done || held.awaiting != nil)
    return PageNotice(
      text: ShopActionRoutes.words(action, held, changed: true)(request.language),
      undo: isUndoable ? PageNotice.Undo(item: item, run: holder.number) : nil)
  }

  /// In the page's words, with items' titles.
  private func problem(
    _ problem: Problem, _ request: WebRequest, _ fields: FormFields, _ status: ShopStatus
  ) -> PageProblem {
    let detail = Self.detail(problem, request, items: status.runs.flatMap(\.items))
    var shown = PageProblem(title: problem.title(request.language), detail: detail(request.language))
    shown.given = ["note", "link", "reason"].compactMap { fields[$0] } + fields.files.values.map(\.name)
    if problem.code == .forbiddenByRule, request.mayLead {
      shown.override = PageProblem.Override(
        action: request.http.uri.path.split(separator: "/").suffix(2).joined(separator: "/"),
        button: request.language == .chinese ? "仍然记录，并说明原因" : "Record it all the same, with a reason",
        fields: fields.texts.filter { $0.key != "override" && $0.key != "reason" }
          .sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } })
    }
    return shown
  }

  /// The refusal's text, with items' titles.
  private static func detail(_ problem: Problem, _ request: WebRequest, items: [ItemStatus]) -> Wording {
    guard let refusal = problem.refusal else { return problem.detail }
    let detail = refusal.pageWording(withPlaces: request.principal.isAdmin) { id in
      items.first { $0.definition.id == id }.map(\.definition.title).map {
        Wording(en: $0(.english), zh: $0(.chinese))
      }
    }
    guard case .samePerson = refusal, case .link = request.principal else { return detail }
    return Wording(
      en:
        "\(detail.en). Whoever opens the same link counts as the same person: open it by another link, or sign in",
      zh: "\(detail.zh)。同一个链接打开的人算同一个人，请用另一个链接打开，或登录后确认")
  }

  /// The same for the page's script.
  private func titled(_ problem: Problem, _ request: WebRequest) async throws -> Problem {
    guard problem.refusal != nil, let shop = request.shop?.stored.shop.id else { return problem }
    let status = try await services.store.read { try ReadStatus(now: request.now)(shop, run: nil, in: $0) }
    return Problem(
      problem.code, Self.detail(problem, request, items: status.runs.flatMap(\.items)),
      refusal: problem.refusal,
      headers: problem.headers)
  }

  /// Responds to a form. A refusal is shown on the page it was sent from, unless the script asks.
  func answering(_ request: WebRequest, _ fields: FormFields, _ answer: () async throws -> Response)
    async throws
    -> Response
  {
    do { return try await answer() } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      if request.isByScript { throw try await titled(problem, request) }
      return try await show(request, problem: problem, fields: fields)
    }
  }
}

/// Rendered item definitions, shared by all shops.
final class ItemTextsCache: Sendable {
  private struct Key: Hashable {
    /// The hash of the definition that the run is pinned to.
    let definition: String
    let item: ItemID
    let language: Language
  }

  private let kept = Mutex<[Key: ItemTexts]>([:])
  private let pieces = Mutex<[ItemPiece: HTML]>([:])

  func piece(_ key: ItemPiece, _ make: () -> HTML) -> HTML {
    if let known = pieces.withLock({ $0[key] }) { return known }
    let piece = make()
    pieces.withLock { pieces in
      if pieces.count > 2000 { pieces.removeAll() }
      pieces[key] = piece
    }
    return piece
  }

  func of(_ run: RunStatus, _ item: ChecklistItem, _ language: Language) -> ItemTexts {
    guard let definition = run.definition else { return ItemTexts(item, language) }
    let key = Key(definition: definition, item: item.id, language: language)
    if let known = kept.withLock({ $0[key] }) { return known }
    let texts = ItemTexts(item, language)
    kept.withLock { kept in
      if kept.count > 5000 { kept.removeAll() }
      kept[key] = texts
    }
    return texts
  }
}

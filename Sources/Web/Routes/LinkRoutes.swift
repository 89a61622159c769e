import Domain
import Foundation
import Hummingbird
import Operations
import Reports

/// Links that open a shop, its history, and the files that were given as proof.
struct LinkRoutes: Sendable {
  let books: Books

  var routes: [Route] {
    [
      Route(.get, "/shops/{shop}/links", .page, .shop(.lead)) { .html(try await page($0).render()) },
      Route(.post, "/shops/{shop}/links", .form, .shop(.lead), create),
      Route(.post, "/shops/{shop}/links/{link}/revoke", .form, .shop(.lead), revoke),
    ]
      + ["/shops/{shop}", "/l/{secret}"].flatMap { base in
        [
          Route(.get, "\(base)/history", .page, .shop(.see), history),
          Route(.get, "\(base)/files/{sha256}", .page, .shop(.see)) { asked in
            try await FileAnswer.of(asked["sha256"], asked, books)
          },
          Route(.post, "\(base)/files/{sha256}/delete", .form, .shop(.lead), delete),
        ]
      }
  }

  private func page(_ asked: Asked) async throws -> LinksPage {
    guard let shop = asked.shop?.stored.shop else { throw Problem.notFound }
    let (links, deciding) = try books.readers.read { reading in
      (try reading.links(of: shop.id), try reading.zone(of: shop))
    }
    let times = PageTimes(
      language: asked.language, zone: books.shopZones.shown(deciding), now: asked.now)
    return LinksPage(frame: PageFrame(asked), shop: shop, times: times, links: links)
  }

  private var manage: @Sendable (Grant) throws -> ManageLinks {
    let secrets = books.parts.secrets
    return { grant in ManageLinks(secrets: secrets, by: try grant.actor(through: .web), now: grant.now) }
  }

  /// The page shows the link once; it isn't a redirect, because nobody can show it again.
  private func create(_ asked: Asked) async throws -> Response {
    let fields = try await asked.fields()
    guard let shop = asked.shop?.stored.shop else { throw Problem.notFound }
    let expiresAt = try LinkExpiry.moment(fields["expires"], now: asked.now)
    let manage = manage
    do {
      let made = try await books.change(shop.id, asked) { transaction, grant in
        try manage(grant).create(shop.id, expiresAt: expiresAt, in: transaction)
      }
      let address = asked.address(of: "/l/\(made.secret.text)/", books.options)
      var page = try await page(asked)
      page.new = LinksPage.New(
        address: address,
        picture: QRCode.picture(
          of: address, label: Wording(en: "QR code of the link", zh: "链接的二维码")(asked.language)))
      return .html(page.render())
    } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      var page = try await page(asked)
      page.problem = PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language))
      return .html(page.render(), status: problem.status)
    }
  }

  private func revoke(_ asked: Asked) async throws -> Response {
    guard let shop = asked.shop?.stored.shop.id, let number = Int(asked["link"]) else {
      throw Problem.notFound
    }
    let fields = try await asked.fields()
    let manage = manage
    _ = try await books.change(shop, asked) { transaction, grant in
      try manage(grant).revoke(number, of: shop, in: transaction)
    }
    return .afterRevoking(fields, else: "\(asked.base)links")
  }

  private static let listed = 100

  private func history(_ asked: Asked) async throws -> Response {
    guard let found = asked.shop else { throw Problem.notFound }
    let shop = found.stored.shop
    let before = try asked.query().integer("before")
    let (entries, runs, deciding) = try await books.readAtLength { reading in
      (
        try ReadHistory().page(of: shop.id, before: before, limit: Self.listed, in: reading),
        try reading.runs(of: shop.id) { _, _ in true },
        try reading.zone(of: shop)
      )
    }
    let page = HistoryPage(
      frame: PageFrame(asked), shop: shop, zone: books.shopZones.shown(deciding), now: asked.now,
      entries: entries,
      before: entries.last.flatMap { $0.event.number > 1 ? $0.event.number : nil },
      head: before == nil ? entries.first?.hash : nil,
      names: HistoryText.Names(
        item: { number, item in runs.first { $0.number == number }?[item]?.definition.title },
        checklist: { id in runs.last { $0.checklist == id }?.definition.checklist.title }))
    return .html(page.render())
  }

  private func delete(_ asked: Asked) async throws -> Response {
    guard let shop = asked.shop?.stored.shop.id else { throw Problem.notFound }
    let sha256 = asked["sha256"].lowercased()
    _ = try await books.change(shop, asked) { transaction, grant in
      try DeleteFile(by: try grant.actor(through: .web), now: grant.now)(sha256, of: shop, in: transaction)
    }
    return .see("\(asked.base)?did=file")
  }
}

/// When a link or a token ends, as people say it: `30d`.
enum LinkExpiry {
  static func moment(_ text: String?, now: Moment) throws(Problem) -> Moment? {
    guard let text else { return nil }
    let deadline: Deadline
    do throws(DeadlineParsingError) { deadline = try Deadline(parsing: text) } catch {
      throw .invalid("expires", error.wording)
    }
    guard !deadline.before, deadline.unit != .workdays else {
      throw .invalid("expires", Wording(en: "counts on from now, such as 30d", zh: "从现在起算，如 30d"))
    }
    return deadline.dueAt(from: now, in: .utc, calendar: nil).moment
  }
}

extension Asked {
  /// What somebody outside types to come to a path.
  func address(of path: String, _ options: WebOptions) -> String {
    if let base = options.publicURL { return base + path }
    return "\(isSecure ? "https" : "http")://\(host)\(path)"
  }
}

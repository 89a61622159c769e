import Domain
import Hummingbird
import Operations

/// All links and tokens that work, for admins.
struct CredentialRoutes: Sendable {
  let books: Books

  var routes: [Route] {
    [Route(.get, "/credentials", .page, .admin, page)]
  }

  private func page(_ asked: Asked) async throws -> Response {
    let query = try asked.query()
    let times = PageTimes(language: asked.language, zone: books.parts.zone, now: asked.now)
    do {
      let part = try await LivePart.read(
        books, by: query["by"], after: query["after"], limit: 200, at: asked.now)
      // They stand on the first page alone.
      let tokens = query["after"] == nil ? part.tokens : []
      let page = CredentialsPage(
        frame: PageFrame(asked), times: times, by: query["by"], tokens: tokens, links: part.links,
        linkCount: part.linkCount, next: part.next)
      return .html(page.render())
    } catch {
      let problem = Gate.problem(error)
      if problem.status.kind == .serverError { throw error }
      let page = CredentialsPage(
        frame: PageFrame(asked), times: times, by: query["by"], tokens: [], links: [], linkCount: 0,
        next: nil,
        problem: PageProblem(title: problem.title(asked.language), detail: problem.detail(asked.language)))
      return .html(page.render(), status: problem.status)
    }
  }
}

/// A part of the live links, and all live tokens.
struct LivePart: Sendable {
  let links: [ShopLink]
  let tokens: [AccessToken]
  /// How many links there are.
  let linkCount: Int
  /// Where the links go on; nil where they don't.
  let next: String?

  /// Throws a problem for a cursor that no part gave and for somebody unknown, or a `StoreError`.
  static func read(
    _ books: Books, by: String?, after: String?, limit: Int, at now: Moment
  ) async throws -> LivePart {
    let start = try after.map { text throws(Problem) -> (maker: String, shop: String, number: Int) in
      let parts = try Cursor.parts(text, count: 3)
      guard let number = Int(parts[2]) else { throw Page.badCursor }
      return (parts[0], parts[1], number)
    }
    let live: LiveCredentials
    do {
      live = try await books.readAtLength { try ReadCredentials(now: now)(of: by, in: $0) }
    } catch let refusal as AccessRefusal { throw Problem.invalid("by", Problem(refusal).detail) }
    let rest = live.links.drop { link in
      start.map { (Actor.folded(link.maker), link.shop.rawValue, link.number) <= $0 } ?? false
    }
    let links = Array(rest.prefix(limit))
    let next = links.count < rest.count ? links.last : nil
    return LivePart(
      links: links, tokens: live.tokens, linkCount: live.links.count,
      next: next.map { Cursor.text([Actor.folded($0.maker), $0.shop.rawValue, String($0.number)]) })
  }
}

extension Response {
  /// Where a revocation leads: to the list of all that works where it came from there.
  static func afterRevoking(_ fields: Fields, else path: String) -> Response {
    guard fields["back"] == NavigationPlace.credentials.rawValue else { return .see(path) }
    return .see(PageQuery([("by", fields["by"])]).address("/credentials"))
  }
}

import Domain
import Formats
import Hummingbird
import Operations

/// All links and tokens that work, for admins.
struct CredentialRoutes: Sendable {
  let services: WebServices

  var routes: [Route] {
    [Route(.get, "/credentials", .page, .admin, page)]
  }

  private func page(_ request: WebRequest) async throws -> Response {
    let query = try request.query()
    let times = PageTimes(language: request.language, zone: services.readersZone(request), now: request.now)
    do {
      let part = try await ActiveCredentials.read(
        services, by: query["by"], after: query["after"], limit: 200, at: request.now)
      // They stand on the first page alone.
      let tokens = query["after"] == nil ? part.tokens : []
      let page = CredentialsPage(
        frame: PageFrame(request), times: times, by: query["by"], tokens: tokens, links: part.links,
        linkCount: part.linkCount, next: part.next)
      return .html(page.render())
    } catch {
      let problem = RequestPipeline.problem(error)
      if problem.status.kind == .serverError { throw error }
      let page = CredentialsPage(
        frame: PageFrame(request), times: times, by: query["by"], tokens: [], links: [], linkCount: 0,
        next: nil,
        problem: PageProblem(title: problem.title(request.language), detail: problem.detail(request.language))
      )
      return .html(page.render(), status: problem.status)
    }
  }
}

/// A part of the live links, and all live tokens.
struct ActiveCredentials: Sendable {
  let links: [ShopLink]
  let tokens: [AccessToken]
  /// How many links there are.
  let linkCount: Int
  /// Where the links go on; nil where they don't.
  let next: String?

  /// Throws a problem for a cursor that no part gave and for somebody unknown, or a `StoreError`.
  static func read(
    _ services: WebServices, by: String?, after: String?, limit: Int, at now: Moment
  ) async throws -> ActiveCredentials {
    let start = try after.map { text throws(Problem) in try LivePosition(cursor: text) }
    let live: LiveCredentials
    do {
      live = try await services.readInBackground { try ReadCredentials(now: now)(of: by, in: $0) }
    } catch let refusal as AccessRefusal { throw Problem.invalid("by", Problem(refusal).detail) }
    let rest = live.links.drop { link in
      start.map { !$0.isBefore(LivePosition(link)) } ?? false
    }
    let links = Array(rest.prefix(limit))
    let next = links.count < rest.count ? links.last : nil
    return ActiveCredentials(
      links: links, tokens: live.tokens, linkCount: live.links.count,
      next: next.map { LivePosition($0).cursor })
  }
}

/// A link's place among all that work.
private struct LivePosition {
  /// As names are compared.
  private let maker: String
  private let shop: String
  private let number: Int

  init(_ link: ShopLink) {
    (maker, shop, number) = (Actor.folded(link.maker), link.shop.rawValue, link.number)
  }

  /// Throws a problem for what no page gave.
  init(cursor text: String) throws(Problem) {
    do throws(CursorError) {
      let parts = try Cursor.parts(text, count: 3)
      (maker, shop) = (parts[0], parts[2])
      number = Int(try Cursor.integer(parts[1], in: 0...999_999_999))
    } catch { throw Problem(error) }
  }

  var cursor: String { Cursor.text([maker, "\(number)", shop]) }

  func isBefore(_ other: LivePosition) -> Bool {
    (maker, shop, number) < (other.maker, other.shop, other.number)
  }
}

extension Response {
  /// Where a revocation leads: to the list of all that works where it came from there.
  static func afterRevoking(_ fields: FormFields, else path: String) -> Response {
    guard fields["back"] == NavigationPlace.credentials.rawValue else { return .see(path) }
    return .see(PageQuery([("by", fields["by"])]).address("/credentials"))
  }
}

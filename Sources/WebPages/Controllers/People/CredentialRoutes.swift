import Domain
import Formats
import Hummingbird
import Operations
import WebCore

/// All usable links and tokens, for admins.
struct CredentialRoutes: Sendable {
  let services: WebServices

  var routes: [Route] {
    [Route(.get, "/credentials", .page, .admin, page)]
  }

  private func page(_ request: WebRequest) async throws -> Response {
    let query = try request.query()
    let times = PageTimes(language: request.language, zone: services.readersZone(request), now: request.now)
    do {
      let part = try await CredentialPart.read(
        services, by: query["by"], after: query["after"], limit: 200, at: request.now)
      // Tokens are only on the first page.
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

extension Response {
  /// Where to redirect after a revocation: back to the list of all credentials if it came from there.
  static func afterRevoking(_ fields: FormFields, else path: String) -> Response {
    guard fields["back"] == NavigationPlace.credentials.rawValue else { return .see(path) }
    return .see(PageQuery([("by", fields["by"])]).address("/credentials"))
  }
}

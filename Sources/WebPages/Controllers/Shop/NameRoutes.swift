import Domain
import Hummingbird
import Operations
import WebCore

/// Takes the name that a link's user enters, once.
struct NameRoutes: Sendable {
  let page: ShopPageRoute

  var routes: [Route] {
    [
      Route(.get, "/l/{secret}/name", .page, .shop(.see)) { request in
        .html(try await page.namePage(request, name: request.principal.name))
      },
      Route(.post, "/l/{secret}/name", .form, .shop(.see)) { request in
        let fields = try await request.fields(upTo: 8 << 10)
        do {
          let name = try fields.required("name")
          let author = try Author(name: name, login: "link", channel: .link)
          let cookie = CookieName.name.setting(
            author.name, path: String(request.base.dropLast()), seconds: 400 * 86_400,
            isSecure: request.isSecure)
          return Response.see(request.base).with(.setCookie, cookie)
        } catch {
          let problem = RequestPipeline.problem(error)
          if problem.status.kind == .serverError { throw error }
          return .html(
            try await page.namePage(request, name: fields["name"], problem: problem), status: problem.status)
        }
      },
    ]
  }
}

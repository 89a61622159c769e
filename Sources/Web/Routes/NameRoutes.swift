import Domain
import Hummingbird
import Operations

/// Who opened a link says a name, once.
struct NameRoutes: Sendable {
  let page: ShopPageRoute

  var routes: [Route] {
    [
      Route(.get, "/l/{secret}/name", .page, .shop(.see)) { asked in
        .html(try page.namePage(asked, name: asked.principal.name))
      },
      Route(.post, "/l/{secret}/name", .form, .shop(.see)) { asked in
        let fields = try await asked.fields(upTo: 8 << 10)
        do {
          let name = try fields.required("name")
          let actor = try Actor(name: name, login: "link", channel: .link)
          let cookie = Cookie.name.setting(
            actor.name, path: String(asked.base.dropLast()), seconds: 400 * 86_400, isSecure: asked.isSecure)
          return Response.see(asked.base).with(.setCookie, cookie)
        } catch {
          let problem = Gate.problem(error)
          if problem.status.kind == .serverError { throw error }
          return .html(
            try page.namePage(asked, name: fields["name"], problem: problem), status: problem.status)
        }
      },
    ]
  }
}

import Domain
import Formats
import Operations
import Reports
import WebCore

extension PageViewer {
  init(_ principal: Principal) {
    let kind: Kind =
      switch principal {
      case .nobody, .token: .nobody
      case .local: .admin
      case .user(let user, _):
        switch user.role {
        case .merchant: .merchant
        case .lead: .lead
        case .admin: .admin
        }
      case .link: .link
      }
    let isUser = if case .user = principal { true } else { false }
    // If several people share a device, each has a queue of ticks of their own.
    self.init(kind: kind, name: principal.name, key: principal.queueOwner, canSignOut: isUser)
    if case .link(let link, _) = principal {
      linkMaker = link.maker
      self.link = link.number
    }
  }
}

extension PageFrame {
  init(_ request: WebRequest) {
    let isForm = request.http.method != .get
    let base = isForm && request.shop != nil ? request.base : ""
    self.init(
      language: request.language, viewer: PageViewer(request.principal), assets: WebAssets.paths,
      path: isForm ? (base.isEmpty ? "/" : base) : request.http.uri.description, base: base)
  }
}

package struct WebErrorPages: ErrorPages {
  package init() {}

  package func page(
    _ problem: Problem, _ language: Language, _ principal: Principal, path: String, id: String
  )
    -> HTML
  {
    let frame = PageFrame(
      language: language, viewer: PageViewer(principal), assets: WebAssets.paths, path: path)
    return ErrorPage(
      frame: frame, status: problem.status.code, title: problem.title(language),
      detail: problem.detail(language),
      request: problem.status.kind == .serverError ? id : nil
    ).render()
  }
}

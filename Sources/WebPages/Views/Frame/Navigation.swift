import Domain
import Formats
import Reports
import Synchronization
import WebCore

/// Pages in the header's navigation.
enum NavigationPlace: String, Sendable, CaseIterable {
  case shops
  case overdue
  case switches
  case matrix
  case charts
  case checklists
  case users
  case tokens
  case credentials
  case log

  var wording: Wording {
    switch self {
    case .shops: Wording(en: "Shops", zh: "店铺")
    case .overdue: Wording(en: "Overdue", zh: "逾期")
    case .switches: Wording(en: "Switches", zh: "换绑")
    case .matrix: Wording(en: "Matrix", zh: "总表")
    case .charts: Wording(en: "Charts", zh: "图表")
    case .checklists: Wording(en: "Checklists", zh: "清单")
    case .users: Wording(en: "Users", zh: "用户")
    case .tokens: Wording(en: "Tokens", zh: "令牌")
    case .credentials: Wording(en: "Credentials", zh: "访问凭据")
    case .log: Wording(en: "Log", zh: "日志")
    }
  }

  /// The pages available for a kind of viewer. Merchants only have their shops, and people with a link only
  /// one page.
  static func all(for kind: PageViewer.Kind) -> [NavigationPlace] {
    switch kind {
    case .nobody, .link, .merchant: []
    case .lead: [.shops, .overdue, .switches, .matrix, .charts, .checklists]
    case .admin: allCases
    }
  }
}

extension PageFrame {
  private struct Variant: Hashable {
    let kind: PageViewer.Kind
    let language: Language
    let current: NavigationPlace?
  }

  /// Rendered navigation, which thousands of pages share.
  private static let made = Mutex<[Variant: HTML]>([:])

  func navigation(_ current: NavigationPlace?) -> HTML {
    let variant = Variant(kind: viewer.kind, language: language, current: current)
    if let made = Self.made.withLock({ $0[variant] }) { return made }
    let navigation = makeNavigation(current)
    Self.made.withLock { $0[variant] = navigation }
    return navigation
  }

  private func makeNavigation(_ current: NavigationPlace?) -> HTML {
    let places = NavigationPlace.all(for: viewer.kind)
    guard !places.isEmpty else { return .empty }
    let links = places.map { place -> HTML in
      let mark: HTML = place == current ? #" aria-current="page""# : ""
      return #"<li><a href="/\#(place.rawValue)"\#(mark)>\#(self(place.wording))</a></li>"#
    }
    return """
      <nav aria-label="\(say("Main", "主导航"))"><ul class="plain">\(links)</ul></nav>

      """
  }
}

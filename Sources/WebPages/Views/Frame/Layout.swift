import Domain
import Formats
import Reports
import WebCore

/// The person who sees a page, as far as it matters to the page.
struct PageViewer: Sendable, Hashable {
  /// What determines the person's permissions.
  enum Kind: Sendable, Hashable {
    /// Nobody has signed in.
    case nobody
    /// Somebody with a shop's link.
    case link
    case merchant
    case lead
    case admin
  }

  let kind: Kind
  /// The author name of their changes.
  let name: String?
  /// Distinguishes, on one device, whose ticks are queued while offline; nil if they can't change anything.
  let key: String?
  /// Whether there is a session to end.
  let canSignOut: Bool
  /// Who made the link in use; nil without one.
  var linkMaker: String?
  /// The number of the link in use, in its shop.
  var link: Int?

  static let nobody = PageViewer(kind: .nobody, name: nil, key: nil, canSignOut: false)

  var isLead: Bool { kind == .lead || kind == .admin }
}

/// What surrounds every page's content.
struct PageFrame: Sendable {
  /// How much of a wide screen a page uses.
  enum Width: String, Sendable {
    case text = ""
    case columns = "mid"
    case full = "wide"
  }

  let language: Language
  let viewer: PageViewer
  let assets: AssetPaths
  /// The page's path and query, to return to.
  let path: String
  /// The base of relative links on a shop's page: empty if the page is at its own path, and that path if it
  /// responds to a refused form.
  var base = ""

  func callAsFunction(_ wording: Wording) -> String { wording(language) }

  func say(_ en: String, _ zh: String) -> String { language == .chinese ? zh : en }

  /// The whole document.
  ///
  /// - Parameter live: the path of its server-sent events; nil if it has none.
  /// - Parameter page: its own path, since it may respond to a form sent elsewhere.
  func page(
    title: String, at place: NavigationPlace? = nil, width: Width = .text, live: String? = nil,
    page: String? = nil, _ main: HTML
  ) -> HTML {
    let isLink = viewer.kind == .link
    let who: HTML = viewer.key.map { #" data-who="\#($0)""# } ?? ""
    let style: HTML = width == .text ? "" : #" class="\#(width.rawValue)""#
    let own: HTML = page.map { #" data-page="\#($0)""# } ?? ""
    let news: HTML = live.map { #" data-live="\#($0)"\#(own)"# } ?? ""
    return """
      <!doctype html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
      <meta name="theme-color" content="#181d23" media="(prefers-color-scheme: dark)">
      <title>\(title) · \(product)</title>
      <link rel="stylesheet" href="\(assets.style)">
      <script src="\(assets.script)" type="module" data-digest="\(assets.digest)"></script>
      <link rel="icon" href="\(assets.icon)" type="image/svg+xml">
      <link rel="apple-touch-icon" href="\(assets.touchIcon)">
      <link rel="manifest" href="\(isLink ? base : "/")manifest.webmanifest">
      </head>
      <body\(who)>
      <a class="skip" href="#main">\(say("Skip to content", "跳到内容"))</a>
      <header class="bar">
      <a class="brand" href="\(isLink ? home : "/")">\(Self.logo)\(product)</a>
      \(navigation(place))\(menu)
      </header>
      <main id="main"\(style)\(news)>
      \(main)
      </main>
      </body>
      </html>

      """
  }

  /// The shop's page under its link.
  var home: String { base.isEmpty ? "./" : base }

  /// The product's name in the header and in titles.
  var product: String { say("switchlist", "换绑清单") }

  private var menu: HTML {
    let other: Language = language == .chinese ? .english : .chinese
    let switching: HTML = """
      <form method="post" action="/language"><input type="hidden" name="back" value="\(path)">\
      <button name="lang" value="\(other.rawValue)" lang="\(other == .chinese ? "zh-CN" : "en")">\
      \(other == .chinese ? "中文" : "English")</button></form>
      """
    guard let name = viewer.name else { return #"<div class="menu">\#(switching)</div>"# }
    let own: HTML =
      viewer.kind == .link
      ? #"<a href="\#(base)name">\#(say("Use another name", "换个名字"))</a>"#
      : #"<a href="/account">\#(say("Account", "账号"))</a>"#
    let leaving: HTML =
      viewer.canSignOut
      ? #"<form method="post" action="/sign-out"><button>\#(say("Sign out", "退出登录"))</button></form>"# : ""
    return """
      <details class="menu"><summary><span>\(typed: name)</span></summary>\
      <div>\(own)\(switching)\(leaving)</div></details>
      """
  }

  private static let logo: HTML = """
    <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#17693c"/>\
    <path d="M8 11h13l-3.5-3.5M24 21H11l3.5 3.5" fill="none" stroke="#fff" stroke-width="3" \
    stroke-linecap="round" stroke-linejoin="round"/></svg>
    """
}

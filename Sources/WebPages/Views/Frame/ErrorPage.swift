import Domain
import Formats
import Reports
import WebCore

/// Shown instead of a page if something went wrong.
struct ErrorPage: Sendable {
  let frame: PageFrame
  /// The HTTP status; nil without a network.
  let status: Int?
  let title: String
  let detail: String
  /// The request's id in the server's log; shown for internal errors.
  var request: String?

  /// For use without a network and a cached copy of the page.
  static func offline(_ frame: PageFrame) -> ErrorPage {
    ErrorPage(
      frame: frame, status: nil, title: frame.say("No network", "没有网络"),
      detail: frame.say(
        "A shop's page that you opened before can be opened without a network too. This one isn't kept here.",
        "打开过的店铺页面，没有网络也能看。这一页还没有存在这台设备上。"))
  }

  func render() -> HTML {
    let code: HTML = status.map { #"<p class="quiet">\#($0)</p>"# } ?? ""
    let detail =
      status == 401
      ? frame.say(
        "You aren't signed in any more, so nothing was changed. Sign in, and you come back to where you were.",
        "登录已过期，刚才的操作没有记下。请重新登录，登录后会回到刚才的页面。") : detail
    let requestNumber: HTML =
      request.map { request in
        """
        <p class="quiet">\(frame.say("If you report it, give this number: ", "报告问题时请带上编号："))\
        <code>\(request)</code></p>
        """
      } ?? ""
    // Somebody with only an expired link has nowhere to go from here.
    let isByLink = frame.viewer.kind == .nobody && frame.path.hasPrefix("/l/")
    let way: HTML =
      status == 401
      ? """
      <p><a class="button do" href="/sign-in?back=\(RequestPipeline.escaped(frame.path))" data-sign-in>\
      \(frame.say("Sign in, then back to where you were", "登录，然后回到刚才的页面"))</a></p>
      """
      : isByLink
        ? ""
        : status == nil
          ? "<p><button data-reload>\(frame.say("Try again", "再试一次"))</button></p>"
          : frame.viewer.kind == .link
            ? #"<p><a class="button" href="\#(frame.home)">\#(frame.say("Back to the shop", "回到店铺"))</a></p>"#
            : #"<p><a class="button" href="/">\#(frame.say("To the first page", "回到首页"))</a></p>"#
    return frame.page(
      title: title,
      """
      <section class="sheet alone">\(code)<h1>\(title)</h1><p>\(detail)</p>\(requestNumber)\(way)</section>
      """)
  }
}

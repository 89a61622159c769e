import Formats
import Reports
import WebCore

struct SignInPage: Sendable {
  let frame: PageFrame
  /// The path to redirect to after signing in.
  let back: String
  /// The name entered in the previous attempt.
  var name: String?
  /// Why the previous attempt failed; nil on the first.
  var problem: String?

  func render() -> HTML {
    let failed: HTML = problem.map { #"<div class="problem" role="alert"><p>\#($0)</p></div>"# } ?? ""
    let help = frame.say(
      "Forgot the password? An admin can set a new one. With a link to a shop you need no account: just open it.",
      "忘了密码，请管理员重设。收到的是店铺链接的，直接打开链接，不用登录。")
    return frame.page(
      title: frame.say("Sign in", "登录"),
      """
      <section class="sheet alone"><h1>\(frame.say("Sign in", "登录"))</h1>\(failed)
      <form method="post" action="/sign-in"><input type="hidden" name="back" value="\(back)">\
      <label>\(frame.say("Name", "名字"))<input name="name" value="\(name ?? "")" required maxlength="100" \
      autocomplete="username" autocapitalize="none"></label>\
      <label>\(frame.say("Password", "密码"))<input name="password" type="password" required \
      autocomplete="current-password"></label>\
      <button class="do big">\(frame.say("Sign in", "登录"))</button></form>\
      <p class="quiet">\(help)</p></section>
      """)
  }
}

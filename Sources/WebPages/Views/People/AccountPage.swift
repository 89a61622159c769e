import Domain
import Formats
import Operations
import Reports
import WebCore

/// The user's name, password, language and sessions.
struct AccountPage: Sendable {
  let frame: PageFrame
  /// Nil on a server without users.
  let user: User?
  /// The number of browsers in which the user is signed in.
  let sessions: Int
  var notice: PageNotice?
  var problem: PageProblem?

  func render() -> HTML {
    let title = frame.say("Account", "账号")
    var facts: [HTML] = frame.viewer.name.map { ["<li>\(typed: $0)</li>"] } ?? []
    if let user {
      facts.append("<li>\(frame(user.role.wording))</li>")
      if !user.teams.isEmpty {
        facts.append("<li>\(typed: user.teams.joined(separator: frame.say(", ", "、")))</li>")
      }
    }
    let isForced = user?.mustChangePassword ?? false
    let hint: HTML =
      isForced
      ? """
      <div class="notice warn" role="status">\
      \(frame.say("Somebody else knows this password. Choose your own before you go on.", "现在的密码别人也知道，请先换成自己的。"))</div>

      """ : ""
    return frame.page(
      title: title,
      """
      <h1>\(title)</h1><ul class="facts">\(facts)</ul>
      \(problem.map { $0.render(frame) } ?? "")\(notice.map { $0.render(frame) } ?? "")\(hint)\
      \(user == nil ? "" : password)\(language)\(user == nil ? "" : leaving)
      """)
  }

  private var password: HTML {
    """
    <section class="sheet"><h2>\(frame.say("Change the password", "改密码"))</h2>\
    <form method="post" action="/account/password">\
    \(frame.hiddenName)\
    \(frame.field(frame.say("Present password", "现在的密码"), "current", #"type="password" autocomplete="current-password" required"#))\
    \(frame.field(frame.say("New password", "新密码"), "password", hint: frame.say("at least 10 characters", "至少 10 个字"), #"type="password" autocomplete="new-password" minlength="10" required"#))\
    <button class="do">\(frame.say("Change it", "改密码"))</button></form></section>

    """
  }

  private var language: HTML {
    let buttons = Language.allCases.map { language -> HTML in
      let isChosen = language == frame.language
      let name = language == .chinese ? "中文" : "English"
      return """
        <button name="lang" value="\(language.rawValue)" lang="\(language == .chinese ? "zh-CN" : "en")" \
        aria-pressed="\(isChosen ? "true" : "false")">\(isChosen ? "✓ " : "")\(name)</button>
        """
    }
    return """
      <section class="sheet"><h2>\(frame.say("Language", "语言"))</h2>\
      <form method="post" action="/language" class="row">\(frame.hidden("back", "/account"))\(buttons)</form></section>

      """
  }

  private var leaving: HTML {
    let text = frame.say(
      sessions == 1 ? "You are signed in here alone." : "You are signed in in \(sessions) browsers.",
      sessions == 1 ? "只在这里登录着。" : "在 \(sessions) 个浏览器里登录着。")
    return """
      <section class="sheet"><h2>\(frame.say("Sessions", "登录"))</h2><p>\(text)</p>\
      <form method="post" action="/account/sessions/end">\
      <button class="bad">\(frame.say("Sign out everywhere", "在所有地方退出"))</button></form></section>
      """
  }
}

extension PageFrame {
  /// Tells password managers whose password it is.
  fileprivate var hiddenName: HTML {
    """
    <input hidden name="username" value="\(viewer.name ?? "")" autocomplete="username" readonly>
    """
  }
}

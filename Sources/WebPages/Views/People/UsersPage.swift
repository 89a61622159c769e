import Domain
import Formats
import Operations
import Reports
import WebCore

/// A secret that is shown only once.
struct ShownSecret: Sendable {
  /// What the secret is for.
  let about: String
  let secret: String

  func render(_ frame: PageFrame) -> HTML {
    """
    <div class="notice" role="status"><span>\(about) \(frame.say("It is shown only now:", "只显示这一次："))</span>\
    <code class="secret" id="secret">\(secret)</code>\
    <button data-copy="secret" hidden>\(frame.say("Copy", "复制"))</button></div>

    """
  }
}

struct UsersPage: Sendable {
  let frame: PageFrame
  /// Sorted by name.
  let users: [User]
  /// The numbers of usable links and tokens that each is responsible for, by `Author.folded` name.
  let live: [String: CredentialCount]
  var secret: ShownSecret?
  var notice: PageNotice?
  var problem: PageProblem?

  func render() -> HTML {
    let title = frame.say("Users", "用户")
    return frame.page(
      title: title, at: .users, width: .full,
      """
      <h1>\(title)</h1>
      <p><a href="/credentials">\(frame.say("All links and tokens that work, by who made them", "全部有效的链接和令牌，按创建人排列"))</a></p>
      \(problem.map { $0.render(frame) } ?? "")\(secret.map { $0.render(frame) } ?? "")\
      \(notice.map { $0.render(frame) } ?? "")\(list)\(adding)
      """)
  }

  private var list: HTML {
    guard !users.isEmpty else {
      return frame.nothing(
        frame.say(
          "There are no users: whoever sits at this machine may do everything.", "还没有用户：在这台电脑上的人什么都能做。"))
    }
    let columns: [PageTable.Column] = [
      .init(frame.say("Name", "名字")), .init(frame.say("Role", "角色")), .init(frame.say("Teams", "团队")),
      .init(frame.say("State", "状态")), .init(frame.say("Actions", "操作")),
    ]
    return PageTable(caption: frame.say("Users", "用户"), columns: columns, rows: users.map(row)).render()
  }

  private func row(_ user: User) -> HTML {
    let state: HTML =
      if user.isDisabled {
        #"<span class="quiet">\#(frame.say("disabled", "已停用"))</span>"#
      } else if user.mustChangePassword {
        "\(frame.say("has to choose a password", "须改密码"))"
      } else { "\(frame.say("active", "在用"))" }
    func form(_ action: String, _ button: String, _ style: HTML = "", _ more: HTML = "") -> HTML {
      """
      <form method="post" action="/users/\(action)">\(frame.hidden("name", user.name))\(more)\
      <button\(style)>\(button)</button></form>
      """
    }
    let live = live[Author.folded(user.name)] ?? CredentialCount()
    let bad: HTML = #" class="bad""#
    let switching: HTML =
      if user.isDisabled {
        form("enable", frame.say("Enable", "启用"))
          + (live.isEmpty
            ? .empty
            : form(
              "disable", frame.say("Revoke what they made", "收回其创建的"), bad, frame.hidden("revoke", "1")))
      } else { form("disable", frame.say("Disable", "停用"), bad, revoking(live)) }
    return PageTable.head("\(typed: user.name)")
      + PageTable.cell("\(frame(user.role.wording))", name: frame.say("Role", "角色"))
      + PageTable.cell(teams(user), name: frame.say("Teams", "团队"))
      + PageTable.cell("\(state)\(goingOn(user, live))")
      + PageTable.cell(
        #"<div class="row">\#(form("reset", frame.say("New password", "重设密码")))\#(switching)</div>"#)
  }

  private func revoking(_ live: CredentialCount) -> HTML {
    if live.isEmpty { return .empty }
    let text = frame.say(
      "and revoke what they made (\(live.wording.en))", "同时收回其创建的 \(live.wording.zh)")
    return
      #"<label class="check"><input type="checkbox" name="revoke" value="1"><span>\#(text)</span></label>"#
  }

  /// A user's usable links and tokens, with a warning for disabled users.
  private func goingOn(_ user: User, _ live: CredentialCount) -> HTML {
    if live.isEmpty { return .empty }
    let text =
      user.isDisabled
      ? frame.say(
        "made by them and still valid: \(live.wording.en)", "其创建的 \(live.wording.zh)仍然有效")
      : frame.say("made by them and valid: \(live.wording.en)", "创建了 \(live.wording.zh)，现在有效")
    let style: HTML = user.isDisabled ? #" class="soon""# : ""
    return
      #"<br><small\#(style)><a href="/credentials?by=\#(RequestPipeline.escaped(user.name))">\#(text)</a></small>"#
  }

  private func teams(_ user: User) -> HTML {
    user.teams.isEmpty ? "" : "\(typed: user.teams.joined(separator: frame.say(", ", "、")))"
  }

  private var adding: HTML {
    let roles = Role.allCases.map {
      (value: $0.rawValue, text: frame($0.wording) + frame.say(": ", "：") + frame($0.about))
    }
    return """
      <section class="sheet"><h2>\(frame.say("Add a user", "添加用户"))</h2><form method="post" action="/users">\
      \(frame.field(frame.say("Name", "名字"), "name", #"required maxlength="100" autocomplete="off""#))\
      \(frame.choice(frame.say("Role", "角色"), "role", roles))\
      \(frame.field(frame.say("Teams", "团队"), "teams", hint: frame.say("that a lead leads, separated by ;", "主管管哪些团队，用 ; 隔开")))\
      <button class="do">\(frame.say("Add, and make a password", "添加，并生成密码"))</button></form></section>
      """
  }
}

extension Role {
  /// What the role permits.
  fileprivate var about: Wording {
    switch self {
    case .merchant: Wording(en: "the shops that they own", zh: "自己的店铺")
    case .lead: Wording(en: "the shops of their teams", zh: "自己团队的店铺")
    case .admin: Wording(en: "everything", zh: "全部")
    }
  }
}

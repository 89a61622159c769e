import Domain
import Formats
import Operations
import Reports
import WebCore

struct TokensPage: Sendable {
  let frame: PageFrame
  let times: PageTimes
  /// Sorted by number.
  let tokens: [AccessToken]
  var secret: ShownSecret?
  var problem: PageProblem?

  func render() -> HTML {
    let title = frame.say("Tokens", "令牌")
    return frame.page(
      title: title, at: .tokens, width: .full,
      """
      <h1>\(title)</h1>
      <p>\(frame.say("Keys for scripts. How they are used: ", "给程序用的钥匙。用法见 "))<a href="/api">API</a></p>
      <p><a href="/credentials">\(frame.say("All links and tokens that work, by who made them", "全部有效的链接和令牌，按创建人排列"))</a></p>
      \(problem.map { $0.render(frame) } ?? "")\(secret.map { $0.render(frame) } ?? "")\(list)\(making)
      """)
  }

  private var list: HTML {
    guard !tokens.isEmpty else { return .empty }
    let columns: [PageTable.Column] = [
      .init(frame.say("Name", "名字")), .init(frame.say("May", "能做什么")), .init(frame.say("Teams", "团队")),
      .init(frame.say("Made by", "谁做的")), .init(frame.say("Ends", "到期")),
      .init(frame.say("Last used", "最近使用")), .unseen(frame.say("Revoke", "收回")),
    ]
    let table = PageTable(caption: frame.say("Tokens", "令牌"), columns: columns, rows: tokens.map(row))
    return "\(times.note)\n\(table.render())"
  }

  private func row(_ token: AccessToken) -> HTML {
    let teams: HTML =
      token.teams.isEmpty
      ? "\(frame.say("all", "全部"))" : "\(typed: token.teams.joined(separator: frame.say(", ", "、")))"
    let end: HTML =
      if token.revokedAt != nil {
        #"<span class="quiet">\#(frame.say("revoked", "已收回"))</span>"#
      } else if token.expiresAt <= times.now {
        #"<span class="quiet">\#(frame.say("has ended", "已到期"))</span>"#
      } else { times.time(token.expiresAt) }
    let isOpen = token.revokedAt == nil && token.expiresAt > times.now
    let revoking: HTML =
      isOpen
      ? """
      <form method="post" action="/tokens/\(token.number)/revoke">\
      <button class="bad">\(frame.say("Revoke", "收回"))</button></form>
      """ : ""
    return PageTable.head("\(typed: token.name) <small>\(token.number)</small>")
      + PageTable.cell(
        "\(token.scopes.map(\.rawValue).joined(separator: ", "))", name: frame.say("May", "能做什么"))
      + PageTable.cell(teams, name: frame.say("Teams", "团队"))
      + PageTable.cell(
        "\(typed: frame(MadeBy.wording(token.createdBy, maker: token.maker)))",
        name: frame.say("Made by", "谁做的"))
      + PageTable.cell(end, name: frame.say("Ends", "到期"))
      + PageTable.cell(times.lastUse(token.lastUsedAt), name: frame.say("Last used", "最近使用"))
      + PageTable.cell(revoking)
  }

  private var making: HTML {
    let spans = [30, 90, 365].map { days in
      (value: "\(days)d", text: frame.say("\(days) days", "\(days) 天"))
    }
    let scopes = TokenScope.allCases.map { scope -> HTML in
      """
      <label class="check"><input type="checkbox" name="scope" value="\(scope.rawValue)">\
      <span>\(frame(scope.about)) <small>\(scope.rawValue)</small></span></label>
      """
    }
    return """
      <section class="sheet"><h2>\(frame.say("A new token", "新的令牌"))</h2><form method="post" action="/tokens">\
      <div class="row">\(frame.field(frame.say("Name", "名字"), "name", #"required maxlength="100" autocomplete="off""#))\
      \(frame.choice(frame.say("It works for", "有效期"), "expires", spans, chosen: "90d"))</div>\
      <fieldset><legend>\(frame.say("It may", "能做什么"))</legend>\(scopes)</fieldset>\
      \(frame.field(frame.say("Teams", "团队"), "teams", hint: frame.say("separated by ;, empty for all", "用 ; 隔开，空着是全部")))\
      <button class="do">\(frame.say("Make a token", "生成令牌"))</button></form></section>
      """
  }
}

extension TokenScope {
  fileprivate var about: Wording {
    switch self {
    case .read: Wording(en: "read", zh: "查看")
    case .change: Wording(en: "do what merchants do", zh: "做商家能做的事")
    case .lead: Wording(en: "do what leads do", zh: "做主管能做的事")
    case .admin: Wording(en: "change users and tokens, and the whole store", zh: "管理用户、令牌和整个存储")
    case .metrics: Wording(en: "read the figures for monitoring", zh: "查看监控数字")
    }
  }
}

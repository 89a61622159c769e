import Domain
import Formats
import Operations
import Reports
import WebCore

/// Sign-ins and changes of users and tokens, latest first.
struct AccessLogPage: Sendable {
  let frame: PageFrame
  let times: PageTimes
  let events: [AuditEvent]
  /// The number below which older entries continue; nil if there are none.
  var before: String?

  func render() -> HTML {
    let title = frame.say("Log", "日志")
    let columns: [PageTable.Column] = [
      .init(frame.say("Time", "时间")), .init(frame.say("What", "什么事")), .init(frame.say("About", "关于")),
      .init(frame.say("By", "谁做的")), .init(frame.say("From", "来自")),
    ]
    let rows = events.map { event -> HTML in
      PageTable.cell(times.time(event.at)) + PageTable.cell(what(event))
        + PageTable.cell("\(typed: event.subject)", name: frame.say("About", "关于"))
        + PageTable.cell("\(typed: event.by)", name: frame.say("By", "谁做的"))
        + PageTable.cell(
          "\(event.address ?? frame.say("command line", "命令行"))", name: frame.say("From", "来自"))
    }
    let older: HTML =
      before.map { cursor in
        """
        <nav class="pages" aria-label="\(frame.say("Pages", "翻页"))">\
        <a class="button" href="?before=\(cursor)">\(frame.say("Older", "更早的"))</a></nav>
        """
      } ?? ""
    let list =
      rows.isEmpty
      ? frame.nothing(frame.say("Nothing yet.", "还没有记录。"))
      : PageTable(caption: title, columns: columns, rows: rows).render()
    return frame.page(
      title: title, at: .log, width: .full, "<h1>\(title)</h1>\n\(times.note)\n\(list)\(older)")
  }

  /// What happened, with the number of attempts if an entry stands for several.
  private func what(_ event: AuditEvent) -> HTML {
    let attempts: HTML = event.attempts == 1 ? "" : " × \(event.attempts)"
    return "\(frame(event.kind.wording))\(attempts)"
  }
}

extension AuditEvent.Kind {
  fileprivate var wording: Wording {
    switch self {
    case .signedIn: Wording(en: "signed in", zh: "登录")
    case .signInRefused: Wording(en: "sign-in refused", zh: "登录被拒绝")
    case .signInThrottled: Wording(en: "sign-in slowed down", zh: "登录太频繁")
    case .signedOut: Wording(en: "signed out", zh: "退出登录")
    case .sessionsEnded: Wording(en: "signed out everywhere", zh: "在所有地方退出")
    case .passwordChanged: Wording(en: "password changed", zh: "改了密码")
    case .userAdded: Wording(en: "user added", zh: "添加用户")
    case .userDisabled: Wording(en: "user disabled", zh: "停用用户")
    case .userEnabled: Wording(en: "user enabled", zh: "启用用户")
    case .userReset: Wording(en: "password reset", zh: "重设密码")
    case .userChanged: Wording(en: "user changed", zh: "修改用户")
    case .tokenCreated: Wording(en: "token made", zh: "生成令牌")
    case .tokenRevoked: Wording(en: "token revoked", zh: "收回令牌")
    }
  }
}

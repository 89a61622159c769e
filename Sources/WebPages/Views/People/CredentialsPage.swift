import Domain
import Formats
import Operations
import Reports
import WebCore

/// All usable links and tokens, by the person responsible.
struct CredentialsPage: Sendable {
  let frame: PageFrame
  let times: PageTimes
  /// Whose they are; nil: everybody's.
  let by: String?
  let tokens: [AccessToken]
  /// One page of them.
  let links: [ShopLink]
  /// The total number of links.
  let linkCount: Int
  /// The next page's cursor.
  let next: String?
  var problem: PageProblem?

  func render() -> HTML {
    let title = frame.say("Links and tokens that work", "有效的链接和令牌")
    let nobody =
      tokens.isEmpty && links.isEmpty && problem == nil
      ? frame.nothing(frame.say("There are none here.", "这里没有。")) : HTML.empty
    return frame.page(
      title: title, at: .credentials, width: .full,
      """
      <h1>\(title)</h1>
      <p>\(frame.say("Each opens something without a password until it ends or is revoked. Revoke what nobody uses.", "在到期或收回之前，拿着它们不用密码就能进来。没有人用的请收回。"))</p>
      \(problem.map { $0.render(frame) } ?? "")\(whose)\(nobody)\(note)\(tokenList)\(linkList)\(more)
      """)
  }

  private var note: HTML { tokens.isEmpty && links.isEmpty ? .empty : "\(times.note)\n" }

  private var whose: HTML {
    guard let by else { return .empty }
    return """
      <p>\(frame.say("Only made by ", "只看创建人："))\(typed: by) · <a href="/credentials">\(frame.say("show all", "查看全部"))</a></p>

      """
  }

  private var tokenList: HTML {
    if tokens.isEmpty { return .empty }
    let rows = tokens.map { token -> HTML in
      let scopes = token.scopes.map(\.rawValue).joined(separator: ", ")
      return maker(token.createdBy, token.maker)
        + PageTable.cell(
          "\(typed: token.name) <small>\(token.number)</small>", name: frame.say("Token", "令牌"))
        + PageTable.cell("\(scopes)", name: frame.say("May", "能做什么"))
        + standing(token.expiresAt, token.lastUsedAt)
        + PageTable.cell(revoking("/tokens/\(token.number)/revoke"))
    }
    let title = frame.say("Tokens", "令牌")
    let list = PageTable(
      caption: title,
      columns: columns(.init(frame.say("Token", "令牌")), .init(frame.say("May", "能做什么"))), rows: rows)
    return "<h2>\(title)</h2>\n\(list.render())"
  }

  private var linkList: HTML {
    if links.isEmpty { return .empty }
    let rows = links.map { link -> HTML in
      maker(link.createdBy, link.maker)
        + PageTable.cell(frame.shopLink(link.shop.rawValue, nil), name: frame.say("Shop", "店铺"))
        + PageTable.cell("\(link.number)", name: frame.say("Link", "链接"))
        + standing(link.expiresAt, link.lastUsedAt)
        + PageTable.cell(
          revoking("/shops/\(RequestPipeline.escaped(link.shop.rawValue))/links/\(link.number)/revoke"))
    }
    let title = frame.say("Links: \(linkCount)", "链接：\(linkCount) 个")
    let list = PageTable(
      caption: title, columns: columns(.init(frame.say("Shop", "店铺")), .init(frame.say("Link", "链接"))),
      rows: rows)
    return "<h2>\(title)</h2>\n\(list.render())"
  }

  private func columns(_ what: PageTable.Column...) -> [PageTable.Column] {
    [.init(frame.say("Made by", "谁做的"))] + what + [
      .init(frame.say("Ends", "到期")), .init(frame.say("Last used", "最近使用")),
      .unseen(frame.say("Revoke", "收回")),
    ]
  }

  private func maker(_ createdBy: String, _ maker: String) -> HTML {
    let words = frame(MadeBy.wording(createdBy, maker: maker))
    return PageTable.head(
      #"<a href="/credentials?by=\#(RequestPipeline.escaped(maker))">\#(typed: words)</a>"#)
  }

  private func standing(_ expiresAt: Moment, _ lastUsedAt: Moment?) -> HTML {
    PageTable.cell(times.time(expiresAt), name: frame.say("Ends", "到期"))
      + PageTable.cell(times.lastUse(lastUsedAt), name: frame.say("Last used", "最近使用"))
  }

  private func revoking(_ action: String) -> HTML {
    """
    <form method="post" action="\(action)">\(frame.hidden("back", "credentials"))\
    \(by.map { frame.hidden("by", $0) } ?? "")<button class="bad">\(frame.say("Revoke", "收回"))</button></form>
    """
  }

  private var more: HTML {
    guard let next else { return .empty }
    let query = PageQuery([("by", by), ("after", next)]).address("/credentials")
    return """
      <nav class="pages" aria-label="\(frame.say("Pages", "翻页"))">\
      <a class="button" href="\(query)">\(frame.say("More links", "更多链接"))</a></nav>
      """
  }
}

extension PageTimes {
  /// When a link or token was last used, if noted.
  func lastUse(_ moment: Moment?) -> HTML {
    moment.map(time) ?? #"<span class="quiet">\#(language == .chinese ? "没有记录" : "none noted")</span>"#
  }
}

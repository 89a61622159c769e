import Domain
import Formats
import Operations
import Reports
import WebCore

/// A shop's links, and a form for a new one.
struct LinksPage: Sendable {
  /// A link that has just been made, the only time that its URL is shown.
  struct New: Sendable {
    let address: String
    /// Its QR code; nil if it can't be drawn.
    let picture: HTML?
  }

  let frame: PageFrame
  let shop: Shop
  let times: PageTimes
  let links: [ShopLink]
  var new: New?
  var problem: PageProblem?

  func render() -> HTML {
    let title = frame.say("Links", "分享链接")
    return frame.page(
      title: title, at: .shops,
      """
      <p><a href="\(frame.base)./">\(typed: shop.name ?? shop.id.rawValue)</a></p><h1>\(title)</h1>
      \(problem.map { $0.render(frame) } ?? "")\(made)\(making)\(list)
      """)
  }

  private var made: HTML {
    guard let new else { return .empty }
    return """
      <section class="sheet"><div class="notice" role="status">\
      \(frame.say("This is the link. It is shown only now.", "链接做好了，只显示这一次。"))</div>\
      <p><code class="secret" id="new">\(new.address)</code></p>\
      <p><button data-copy="new" hidden>\(frame.say("Copy the link", "复制链接"))</button></p>\(new.picture ?? "")</section>

      """
  }

  private var making: HTML {
    let spans = [7, 30, 90, 365].map { days in
      (value: "\(days)d", text: frame.say("\(days) days", "\(days) 天"))
    }
    return """
      <section class="sheet"><h2>\(frame.say("A new link", "新的链接"))</h2>\
      <p>\(frame.say("Whoever opens it needs no account, gives a name, and sees and does what is to be done in this shop alone.", "打开它的人不用账号，说一个名字，就能看和做这一家店铺的事，别的店铺看不到。"))</p>\
      <form method="post" action="\(frame.base)links" class="row">\
      \(frame.choice(frame.say("It works for", "有效期"), "expires", spans, chosen: "30d"))\
      <button class="do">\(frame.say("Make a link", "做一个链接"))</button></form></section>

      """
  }

  private var list: HTML {
    guard !links.isEmpty else { return .empty }
    let columns: [PageTable.Column] = [
      .init(frame.say("Link", "链接")), .init(frame.say("Made by", "谁做的")), .init(frame.say("Ends", "到期")),
      .init(frame.say("Last used", "最近使用")), .init(frame.say("State", "状态")),
      .unseen(frame.say("Revoke", "收回")),
    ]
    let rows = links.reversed().map { link -> HTML in
      let isOpen = link.revokedAt == nil && link.expiresAt > times.now
      let state: HTML =
        if link.revokedAt != nil {
          #"<span class="quiet">\#(frame.say("revoked", "已收回"))</span>"#
        } else if isOpen {
          #"<span class="good">\#(frame.say("works", "有效"))</span>"#
        } else { #"<span class="quiet">\#(frame.say("has ended", "已到期"))</span>"# }
      let revoking: HTML =
        isOpen
        ? """
        <form method="post" action="\(frame.base)links/\(link.number)/revoke">\
        <button class="bad">\(frame.say("Revoke", "收回"))</button></form>
        """ : ""
      return PageTable.head("\(frame.say("Link", "链接")) \(link.number)")
        + PageTable.cell(
          "\(typed: frame(MadeBy.wording(link.createdBy, maker: link.maker))), \(times.time(link.createdAt))",
          name: frame.say("Made by", "谁做的"))
        + PageTable.cell(times.time(link.expiresAt), name: frame.say("Ends", "到期"))
        + PageTable.cell(times.lastUse(link.lastUsedAt), name: frame.say("Last used", "最近使用"))
        + PageTable.cell(state) + PageTable.cell(revoking)
    }
    return PageTable(caption: frame.say("Links", "链接"), columns: columns, rows: Array(rows)).render()
  }
}

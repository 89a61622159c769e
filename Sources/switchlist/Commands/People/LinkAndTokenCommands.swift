import ArgumentParser
import Domain
import Operations
import Reports

struct TokenCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "token", abstract: say(en: "Manage scripts' keys to the API.", zh: "管理脚本访问 API 的令牌。"),
      subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
  }
}

struct LinkCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "link",
      abstract: say(en: "Manage links that open one shop on the web.", zh: "管理打开单个店铺网页的链接。"),
      subcommands: [LinkCreateCommand.self, LinkListCommand.self, LinkRevokeCommand.self])
  }
}

/// `--expires 30d`.
struct ExpiresOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "How long it works, such as 30d; a year at most.", zh: "有效期，如 30d；最长一年。"),
      valueName: "duration"))
  var expires: String?

  func moment(_ invocation: Invocation) throws -> Moment? {
    guard let expires else { return nil }
    let length: CalendarDuration
    do throws(CalendarDurationError) { length = try CalendarDuration(parsing: expires) } catch {
      throw UsageFailure(
        Wording(
          en: "--expires '\(expires.quotable)': \(error.wording.en)",
          zh: "--expires “\(expires.quotable)”：\(error.wording.zh)"))
    }
    guard !length.before, length.unit != .workdays else {
      throw UsageFailure(
        Wording(
          en: "--expires '\(expires.quotable)': counts on from now, in m, h, d or w, such as 30d",
          zh: "--expires “\(expires.quotable)”：从现在起算，单位用 m、h、d 或 w，如 30d"))
    }
    return length.dueAt(from: invocation.now, in: invocation.readersZone, calendar: nil).moment
  }
}

struct TokenCreateCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "create", Wording(en: "Make a token; its secret is shown once.", zh: "生成令牌，只显示一次。"),
      details: Wording(
        en: """
          Scopes: read; change (what a merchant does); lead (what only leads do); admin (users, tokens, the \
          whole store); metrics. It lasts 90 days where nothing else is said.
          """,
        zh: "权限：read（查看）、change（商家能做的）、lead（主管才能做的）、admin（用户、令牌、整个数据库）、metrics（监控）。默认有效 90 天。"),
      example: "switchlist token create backup --scope read --expires 90d")
  }

  @Argument(help: ArgumentHelp(sayInHelp(en: "What it is called.", zh: "令牌的名字。"), valueName: "name"))
  var name: String
  @Option(
    name: .customLong("scope"), parsing: .singleValue,
    help: ArgumentHelp(
      sayInHelp(en: "What it may do; repeat for more.", zh: "能做什么；可重复。"), valueName: "scope"),
    completion: Completing.scopes)
  var scopes: [String] = []
  @Option(
    name: .customLong("team"), parsing: .singleValue,
    help: ArgumentHelp(
      sayInHelp(en: "Only this team's shops; repeat for more.", zh: "只限这个团队的店铺；可重复。"), valueName: "team"),
    completion: Completing.teams)
  var teams: [String] = []
  @OptionGroup var expiry: ExpiresOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let known = TokenScope.allCases.map(\.rawValue)
    let scopes = try scopes.map { text in
      guard let scope = TokenScope(rawValue: text) else {
        throw UsageFailure(
          Wording(
            en: "--scope '\(text.quotable)' isn't one of \(known.joined(separator: ", "))",
            zh: "--scope “\(text.quotable)”应为 \(known.joined(separator: "、")) 之一"))
      }
      return scope
    }
    let expiresAt = try expiry.moment(invocation)
    let manage = ManageTokens(secrets: SystemSecrets(), by: try invocation.author(), now: invocation.now)
    let made = try invocation.store().write {
      try manage.create(name, scopes: scopes, teams: teams, expiresAt: expiresAt, in: $0)
    }
    if options.format == .json {
      return try invocation.console.write(AccessJSON.token(made.token, secret: made.secret.text))
    }
    try invocation.console.print(made.secret.text)
    invocation.console.note(
      say(
        en:
          "token \(made.token.number), until \(invocation.readersZone.named(made.token.expiresAt)); it is shown only now",
        zh: "令牌 \(made.token.number)，有效期至 \(invocation.readersZone.named(made.token.expiresAt))；只显示这一次"))
  }
}

struct TokenListCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured("list", Wording(en: "List the tokens.", zh: "列出令牌。"), example: "switchlist token list")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    var tokens: [AccessToken] = []
    try invocation.store().read { reading in try reading.forEachToken { tokens.append($0) } }
    if options.format == .json { return try invocation.console.write(AccessJSON.tokens(tokens)) }
    for token in tokens {
      let scopes = token.scopes.map(\.rawValue).joined(separator: ",")
      let standing = Standing(
        madeBy: MadeBy.wording(token.createdBy, maker: token.maker), expiresAt: token.expiresAt,
        revokedAt: token.revokedAt, lastUsedAt: token.lastUsedAt)
      try invocation.console.print(
        "\(token.number)  \(TerminalText.safe(token.name))  \(scopes)  \(standing.text(invocation.readersZone, now: invocation.now))"
      )
    }
  }
}

struct TokenRevokeCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "revoke", Wording(en: "Make a token useless at once.", zh: "立即收回令牌。"),
      example: "switchlist token revoke 1")
  }

  @Argument(help: ArgumentHelp(sayInHelp(en: "The token's number.", zh: "令牌的编号。"), valueName: "number"))
  var number: Int
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let manage = ManageTokens(secrets: SystemSecrets(), by: try invocation.author(), now: invocation.now)
    let (_, changed) = try invocation.store().write { try manage.revoke(number, in: $0) }
    try invocation.console.print(
      changed
        ? say(en: "revoked token \(number)", zh: "已收回令牌 \(number)")
        : say(en: "unchanged: token \(number) is revoked already", zh: "未改变：令牌 \(number) 已经收回"))
  }
}

/// Who made a link or token, its expiry, and its last use.
private struct Standing {
  let madeBy: Wording
  let expiresAt: Moment
  let revokedAt: Moment?
  let lastUsedAt: Moment?

  func text(_ zone: Zone, now: Moment) -> String {
    let end = zone.named(expiresAt)
    let standing =
      if revokedAt != nil {
        say(en: "revoked", zh: "已收回")
      } else if expiresAt <= now {
        say(en: "ended \(end)", zh: "已于 \(end) 到期")
      } else { say(en: "until \(end)", zh: "有效期至 \(end)") }
    let use = lastUsedAt.map(zone.named)
    return [
      TerminalText.safe(madeBy.said), standing,
      use.map { say(en: "last used \($0)", zh: "最近使用 \($0)") } ?? say(en: "no use noted", zh: "没有使用记录"),
    ].joined(separator: "  ")
  }
}

private func shopID(_ text: String) throws -> ShopID {
  guard let id = ShopID(text) else { throw Refusal.badShopID(text) }
  return id
}

private var shopHelp: ArgumentHelp {
  ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop")
}

struct LinkCreateCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "create", Wording(en: "Make a link that opens one shop without an account.", zh: "生成不用账号就能打开一家店铺的链接。"),
      details: Wording(
        en: """
          Whoever opens it says a name, and sees and does what is to be done in this shop alone. It lasts 30 \
          days where nothing else is said, and is shown once.
          """,
        zh: "打开的人说一个名字，就能看和做这一家店铺的事。默认有效 30 天，只显示一次。"),
      example: """
        switchlist link create s-001 --base-url https://shops.example.cn
        switchlist link create @shops.txt --expires 60d > links.txt
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "What the address begins with; default: the path alone.", zh: "网址的开头；默认只给出路径。"),
      valueName: "url"))
  var baseUrl: String?
  @OptionGroup var expiry: ExpiresOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let expiresAt = try expiry.moment(invocation)
    let manage = ManageLinks(secrets: SystemSecrets(), by: try invocation.author(), now: invocation.now)
    let base = baseUrl.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? ""
    let store = try invocation.store()
    if shop.isFile {
      return try ManyShops(invocation: invocation).changeCounting(
        shop, in: store, { try manage.create($0, expiresAt: expiresAt, in: $1) }, isChanged: { _ in true },
        report: { link, secret in
          let address = "\(base)/l/\(secret.text)/"
          if options.format == .json {
            return try invocation.console.write(AccessJSON.link(link, address: address))
          }
          try invocation.console.print("\(TerminalText.safe(link.shop.rawValue))  \(address)")
        })
    }
    let shop = try shop.single()
    let (made, deciding) = try store.write { transaction in
      let made = try manage.create(shop, expiresAt: expiresAt, in: transaction)
      return (made, try transaction.zone(of: transaction.require(shop).shop))
    }
    let end = invocation.shopZones.shown(deciding).named(made.link.expiresAt)
    let address = "\(base)/l/\(made.secret.text)/"
    if options.format == .json {
      return try invocation.console.write(AccessJSON.link(made.link, address: address))
    }
    try invocation.console.print(address)
    invocation.console.note(
      say(
        en: "link \(made.link.number) of \(shop), until \(end); it is shown only now",
        zh: "\(shop) 的链接 \(made.link.number)，有效期至 \(end)；只显示这一次"))
  }
}

struct LinkListCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "list",
      Wording(en: "List a shop's links, or those of all shops that work.", zh: "列出店铺的链接，或全部店铺的有效链接。"),
      details: Wording(
        en: "With --all, by who made them; a link that a token made is listed under whoever made the token.",
        zh: "加 --all 时按创建人排列；由令牌创建的链接，归在创建该令牌的人名下。"),
      example: "switchlist link list s-001")
  }

  @Argument(help: shopHelp, completion: Completing.shops) var shop: String?
  @Flag(help: ArgumentHelp(sayInHelp(en: "Of all shops, those that work.", zh: "全部店铺的有效链接。")))
  var all = false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard (shop != nil) != all else {
      throw UsageFailure(Wording(en: "give a shop or --all", zh: "请给出店铺编号或 --all（二者选一）"))
    }
    var deciding: [ShopID: ShopZone] = [:]
    let links = try invocation.store().read { reading in
      let links: [ShopLink]
      if let shop = try shop.map(shopID) {
        _ = try reading.require(shop)
        links = try reading.links(of: shop)
      } else {
        links = try ReadCredentials(now: invocation.now)(in: reading).links
      }
      for link in links where deciding[link.shop] == nil && options.format != .json {
        deciding[link.shop] = try reading.zone(of: reading.require(link.shop).shop)
      }
      return links
    }
    if options.format == .json { return try invocation.console.write(AccessJSON.links(links)) }
    let zones = invocation.shopZones
    for link in links {
      let zone = deciding[link.shop].map(zones.shown) ?? .utc
      let standing = Standing(
        madeBy: MadeBy.wording(link.createdBy, maker: link.maker), expiresAt: link.expiresAt,
        revokedAt: link.revokedAt, lastUsedAt: link.lastUsedAt)
      let place = all ? "\(TerminalText.safe(link.shop.rawValue))  " : ""
      try invocation.console.print("\(place)\(link.number)  \(standing.text(zone, now: invocation.now))")
    }
  }
}

struct LinkRevokeCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "revoke", Wording(en: "Make a link useless at once.", zh: "立即收回链接。"),
      example: "switchlist link revoke s-001 1")
  }

  @Argument(help: shopHelp, completion: Completing.shops) var shop: String
  @Argument(help: ArgumentHelp(sayInHelp(en: "The link's number.", zh: "链接的编号。"), valueName: "number"))
  var number: Int
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let shop = try shopID(shop)
    let manage = ManageLinks(secrets: SystemSecrets(), by: try invocation.author(), now: invocation.now)
    let (_, changed) = try invocation.store().write { try manage.revoke(number, of: shop, in: $0) }
    try invocation.console.print(
      changed
        ? say(en: "revoked link \(number) of \(shop)", zh: "已收回 \(shop) 的链接 \(number)")
        : say(
          en: "unchanged: link \(number) of \(shop) is revoked already", zh: "未改变：\(shop) 的链接 \(number) 已经收回")
    )
  }
}

import ArgumentParser
import Domain
import Logging
import Operations
import Reports
import Storage
import Web
import WebCore

struct ServeCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "serve",
      Wording(en: "Serve the pages and the API, until it is told to stop.", zh: "提供网页和 API 服务，直到被要求停止。"),
      details: Wording(
        en: """
          Without users it answers on this machine alone, and only whoever opens the address that it prints, \
          which holds a secret of this start; scripts give that as a bearer token. Add users with switchlist \
          user add, and it asks for sign-in from then on. Encryption is a proxy's job: name its address with \
          --trusted-proxy, and what its users type with --public-url.
          """,
        zh: """
          没有用户时，只在本机提供服务，而且只回应打开启动时所显示网址的人；网址里有本次启动的密钥，脚本可将它作为 Bearer 令牌。\
          用 switchlist user add 添加用户后，就需要登录。加密由代理负责：用 --trusted-proxy 指定代理地址，用 --public-url \
          指定用户使用的网址。
          """),
      example: "switchlist serve --listen 127.0.0.1:8080")
  }

  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "The address and port to serve on; default: 127.0.0.1:8080.", zh: "监听的地址和端口；默认：127.0.0.1:8080。"),
      valueName: "address"))
  var listen: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "A port for health and figures alone, such as 127.0.0.1:9100.",
        zh: "只供健康检查和监控使用的端口，如 127.0.0.1:9100。"),
      valueName: "address"))
  var metricsListen: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "A proxy whose word about clients is taken: an address or a network; repeatable.",
        zh: "信任其转告的客户端信息的代理：地址或网段；可重复。"),
      valueName: "network"))
  var trustedProxy: [String] = []
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "What users type, such as https://shops.example.cn.", zh: "用户使用的网址，如 https://shops.example.cn。"),
      valueName: "url"))
  var publicUrl: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "What the log holds: debug, info, warning or error; default: info.",
        zh: "日志级别：debug、info、warning 或 error；默认：info。"),
      valueName: "level"))
  var logLevel: String?
  @Option(
    name: .customLong("limit"), parsing: .singleValue,
    help: ArgumentHelp(
      sayInHelp(
        en:
          "What each sender may use up, such as link-changes-per-minute=60; repeatable. /metrics lists all.",
        zh: "每个发送者的用量上限，如 link-changes-per-minute=60；可重复。全部名称见 /metrics。"),
      valueName: "name=number"))
  var limits: [String] = []
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let address = try ListenAddress.parse(listen ?? "127.0.0.1:8080", "--listen")
    var web = WebOptions(host: address.host, port: address.port, publicURL: try checkedPublicURL())
    web.metrics = try metricsListen.map { try ListenAddress.parse($0, "--metrics-listen") }
      .map { ($0.host, $0.port) }
    web.trustedProxies = try trustedProxy.map { text in
      guard let range = AddressRange(text) else {
        throw UsageFailure(
          Wording(
            en: "--trusted-proxy '\(text.quotable)' isn't an address or a network, such as 10.0.0.0/8",
            zh: "--trusted-proxy “\(text.quotable)”不是地址或网段，如 10.0.0.0/8"))
      }
      return range
    }
    web.limits = try checkedLimits()
    invocation.console.becomesLog { JSONLogHandler.write($0 ? .warning : .notice, $1) }
    let location = try invocation.storeLocation()
    let writer: any ShopStore
    switch location {
    case .file(let path):
      writer = try SQLiteShopStore(path: path)
      invocation.warnIfReadableByOthers(path)
    case .postgreSQL(let address):
      writer = try PostgreSQLStore(address, connections: 18, patience: 20_000, commitPatience: 15_000)
    }
    // Reports a store that can't be written, or a disk without room for its log, before anybody relies on it.
    try writer.write { _ in }
    if try writer.read({ try $0.countUsers() }) == 0 {
      guard address.isLoopback else {
        throw CommandFailure(
          Wording(
            en: """
              there are no users, so everybody on the network could change everything; add one first: switchlist \
              user add NAME --role admin, or serve on 127.0.0.1
              """,
            zh: """
              还没有用户，网络上的任何人都能修改一切；请先添加：switchlist user add 姓名 --role admin，或只监听 127.0.0.1
              """))
      }
      if !trustedProxy.isEmpty || publicUrl != nil {
        throw CommandFailure(
          Wording(
            en: """
              there are no users, and --trusted-proxy and --public-url are for a server that others reach; add one \
              first: switchlist user add NAME --role admin
              """,
            zh: """
              还没有用户；--trusted-proxy 和 --public-url 用于对外提供的服务。请先添加用户：switchlist user add 姓名 --role admin
              """))
      }
      web.local = LocalAccess(name: try invocation.author().name, secret: .local(from: SystemSecrets()))
    }
    let serving = Serving(invocation: invocation, location: location, writer: writer, options: web)
    try serving.run(level: try level())
  }

  private func checkedPublicURL() throws -> String? {
    guard let publicUrl else { return nil }
    let plain = publicUrl.hasSuffix("/") ? String(publicUrl.dropLast()) : publicUrl
    guard let scheme = plain.firstRange(of: "://"), ["http", "https"].contains(plain[..<scheme.lowerBound]),
      !plain[scheme.upperBound...].isEmpty, !plain[scheme.upperBound...].contains("/")
    else {
      throw UsageFailure(
        Wording(
          en:
            "--public-url '\(publicUrl.quotable)' isn't a scheme and a host, such as https://shops.example.cn",
          zh: "--public-url “\(publicUrl.quotable)”应为协议加域名，如 https://shops.example.cn"))
    }
    return plain
  }

  private func checkedLimits() throws -> Limits {
    var checked = Limits()
    for text in limits {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let number = Int(parts[1]), 1...1_000_000_000_000 ~= number else {
        throw UsageFailure(
          Wording(
            en: "--limit '\(text.quotable)' isn't a name and a number, such as link-changes-per-minute=60",
            zh: "--limit “\(text.quotable)”应为名称加数字，如 link-changes-per-minute=60"))
      }
      guard let limit = Limit(rawValue: parts[0]) else {
        let names = Limit.allCases.map(\.rawValue)
        let near = Suggestions.to(parts[0], among: names).first
        throw UsageFailure(
          Wording(
            en: "--limit: there is no limit '\(parts[0].quotable)'; "
              + (near.map { "did you mean '\($0)'?" } ?? "there are: \(names.joined(separator: ", "))"),
            zh: "--limit：没有“\(parts[0].quotable)”这个上限；"
              + (near.map { "是不是“\($0)”？" } ?? "可用：\(names.joined(separator: "、"))")))
      }
      checked[limit] = number
    }
    return checked
  }

  private func level() throws -> Logger.Level {
    guard let logLevel else { return .info }
    if let level = Logger.Level(rawValue: logLevel) { return level }
    throw UsageFailure(
      Wording(
        en: "--log-level '\(logLevel.quotable)' isn't one of debug, info, warning, error",
        zh: "--log-level “\(logLevel.quotable)”应为 debug、info、warning、error 之一"))
  }
}

/// Reads `HOST:PORT` and `[::1]:8080`.
struct ListenAddress {
  let host: String
  let port: Int

  var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  static func parse(_ text: String, _ option: String) throws -> ListenAddress {
    let colon = text.lastIndex(of: ":")
    let host = colon.map { String(text[..<$0]) } ?? ""
    let port = colon.flatMap { Int(text[text.index(after: $0)...]) }
    guard let port, 0...65_535 ~= port, !host.isEmpty else {
      throw UsageFailure(
        Wording(
          en: "\(option) '\(text.quotable)' isn't an address and a port, such as 127.0.0.1:8080",
          zh: "\(option) “\(text.quotable)”应为地址加端口，如 127.0.0.1:8080"))
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    return ListenAddress(host: isBracketed ? String(host.dropFirst().dropLast()) : host, port: port)
  }
}

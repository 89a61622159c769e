import Domain
import Formats
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Whatever a path or a query says, somebody is told what is wrong with it: nothing traps, and nothing is our fault.
struct AnyInputTests {
  private static let numbers = [
    "0", "-1", "1", "-0", "+1", "007", "1.5", "1e9", "999999999", "1000000000", "4294967296",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "٣", "½", "0x10", "", " ", "1 ",
    String(repeating: "9", count: 400),
  ]

  private static let texts = [
    "", " ", "\u{0}", "a\u{0}b", "\u{FEFF}", "店铺", "e\u{301}", "\u{301}", "🇨🇳", "'", "\"", "%", "_", "\\",
    "a/b", "..",
    "../..", "-", "@-", "@/etc/passwd", "{shop}", "<b>", "\r\n", "\u{2028}", "NaN", "null", "true", "false",
    "s-1", "after",
    "rebind-store", "all", String(repeating: "a", count: 3000),
    "a" + String(repeating: "\u{301}\u{323}", count: 200),
  ]

  private static let times = [
    "2026-11-01", "0000-00-00", "9999-12-31", "9999-12-31T23:59:59-18:00", "1969-12-31", "2026-02-30",
    "18:00",
    "2026-11-01T02:00:00Z", "2026-11-01T02:00:00+99:99", "+292277026596-12-04", "1d", "1826d", "999999999d",
    "90m",
    "5 workdays", "1d before", "-1h",
  ]

  private static func cursor(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...5, using: &random)
    let parts = (0..<count).map { _ in
      let number = numbers.randomElement(using: &random) ?? ""
      return [number, "k\(number)", "n", "s-1", texts.randomElement(using: &random) ?? ""].randomElement(
        using: &random) ?? ""
    }
    return PageCursor.text(parts)
  }

  private static func value(_ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: cursor(&random)
    case 2:
      Base64URL.text(
        of: (0..<Int.random(in: 0..<40, using: &random)).map { _ in .random(in: 0...255, using: &random) })
    case 3, 4: numbers.randomElement(using: &random) ?? ""
    case 5: times.randomElement(using: &random) ?? ""
    default: texts.randomElement(using: &random) ?? ""
    }
  }

  private static func query(of route: Route, _ random: inout SeededGenerator) -> String {
    let declared = (route.operation?.query ?? []).map(\.name)
    // What pages ask for, which have no document.
    let names =
      declared.isEmpty
      ? [
        "after", "q", "team", "owner", "state", "order", "checklist", "holding_up", "days", "under", "item",
        "within",
        "week", "run", "events", "limit", "format", "back", "at", "by", "did",
      ] : declared
    let fields = (0..<Int.random(in: 0...3, using: &random)).flatMap { _ in
      let field =
        "\(RequestPipeline.escaped(names.randomElement(using: &random) ?? "after"))=\(RequestPipeline.escaped(value(&random)))"
      return Int.random(in: 0..<10, using: &random) == 0 ? [field, field] : [field]
    }
    return fields.isEmpty ? "" : "?" + fields.joined(separator: "&")
  }

  private static func path(of route: Route, _ random: inout SeededGenerator) -> String {
    route.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      guard part.hasPrefix("{") else { return String(part) }
      let known = ["{shop}": "s-1", "{checklist}": "after", "{item}": "rebind-store", "{run}": "1"]
      if let known = known[String(part)], Bool.random(using: &random) { return known }
      return RequestPipeline.escaped(value(&random))
    }.joined(separator: "/")
  }

  @Test(arguments: Seeds.first(6)) func isNeverTheServersFault(seed: UInt64) async throws {
    let world = try TestServer()
    let admin = try world.addUser("root1", .admin)
    for shop in ["s-1", "s-2"] as [ShopID] {
      try world.user.add(shop)
      try world.user.start(shop, "after", at: .switched)
    }
    var random = SeededGenerator(seed: seed)
    // What goes on for as long as somebody listens isn't asked for here.
    let routes = world.server.routes.filter { !$0.path.hasSuffix("/live") && !$0.path.hasSuffix("/events") }
    for route in routes {
      for _ in 0..<4 {
        let uri = Self.path(of: route, &random) + Self.query(of: route, &random)
        let body = route.method == .get ? nil : Self.body(&random)
        let type = Bool.random(using: &random) ? "application/json" : "application/x-www-form-urlencoded"
        let answer = try await world.ask(
          route.method, uri, as: admin, headers: body == nil ? [:] : [.contentType: type], body: body)
        #expect(answer.status.code < 500, "\(route.method) \(uri): \(answer.status)")
      }
      // Whoever signed out or was disabled by chance comes back.
      _ = try world.addUser("root1", .admin)
    }
  }

  private static func body(_ random: inout SeededGenerator) -> [UInt8] {
    let names = [
      "note", "at", "reason", "due", "run", "shops", "shop", "after", "all", "team", "limit", "to", "file",
      "days",
    ]
    let pairs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      (names.randomElement(using: &random) ?? "note", value(&random))
    }
    if Bool.random(using: &random) {
      return Array(pairs.map { "\($0)=\(RequestPipeline.escaped($1))" }.joined(separator: "&").utf8)
    }
    let fields = pairs.map { name, value in
      let text = String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self)
      return "\"\(name)\":" + ([text, value, "[\(text)]"].randomElement(using: &random) ?? text)
    }
    return Array("{\(fields.joined(separator: ","))}".utf8)
  }
}

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Who may ask for a route, as it was decided; written down apart from the routes, so that neither changes
/// without the other.
enum MayAsk {
  /// Anybody.
  case all
  /// Whoever signed in.
  case people
  /// People, and tokens whatever they may.
  case keys
  /// Whoever may see the shop.
  case see
  /// Whoever works in the shop.
  case work
  /// Who leads the shop.
  case lead
  /// Whoever may see some shops.
  case seeSome
  /// Whoever works in some shops.
  case workInSome
  /// Who leads some shops.
  case leadSome
  /// Whoever may see figures of whole teams.
  case overview
  case admins
  case monitors
  /// Whoever has a link that is open.
  case link
  /// Nobody by a link: it is for leads.
  case noLink
}

enum AccessMatrix {
  static let rows: [String: MayAsk] = pages.merging(ofShop) { first, _ in first }
    .merging(byLink) { first, _ in first }.merging(api) { first, _ in first }

  private static let pages: [String: MayAsk] = [
    "GET /healthz": .all, "GET /readyz": .all, "GET /metrics": .monitors,
    "GET /assets/{file}": .all, "GET /sw.js": .all, "GET /favicon.ico": .all,
    "GET /manifest.webmanifest": .all,
    "GET /offline": .all,
    "GET /local/{secret}": .all, "GET /sign-in": .all, "POST /sign-in": .all, "POST /sign-out": .people,
    "POST /language": .all,
    "GET /account": .people, "POST /account/password": .people, "POST /account/sessions/end": .people,
    "GET /": .people, "GET /live": .seeSome,
    "GET /shops": .seeSome, "POST /shops/actions": .workInSome, "GET /overdue": .seeSome,
    "GET /done": .seeSome,
    "GET /switches": .seeSome, "GET /matrix": .seeSome, "GET /charts": .overview,
    "GET /checklists": .people, "GET /checklists/{checklist}": .people,
    "GET /shops/new": .leadSome, "POST /shops/new": .leadSome,
    "GET /shops/import": .leadSome, "POST /shops/import": .leadSome,
    "GET /users": .admins, "POST /users": .admins, "POST /users/disable": .admins,
    "POST /users/enable": .admins, "POST /users/reset": .admins,
    "GET /tokens": .admins, "POST /tokens": .admins, "POST /tokens/{token}/revoke": .admins,
    "GET /log": .admins, "GET /credentials": .admins,
  ]

  private static let inShop: [String: MayAsk] = [
    "GET ": .see, "GET /live": .see, "GET /history": .see, "GET /files/{sha256}": .see,
    "POST /items/{item}/tick": .work, "POST /items/{item}/confirm": .work, "POST /items/{item}/untick": .work,
    "POST /items/{item}/skip": .work, "POST /items/{item}/block": .work, "POST /items/{item}/unblock": .work,
    "POST /items/{item}/note": .work, "POST /items/{item}/assign": .lead, "POST /items/{item}/due": .lead,
    "POST /switch/plan": .work, "POST /switch/unbind": .work, "POST /switch/rebind": .work,
    "POST /switch/abandon": .work, "POST /switch/bind": .work,
    "POST /runs": .lead, "POST /runs/{run}/stop": .lead, "POST /archive": .lead, "POST /restore": .lead,
    "POST /files/{sha256}/delete": .lead,
  ]

  private static func under(_ base: String, _ rows: [String: MayAsk]) -> [String: MayAsk] {
    Dictionary(
      uniqueKeysWithValues: rows.map { name, may in
        let parts = name.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        return ("\(parts[0]) \(base)\(parts[1])", may)
      })
  }

  private static let ofShop = under("/shops/{shop}", inShop).merging([
    "GET /shops/{shop}/edit": .lead, "POST /shops/{shop}/edit": .lead,
    "GET /shops/{shop}/links": .lead, "POST /shops/{shop}/links": .lead,
    "POST /shops/{shop}/links/{link}/revoke": .lead,
  ]) { first, _ in first }

  private static let byLink = under(
    "/l/{secret}", inShop.mapValues { $0 == .lead ? MayAsk.noLink : .link }
  ).merging([
    "GET /l/{secret}/name": .link, "POST /l/{secret}/name": .link,
    "GET /l/{secret}/manifest.webmanifest": .link,
  ]) { first, _ in first }

  private static let api: [String: MayAsk] = [
    "GET /api": .all, "GET /api/openapi.json": .all,
    "GET /api/v1/me": .keys, "GET /api/v1/checklists": .keys, "GET /api/v1/checklists/{checklist}": .keys,
    "GET /api/v1/findings": .keys, "POST /api/v1/lint": .keys, "GET /api/v1/schema": .keys,
    "GET /api/v1/export": .admins, "POST /api/v1/import": .admins,
    "POST /api/v1/runs": .leadSome, "POST /api/v1/upgrade": .leadSome,
    "POST /api/v1/items/{item}/tick": .workInSome, "POST /api/v1/items/{item}/confirm": .workInSome,
    "POST /api/v1/items/{item}/untick": .workInSome, "POST /api/v1/items/{item}/skip": .workInSome,
    "POST /api/v1/items/{item}/block": .workInSome, "POST /api/v1/items/{item}/unblock": .workInSome,
    "POST /api/v1/items/{item}/note": .workInSome, "POST /api/v1/items/{item}/assign": .leadSome,
    "POST /api/v1/items/{item}/due": .leadSome,
    "POST /api/v1/switches/plan": .workInSome, "POST /api/v1/switches/unbind": .workInSome,
    "POST /api/v1/switches/rebind": .workInSome, "POST /api/v1/switches/abandon": .workInSome,
    "GET /api/v1/users": .admins, "POST /api/v1/users": .admins, "PATCH /api/v1/users/{name}": .admins,
    "POST /api/v1/users/{name}/reset": .admins, "GET /api/v1/tokens": .admins, "POST /api/v1/tokens": .admins,
    "DELETE /api/v1/tokens/{token}": .admins, "GET /api/v1/log": .admins, "GET /api/v1/links": .admins,
    "GET /api/v1/shops": .seeSome, "POST /api/v1/shops": .leadSome, "POST /api/v1/shops/import": .leadSome,
    "GET /api/v1/switches": .seeSome, "POST /api/v1/switches/import": .leadSome,
    "GET /api/v1/overdue": .seeSome, "GET /api/v1/overdue.csv": .seeSome,
    "GET /api/v1/overdue.prom": .seeSome,
    "GET /api/v1/report": .seeSome, "GET /api/v1/report.csv": .seeSome, "GET /api/v1/report.md": .seeSome,
    "GET /api/v1/report.html": .seeSome, "GET /api/v1/matrix": .seeSome,
  ].merging(ofShopByAPI) { first, _ in first }

  private static let ofShopByAPI: [String: MayAsk] = under(
    "/api/v1/shops/{shop}",
    [
      "GET ": .see, "PATCH ": .lead, "POST /archive": .lead, "POST /restore": .lead,
      "GET /history": .see, "GET /verification": .see, "GET /switch": .see,
      "POST /switch/plan": .work, "POST /switch/unbind": .work, "POST /switch/rebind": .work,
      "POST /switch/abandon": .work, "POST /switch/bind": .work,
      "POST /runs": .lead, "POST /runs/{run}/stop": .lead, "POST /upgrade": .lead, "POST /tick": .work,
      "GET /files": .see, "POST /files": .work, "GET /files/{sha256}": .see, "DELETE /files/{sha256}": .lead,
      "GET /links": .lead, "POST /links": .lead, "DELETE /links/{link}": .lead,
      "GET /status": .see,
      "POST /items/{item}/tick": .work, "POST /items/{item}/confirm": .work,
      "POST /items/{item}/untick": .work,
      "POST /items/{item}/skip": .work, "POST /items/{item}/block": .work,
      "POST /items/{item}/unblock": .work,
      "POST /items/{item}/note": .work, "POST /items/{item}/assign": .lead, "POST /items/{item}/due": .lead,
    ])
}

import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// A shop's events, and their verification.
struct HistoryAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/shops/{shop}/history", .shop(.see),
        APIOperation(
          id: "getHistory", summary: "A shop's events as they are stored, each with its hash",
          query: [
            .init("limit", .whole(1...1000), "How many at the most; default: 200"),
            .init("after", .whole(0...999_999_999), "Only those with a higher number"),
          ], answer: .json(schema: "History")), history),
      .api(
        .get, "/shops/{shop}/verification", .shop(.see),
        APIOperation(
          id: "verifyHistory", summary: "Recomputes a shop's chain, and compares the store with a replay",
          query: [.init("head", .digest, "A head that was kept: whether it is in the chain")],
          answer: .json(schema: "Verdict")), verification),
    ]
  }

  private func history(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let after = try input.query.integer("after") ?? 0
    let limit = try Pagination.limit(input.query, usual: Pagination.usual)
    return .json(
      try await services.store.read(.background) { reading in
        var events: [SealedEvent] = []
        do {
          try reading.forEachEvent(of: shop, after: after) { event in
            if events.count == limit { throw StopReading() }
            events.append(event)
          }
        } catch is StopReading { return HistoryText.json(events, next: events.last?.number) }
        return HistoryText.json(events, next: nil)
      })
  }

  private func verification(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let head = input.query["head"]?.lowercased()
    let verdict = try await services.store.read(.background) { try VerifyHistory()(shop, head: head, in: $0) }
    return .json(VerdictText.json(shop, verdict, request.language))
  }
}

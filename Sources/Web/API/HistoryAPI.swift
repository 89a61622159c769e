import Domain
import Hummingbird
import Operations
import Reports

/// A shop's events, and whether they are whole.
struct HistoryAPI: Sendable {
  let books: Books

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

  private func history(_ asked: Asked, _ input: APIInput) throws -> Response {
    let shop = try asked.shopID
    let after = try input.query.integer("after") ?? 0
    let limit = try Page.limit(input.query, usual: 200)
    var events: [SealedEvent] = []
    var isLast = true
    do {
      try books.readers.read { reading in
        try reading.forEachEvent(of: shop) { event in
          if event.number <= after { return }
          events.append(event)
          if events.count > limit { throw EnoughEvents() }
        }
      }
    } catch is EnoughEvents {
      events.removeLast()
      isLast = false
    }
    return .json(HistoryText.json(events, next: isLast ? nil : events.last?.number))
  }

  private struct EnoughEvents: Error {}

  private func verification(_ asked: Asked, _ input: APIInput) async throws -> Response {
    let shop = try asked.shopID
    let head = input.query["head"]?.lowercased()
    let verdict = try await books.readAtLength { try VerifyHistory()(shop, head: head, in: $0) }
    return .json(VerdictText.json(shop, verdict, asked.language))
  }
}

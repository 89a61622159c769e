import Domain
import Hummingbird
import NIOCore
import Operations
import Reports
import WebCore

/// A shop's status and changes of its items.
struct ItemsAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/shops/{shop}/status", .shop(.see),
        APIOperation(
          id: "getStatus", summary: "The shop's active runs, or its newest, with their items",
          query: [.init("run", .integer, "Only this run")], answer: .json(schema: "Status"), isTagged: true),
        status),
      .api(
        .post, "/shops/{shop}/tick", .shop(.change),
        APIOperation(
          id: "tickItems", summary: "Tick several items, all or none, in any order of needs",
          body: .fields(
            [
              .init("items", .lines(most: 500, each: 100), required: true, "The items' ids")
            ] + ItemAction.tick.fields),
          answer: .json(schema: "ItemChange"), request: "TickAllRequest", honoursIdempotencyKey: true,
          hasPrecondition: true, problems: [409])
      ) { request, input in try await change(.tick, input.body.all("items"), request, input) },
    ]
      + ItemAction.allCases.map { action in
        .api(
          .post, "/shops/{shop}/items/{item}/\(action.rawValue)", .shop(action.level), action.operation
        ) { request, input in try await change(action, [request["item"]], request, input) }
      }
  }

  private func change(
    _ action: ItemAction, _ items: [String], _ request: WebRequest, _ input: APIInput
  ) async throws -> Response {
    let language = request.language
    return try await ChangeItemsByRequest(services: services)(
      action, items, input.body, request, channel: .api
    ) {
      ReplayableResponse(ItemChangeText.json($0, language: language))
    }.response
  }

  /// Cached until the shop changes or something in it falls due.
  private func status(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    guard let found = request.shop else { throw Problem.notFound }
    let run = try input.query.integer("run")
    let read = services.dependencies.definitions()
    let variant = ShopCache.Variant(kind: .status, language: request.language, definitions: read.number)
    if run == nil, let kept = found.rendering(variant, at: request.now) { return kept.answer(to: request) }
    let status = try await services.store.read { reading in
      try ReadStatus(now: request.now)(found.stored.shop, run: run, in: reading) { read.definitions }
    }
    let rendering = ShopCache.Rendering(
      StatusJSON(language: request.language).render(status), of: found, validUntil: status.changesAt)
    if run == nil { services.shops.keep(as: variant, of: found) { rendering } }
    return rendering.answer(to: request)
  }
}

extension ShopStatus {
  /// When the status will change by itself: something falls due, or a cool-down ends.
  var changesAt: Moment {
    var first = Moment(seconds: .max)
    func take(_ moment: Moment) { if moment > now { first = min(first, moment) } }
    // By index, since copying an item would cost more than examining it.
    for run in runs {
      for index in run.items.indices where run.items[index].state.isOutstanding {
        run.items[index].dueAt.map(take)
      }
    }
    if let change = latestSwitch, change.state == .unbound { change.opensAt.map(take) }
    return first
  }
}

extension ItemAction {
  /// The request's fields, except for those that choose items.
  var fields: [APIOperation.Field] {
    let run = APIOperation.Field("run", .integer, "The run's number, where several hold the item")
    let at = APIOperation.Field("at", .time, "When it happened; later than now is taken as now")
    let reason = APIOperation.Field(
      "reason", .prose(most: 10_000), required: true, "Why; kept in the history",
      example: "the platform is checking it")
    let own: [APIOperation.Field] =
      switch self {
      case .tick:
        [
          .init("note", .prose(most: 10_000), "What was done", example: "store page shows the new account"),
          .init("link", .text(most: 2000), "A link that proves it"),
          .init("file", .digest, "The SHA-256 of a file sent for the shop, which proves it"),
          .init("file_name", .text(most: 200), "The name of a file that proves it and isn't sent"),
          .init("file_size", .whole(1...(1 << 53 - 1)), "Its size in bytes; with file_sha256"),
          .init("file_sha256", .digest, "Its SHA-256; with file_name and file_size"),
        ]
      case .untick: [.init("reason", .prose(most: 10_000), "Why")]
      case .skip, .block: [reason]
      case .note:
        [.init("note", .prose(most: 10_000), required: true, "The note", example: "called the platform")]
      case .assign: [.init("owner", .line(most: 100), required: true, "Who", example: "Li Mei")]
      case .due:
        [.init("due", .time, required: true, "The new due time", example: "2026-11-20T18:00"), reason]
      case .confirm, .unblock: []
      }
    return [run, at] + own
  }

  var operation: APIOperation {
    let (id, summary) =
      switch self {
      case .tick: ("tickItem", "Tick an item")
      case .confirm: ("confirmItem", "Confirm an item as the second person")
      case .untick: ("untickItem", "Take a tick or a skip back")
      case .skip: ("skipItem", "Skip an item; a critical one only as a lead")
      case .block: ("blockItem", "Say that something keeps an item from being done")
      case .unblock: ("unblockItem", "End a block")
      case .note: ("noteItem", "Leave a note on an item")
      case .assign: ("assignItem", "Name who does an item")
      case .due: ("moveDueTime", "Move an item's due time")
      }
    return APIOperation(
      id: id, summary: summary, body: .fields(fields), answer: .json(schema: "ItemChange"),
      request: "\(rawValue.prefix(1).uppercased())\(rawValue.dropFirst())Request",
      honoursIdempotencyKey: true,
      hasPrecondition: true, problems: [409])
  }
}

import Domain
import Hummingbird
import NIOCore
import Operations
import Reports

/// A shop's status and what is done to its items.
struct ShopAPI: Sendable {
  let books: Books

  var routes: [Route] {
    [
      Route(
        .get, "/api/v1/shops/{shop}/status", .api, .shop(.see),
        operation: APIOperation(
          id: "getStatus", summary: "The shop's active runs, or its newest, with their items",
          query: [.init("run", .integer, "Only this run")], answer: .json(schema: "Status")),
        status)
    ]
      + ItemAction.allCases.map { action in
        Route(
          .post, "/api/v1/shops/{shop}/items/{item}/\(action.rawValue)", .api, .shop(action.level),
          operation: action.operation
        ) { asked in
          let fields = try await asked.fields(upTo: GivenProof.largestFile + 65_536)
          let language = asked.language
          return try await ChangeItemsByRequest(books: books)(
            action, [asked["item"]], fields, asked, channel: .api
          ) { Reply(ItemChangeText.json($0, language: language)) }.response
        }
      }
  }

  /// Kept as it was rendered until the shop changes, or something in it falls due.
  private func status(_ asked: Asked) throws -> Response {
    guard let found = asked.shop else { throw Problem.notFound }
    let run = try asked.query().integer("run")
    let read = books.parts.definitions()
    let variant = ShopCache.Variant(kind: .status, language: asked.language, definitions: read.number)
    if run == nil, let kept = found.rendering(variant, at: asked.now) { return answer(kept, asked) }
    let status = try books.readers.read { reading in
      try ReadStatus(now: asked.now)(found.stored.shop.id, run: run, in: reading) { read.definitions }
    }
    let rendering = ShopCache.Rendering(
      StatusJSON(language: asked.language).render(status), of: found, validUntil: status.changesAt)
    if run == nil { books.shops.keep(rendering, as: variant, of: found) }
    return answer(rendering, asked)
  }

  private func answer(_ rendering: ShopCache.Rendering, _ asked: Asked) -> Response {
    if asked.request.headers[.ifNoneMatch] == rendering.entityTag {
      return Response(status: .notModified, headers: [.eTag: rendering.entityTag])
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/json", .eTag: rendering.entityTag, .cacheControl: "private, no-cache",
        .vary: "Accept-Language, Cookie, Authorization",
      ], body: .init(byteBuffer: rendering.body))
  }
}

extension ShopCache.Rendering {
  /// The tag holds the number of the shop's last event, which `If-Match` asks for, and tells texts apart.
  init(_ bytes: [UInt8], of found: ShopCache.Found, validUntil: Moment) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.init(
      body: ByteBuffer(bytes: bytes), validUntil: validUntil,
      entityTag: "\"\(found.stored.head.number)-\(String(hash, radix: 36))\"")
  }
}

extension ShopStatus {
  /// The first moment at which it says something else though nobody changes it: something falls due, or a
  /// cool-down ends.
  var changesAt: Moment {
    let due = runs.flatMap(\.items).compactMap { $0.state.isOutstanding ? $0.dueAt : nil }
    return (due + [latestSwitch.flatMap { $0.state == .unbound ? $0.opensAt : nil }].compactMap { $0 }).filter
    { $0 > now }.min()
      ?? Moment(seconds: .max)
  }
}

extension ItemAction {
  var operation: APIOperation {
    let run = APIOperation.Field("run", .integer, "The run's number, where several hold the item")
    let at = APIOperation.Field("at", .time, "When it happened; later than now is taken as now")
    let reason = APIOperation.Field("reason", .text(most: 10_000), required: true, "Why; kept in the history")
    func operation(_ id: String, _ summary: String, _ fields: [APIOperation.Field]) -> APIOperation {
      APIOperation(
        id: id, summary: summary, body: .fields([run, at] + fields), answer: .json(schema: "ItemChange"),
        problems: [409, 412])
    }
    return switch self {
    case .tick:
      operation(
        "tickItem", "Tick an item",
        [
          .init("note", .text(most: 10_000), "What was done"),
          .init("link", .text(most: 2000), "A link that proves it"),
          .init("file", .text(most: 64), "The SHA-256 of a file sent for the shop, which proves it"),
        ])
    case .confirm: operation("confirmItem", "Confirm an item as the second person", [])
    case .untick:
      operation(
        "untickItem", "Take a tick or a skip back", [.init("reason", .text(most: 10_000), "Why")])
    case .skip: operation("skipItem", "Skip an item", [reason])
    case .block: operation("blockItem", "Say that something keeps an item from being done", [reason])
    case .unblock: operation("unblockItem", "End a block", [])
    case .note:
      operation(
        "noteItem", "Leave a note on an item",
        [.init("note", .text(most: 10_000), required: true, "The note")])
    case .assign:
      operation(
        "assignItem", "Name who does an item", [.init("owner", .text(most: 100), required: true, "Who")])
    case .due:
      operation(
        "moveDueTime", "Move an item's due time",
        [.init("due", .time, required: true, "The new due time"), reason])
    }
  }
}

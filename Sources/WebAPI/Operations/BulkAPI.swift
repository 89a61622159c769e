import Domain
import Formats
import Hummingbird
import Operations
import Reports
import Synchronization
import WebCore

/// Changes of many shops with one request. Each shop is changed completely or refused, and has its own
/// result. The request may be repeated safely.
struct BulkAPI: Sendable {
  /// Shops per request.
  static let most = 1000

  let services: WebServices
  private let underWay = RequestsUnderWay()

  init(services: WebServices) { self.services = services }

  var routes: [Route] {
    [
      .many(
        "/runs", .lead, "startManyRuns", "Begin checklists in many shops; those under way are passed over",
        request: "StartManyRequest",
        [
          .init(
            "checklist", .text(most: 100), "Only this one; else all that match and begin at rebinding",
            example: "douyin-after-switch"),
          .init(
            "switched_at", .beginning,
            "When the account was changed, or rebound: when the shop was; default: now"),
          .init("again", .flag, "Begin anew in place of an active run; only with switched_at"),
        ], start),
      .many(
        "/upgrade", .lead, "upgradeManyRuns", "Bring active runs of a checklist to what its file says now",
        request: "UpgradeManyRequest",
        [.init("checklist", .text(most: 100), required: true, "The checklist")], upgrade),
    ]
      + ItemAction.allCases.map { action in
        let operation = action.operation
        return .many(
          "/items/{item}/\(action.rawValue)", action.level, "\(operation.id)OfMany",
          "\(operation.summary), in many shops", request: action.rawValue.manyRequest,
          action.fields.filter { $0.name != "run" && !$0.name.hasPrefix("file") }
        ) { request, input in try await change(action, request, input) }
      }
      + SwitchAction.allCases.filter { $0 != .bind }.map { action in
        let operation = action.operation
        let fields = if case .fields(let fields) = operation.body { fields } else { [APIOperation.Field]() }
        return .many(
          "/switches/\(action.rawValue)", action.level, "\(operation.id)OfMany",
          action == .plan
            ? "Plan switches; each of shops is a shop's id, a space, and the new account"
            : "\(operation.summary), for many shops", request: action.rawValue.manyRequest,
          fields.filter { action != .plan || $0.name != "account" }
        ) { request, input in try await step(action, request, input) }
      }
  }

  private func change(_ action: ItemAction, _ request: WebRequest, _ input: APIInput) async throws -> Response
  {
    let (fields, zones) = (input.body, services.dependencies.zones)
    let given = try fields.time("at")
    let link: Proof.Content? = fields["link"].map { .link(url: $0) }
    let item = request["item"]
    return try await overMany(action.level, request, input) { shop, _, transaction, grant in
      let now = grant.now
      let outcome = try ChangeItems(zones: zones, by: try grant.author(through: .api), now: now)(
        [item], of: shop, run: nil, inFinished: action == .tick || action == .untick, in: transaction
      ) { run in
        let at = try given?.moment(.happened, in: zones.stored(run.timeZone), now: now) ?? now
        return ChangeItems.TimedRequest(
          try action.request(fields, proof: link, now: now, in: zones.stored(run.timeZone)), at: at)
      }
      return outcome.items.contains(where: \.changed)
    }
  }

  private func start(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let wanted = try StartRuns.Request(
      checklist: input.body["checklist"], from: input.body.beginning("switched_at"),
      again: input.body.flag("again"))
    if wanted.again, wanted.from == .now {
      // Repeating such a request would start the same runs again.
      throw Problem.invalid(
        "switched_at",
        Wording(
          en: "has to be given with again, so that the request may be sent again safely",
          zh: "与 again 同用时必须写明，请求才能安全重发"))
    }
    let quietly = input.body.flag("all")
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    if let checklist = wanted.checklist { _ = try definitions.checklist(checklist) }
    return try await overMany(.lead, request, input) { shop, _, transaction, grant in
      let start = StartRuns(
        definitions: definitions, zones: zones, by: try grant.author(through: .api), now: grant.now)
      return !(try start.amongMany(shop, wanted, quietly: quietly, in: transaction)).started.isEmpty
    }
  }

  private func upgrade(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    let checklist = try definitions.checklist(try input.body.required("checklist")).checklist.id.rawValue
    let quietly = input.body.flag("all")
    return try await overMany(.lead, request, input) { shop, _, transaction, grant in
      let upgrade = UpgradeRuns(
        definitions: definitions, zones: zones, by: try grant.author(through: .api), now: grant.now)
      do {
        return try upgrade(shop, run: nil, checklist: checklist, in: transaction).contains(where: \.isChanged)
      } catch Refusal.noRuns where quietly { return false } catch Refusal.noneActive where quietly {
        return false
      }
    }
  }

  private func step(_ action: SwitchAction, _ request: WebRequest, _ input: APIInput) async throws -> Response
  {
    let override = input.body.flag("override") ? try input.body.required("reason") : nil
    if override != nil, !request.principal.mayInShops(.override) { throw Problem.forbidden }
    let (fields, at) = (input.body, try input.body.time("at"))
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    let level = override == nil ? action.level : .override
    return try await overMany(level, request, input) { shop, account, transaction, grant in
      var own = fields
      if action == .plan { own.set("account", [account ?? ""]) }
      let change = ChangeSwitch(
        definitions: definitions, zones: zones, by: try grant.author(through: .api), now: grant.now)
      return try change(try action.step(own), of: shop, at: at, override: override, in: transaction).change
        != nil
    }
  }
}

extension BulkAPI {
  /// A shop named in a request, with the text that follows its id; or a problem if it can't be changed.
  fileprivate struct Named: Sendable {
    let text: String
    let shop: Result<ShopID, Problem>
    let account: String?
  }

  /// - Parameter change: returns whether it changed the shop; gets the text that follows the shop's id.
  fileprivate func overMany(
    _ level: ShopPermission, _ request: WebRequest, _ input: APIInput,
    _ change: @escaping @Sendable (ShopID, String?, any StoreWriting, Grant) throws -> Bool
  ) async throws -> Response {
    let once = try await IdempotentRequest(request, input.all)
    guard let once else { return try await carryOut(level, request, input, change).response }
    // A shop's part is recorded in the transaction that changes the shop.
    let changeOnce = {
      @Sendable (shop: ShopID, account: String?, transaction: any StoreWriting, grant: Grant) in
      if let before = try once.hasChanged(shop, in: transaction) { return before }
      let hasChanged = try change(shop, account, transaction, grant)
      try once.keepPart(shop, hasChanged: hasChanged, in: transaction)
      return hasChanged
    }
    try underWay.begin(once)
    defer { underWay.end(once) }
    let earlier = try await services.change(request) { transaction, _ in
      try once.earlierAnswer(in: transaction)
    }
    if let earlier { return earlier.response }
    let reply = try await carryOut(level, request, input, changeOnce)
    // The result is stored even if the sender has lost permission since.
    return try await services.maintain { transaction in
      if let earlier = try once.earlierAnswer(in: transaction) { return earlier }
      try once.keep(reply, in: transaction)
      return reply
    }.response
  }

  private func carryOut(
    _ level: ShopPermission, _ request: WebRequest, _ input: APIInput,
    _ change: @escaping @Sendable (ShopID, String?, any StoreWriting, Grant) throws -> Bool
  ) async throws -> ReplayableResponse {
    let (named, next) = try await chosen(level, request, input)
    let accounts = Dictionary(
      named.compactMap { entry in (try? entry.shop.get()).map { ($0, entry.account) } },
      uniquingKeysWith: { first, _ in first })
    let mine = named.compactMap { try? $0.shop.get() }
    let outcomes = try await services.changeEach(mine, level, request) { shop, transaction, grant in
      try change(shop, accounts[shop] ?? nil, transaction, grant)
    }
    let answers = Dictionary(outcomes, uniquingKeysWith: { first, _ in first })
    return ReplayableResponse(
      Self.json(
        named.map { entry in (entry.text, entry.shop.flatMap { answers[$0] ?? .failure(.notFound) }) },
        next: next, request))
  }

  /// The shops named, else a page of all.
  private func chosen(
    _ level: ShopPermission, _ request: WebRequest, _ input: APIInput
  ) async throws -> (named: [Named], next: String?) {
    let texts = input.body.all("shops")
    if input.body.flag("all") != texts.isEmpty {
      throw Problem.invalid(
        "shops", Wording(en: "name the shops, or say all; one of the two", zh: "请写店铺，或写 all；两者选一"))
    }
    let principal = request.principal
    guard texts.isEmpty else {
      let named = try await services.store.read(.background) { reading in
        try texts.map { try Self.named($0, level, principal, in: reading) }
      }
      var seen: Set<String> = []
      if let twice = named.first(where: { !seen.insert($0.text).inserted })?.text {
        throw Problem.invalid(
          "shops", Wording(en: "names \(twice) twice; name each shop once", zh: "“\(twice)”写了两次；每家店铺只写一次"))
      }
      return (named, nil)
    }
    let filter = DeskFilter(
      teams: principal.reach.teams, owner: principal.reach.owner, order: .id, now: request.now)
    let narrowing = FilterParameters(request, by: [.team], input.body, in: services)
    let after = try input.body["after"].map { text throws(Problem) in try DeskPosition(cursor: text, of: .id)
    }
    let page = try await services.store.read(.background) { reading in
      var wanted = filter
      wanted.teams = try narrowing(in: reading).shops.teams
      return try reading.desk(wanted, after: after, limit: Self.most)
    }
    let shops = page.rows.map(\.shop).filter { principal.may(level, in: $0) }
    return (
      shops.map { Named(text: $0.id.rawValue, shop: .success($0.id), account: nil) }, page.end?.cursor
    )
  }

  private static func named(
    _ text: String, _ level: ShopPermission, _ principal: Principal, in reading: any StoreReading
  ) throws -> Named {
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    let account = words.count > 1 ? words[1] : nil
    func entry(_ shop: Result<ShopID, Problem>) -> Named {
      Named(text: words.first ?? text, shop: shop, account: account)
    }
    guard let id = ShopID(words.first ?? "") else { return entry(.failure(Problem(.badShopID(text)))) }
    guard let shop = try reading.shop(id)?.shop,
      ShopPermission.allCases.contains(where: { principal.may($0, in: shop) })
    else {
      return entry(.failure(.notFound))
    }
    return entry(principal.may(level, in: shop) ? .success(id) : .failure(.forbidden))
  }

  private static func json(
    _ outcomes: [(shop: String, outcome: Result<Bool, Problem>)], next: String?, _ request: WebRequest
  ) -> [UInt8] {
    func count(_ wanted: Bool) -> Int { outcomes.count { (try? $0.outcome.get()) == wanted } }
    var json = JSONWriter()
    json.object { json in
      json.field("changed", count(true))
      json.field("unchanged", count(false))
      json.field("refused", outcomes.count - count(true) - count(false))
      json.array("shops") { json in
        for (shop, outcome) in outcomes {
          json.object { json in
            json.field("shop", shop)
            switch outcome {
            case .success(let changed):
              json.field("outcome", changed ? "changed" : "unchanged")
              json.null("problem")
            case .failure(let problem):
              json.field("outcome", "refused")
              json.key("problem")
              json.value(
                json: problem.json(
                  request.language, instance: request.id, for: .program, isAdmin: request.principal.isAdmin))
            }
          }
        }
      }
      json.field("next", next)
    }
    return json.document()
  }
}

extension String {
  /// The name of the body's schema for many shops.
  fileprivate var manyRequest: String { "\(prefix(1).uppercased())\(dropFirst())ManyRequest" }
}

/// Requests over many shops that are in progress; one that is repeated meanwhile is refused until it can be
/// answered.
private final class RequestsUnderWay: Sendable {
  private let keys = Mutex<Set<String>>([])

  /// Throws a problem if a request with the same key is in progress.
  func begin(_ once: IdempotentRequest) throws(Problem) {
    let isNew = keys.withLock { $0.insert(once.name).inserted }
    if isNew { return }
    throw Problem(
      .underWay,
      Wording(
        en: "this request is still being carried out; send it again in a minute to get its answer",
        zh: "这个请求还在处理；请一分钟后重发，以取得结果"), headers: [.retryAfter: "60"])
  }

  func end(_ once: IdempotentRequest) { keys.withLock { _ = $0.remove(once.name) } }
}

extension Route {
  /// A route over many shops, with the fields that apply to each and those that choose them.
  fileprivate static func many(
    _ path: String, _ level: ShopPermission, _ id: String, _ summary: String, request: String,
    _ fields: [APIOperation.Field],
    _ answer: @escaping @Sendable (WebRequest, APIInput) async throws -> Response
  ) -> Route {
    let which: [APIOperation.Field] = [
      .init("shops", .texts(most: BulkAPI.most), "The shops' ids"),
      .init("all", .flag, "All shops that you may change in this way, instead of naming them"),
      .init("team", .text(most: 100), "With all: only this team's"),
      .init("after", .cursor, "With all: where the request before ended: its next"),
    ]
    return .api(
      .post, path, .shops(level),
      APIOperation(
        id: id, summary: summary, body: .fields(fields + which), answer: .json(schema: "Changes"),
        request: request, honoursIdempotencyKey: true, problems: [404, 409]), answer)
  }
}

import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

struct SwitchAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/shops/{shop}/switch", .shop(.see),
        APIOperation(
          id: "getSwitch", summary: "A shop's binding, its switch and those before",
          query: [.init("at", .time, "What was so then; default: now")], answer: .json(schema: "ShopSwitch"),
          problems: [409]), show),
      .api(
        .get, "/switches", .shops(.see),
        APIOperation(
          id: "listSwitches", summary: "The switches that are under way",
          query: [
            .init("cooling", .flag, "Only those that are unbound"),
            .init("team", .text(most: 100), "Only this team's shops"),
            .init("at", .time, "What was under way then, in UTC without an offset; default: now"),
          ], answer: .json(schema: "Switches"), problems: [409]), list),
      .api(
        .post, "/switches/import", .shops(.lead),
        APIOperation(
          id: "importSwitches", summary: "Record switches from before the tool, all rows or none",
          body: .bytes(
            type: "text/csv", most: CSVTable.mostBytes,
            about: """
              Columns: shop,from,to,planned_at,unbound_at,until,rebound_at. As spreadsheets write tables: UTF-8, \
              GB18030 or UTF-16, commas, semicolons or tabs.
              """),
          answer: .json(schema: "ImportedSwitches"), honoursIdempotencyKey: true), importTable),
    ] + SwitchAction.allCases.map(step)
  }

  private func show(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    let at = try input.query.time("at")
    let found = try await services.store.read { reading in
      try ReadSwitch(definitions: definitions, zones: zones, now: request.now)(shop, at: at, in: reading)
    }
    return .json(SwitchJSON.page(found))
  }

  private func list(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let at = try input.query.time("at")?.moment(.shown, in: .utc, now: request.now)
    let isOnlyCooling = input.query.flag("cooling")
    let narrowing = FilterParameters(request, by: [.team], input.query, in: services)
    return try await services.streamResponse(type: "application/json") { reading, flush in
      var wanted = SwitchFilter(onlyCooling: isOnlyCooling, at: at)
      wanted.reach = try narrowing(in: reading).shops
      var (count, output) = (0, [UInt8]())
      try reading.forEachSwitch(wanted) { _ in count += 1 }
      SwitchJSON.beginList(count: count, now: at ?? request.now, to: &output)
      var isFirst = true
      try reading.forEachSwitch(wanted) { entry in
        SwitchJSON.listed(entry, isFirst: isFirst, to: &output)
        isFirst = false
        if output.count > 64 << 10 { try flush(&output) }
      }
      SwitchJSON.endList(to: &output)
      try flush(&output)
    }
  }

  private func step(_ action: SwitchAction) -> Route {
    .api(.post, "/shops/{shop}/switch/\(action.rawValue)", .shop(action.level), action.operation) {
      request, input in
      let isAdmin = request.principal.isAdmin
      return try await TakeStepByRequest(services: services)(action, input.body, request, channel: .api) {
        ReplayableResponse(SwitchJSON.outcome($0) { isAdmin ? $0.inFolder : nil })
      }.response
    }
  }

  private func importTable(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    let importing = { @Sendable (principal: Principal, now: Moment) in
      ImportSwitches(
        definitions: definitions, zones: zones, by: try principal.author(through: .api, isLead: true),
        now: now
      )
    }
    let (principal, now) = (request.principal, request.now)
    return try await BadTableProblem.catching {
      let rows = try await WorkQueue.large.run { try importing(principal, now).read(input.bytes) }
      return try await services.changeMany(Set(rows.map(\.shop)), request, input.all) { transaction, grant in
        try check(rows, grant.principal, in: transaction)
        let outcome = try importing(grant.principal, grant.now)(rows, in: transaction) { _ in }
        var json = JSONWriter()
        json.object { json in
          json.field("recorded", outcome.recorded)
          json.field("unchanged", outcome.unchanged)
          json.field("started", outcome.started)
          json.field("without_runs", outcome.withoutRuns.map(\.rawValue))
        }
        return ReplayableResponse(json.document())
      }.response
    }
  }

  /// The sender must lead each row's shop, and learns nothing about others.
  private func check(
    _ rows: [ImportSwitches.Row], _ principal: Principal, in transaction: any StoreWriting
  ) throws {
    if principal.isAdmin { return }
    let refused = try rows.filter { row in
      try transaction.shop(row.shop).map { !principal.may(.lead, in: $0.shop) } ?? true
    }
    if refused.isEmpty { return }
    let lines = refused.prefix(20).map { String($0.line) }.joined(separator: ", ")
    throw Problem(
      .forbidden,
      Wording(
        en:
          "the shops in these lines aren't there, or you may not change them; nothing was changed: \(lines)",
        zh: "这些行的店铺不存在，或您无权修改，数据未作改动：\(lines)"))
  }
}

extension SwitchAction {
  var operation: APIOperation {
    let account = { (isRequired: Bool, about: String) in
      APIOperation.Field("account", .line(most: 100), required: isRequired, about, example: "dy-2026")
    }
    let reason = APIOperation.Field(
      "reason", .prose(most: 10_000), required: self == .abandon,
      self == .abandon ? "Why; kept in the history" : "Why rules are overridden; every report shows it")
    let override = [
      APIOperation.Field("override", .flag, "Do it against the platform's rules, as a lead; needs a reason"),
      reason,
    ]
    let (id, summary, fields): (String, String, [APIOperation.Field]) =
      switch self {
      case .bind:
        (
          "bindShop", "Record the account that a shop is first bound to",
          [account(true, "Such as a Douyin ID")]
        )
      case .plan:
        (
          "planSwitch", "Plan a switch to another account",
          [
            account(true, "The new account"), .init("for", .time, "When it will be unbound; default: now"),
            .init(
              "confirmed", .lines(most: 50, each: 100),
              "What is so of the new account, as the platform requires"),
          ] + override
        )
      case .unbind:
        (
          "recordUnbinding", "Record that the old account is unbound",
          [
            .init("until", .time, "When rebinding opens, as the platform's page shows"),
            .init("finish_by", .time, "When it must be finished, as the page shows"),
          ] + override
        )
      case .rebind:
        (
          "recordRebinding", "Record that an account is bound again",
          [account(false, "Default: the planned one; the old one cancels the switch")] + override
        )
      case .abandon: ("abandonSwitch", "Give a planned switch up, before unbinding", [reason])
      }
    return APIOperation(
      id: id, summary: summary,
      body: .fields(fields + [.init("at", .time, "When it happened; default: now")]),
      answer: .json(schema: "SwitchStep"),
      request: "\(rawValue.prefix(1).uppercased())\(rawValue.dropFirst())Request",
      honoursIdempotencyKey: true,
      hasPrecondition: true, problems: [409])
  }
}

import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// A shop's runs: starting, stopping, upgrading.
struct RunsAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .post, "/shops/{shop}/runs", .shop(.lead),
        APIOperation(
          id: "startRuns", summary: "Begin a shop's checklists, now or after the fact",
          body: .fields([
            .init("checklist", .text(most: 100), "Only this one; else all that match and begin at rebinding"),
            .init(
              "switched_at", .beginning,
              "When the account was changed, or rebound: when the shop was; default: now"),
            .init("again", .flag, "Begin anew in place of an active run"),
          ]), answer: .json(schema: "Started"), honoursIdempotencyKey: true, hasPrecondition: true,
          problems: [409]), start),
      .api(
        .post, "/shops/{shop}/runs/{run}/stop", .shop(.lead),
        APIOperation(
          id: "stopRun", summary: "End a run that should not have begun",
          body: .fields([
            .init(
              "reason", .prose(most: 10_000), required: true, "Why; kept in the history",
              example: "begun for the wrong shop")
          ]),
          answer: .json(schema: "Stopped"), honoursIdempotencyKey: true, hasPrecondition: true,
          problems: [409]), stop),
      .api(
        .post, "/shops/{shop}/upgrade", .shop(.lead),
        APIOperation(
          id: "upgradeRuns", summary: "Bring runs to what the checklists' files say now",
          body: .fields([
            .init("run", .integer, "Only this run; else all active ones"),
            .init("checklist", .text(most: 100), "Only runs of this checklist"),
            .init("dry_run", .flag, "Show the difference, change nothing"),
          ]), answer: .json(schema: "Upgrades"), honoursIdempotencyKey: true, hasPrecondition: true,
          problems: [409]),
        upgrade),
    ]
  }

  private func start(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let wanted = try StartRuns.Request(
      checklist: input.body["checklist"], from: input.body.beginning("switched_at"),
      again: input.body.flag("again"))
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    return try await services.change(shop, request, input.all) { transaction, grant in
      let start = StartRuns(
        definitions: definitions, zones: zones, by: try grant.author(through: .api), now: grant.now)
      return ReplayableResponse(StartJSON.render(try start(shop, wanted, in: transaction), request.language))
    }.response
  }

  private func stop(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    guard let number = Int(request["run"]), number > 0 else { throw Problem.notFound }
    let reason = try input.body.required("reason")
    return try await services.change(shop, request, input.all) { transaction, grant in
      let stop = StopRun(by: try grant.author(through: .api), now: grant.now)
      let (run, changed) = try stop(shop, run: number, reason: reason, in: transaction)
      return ReplayableResponse(StartJSON.stopped(run, of: shop, changed: changed))
    }.response
  }

  private func upgrade(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let run = try input.body.integer("run")
    let checklist = input.body["checklist"]
    let (definitions, zones) = (services.dependencies.definitions().definitions, services.dependencies.zones)
    let upgrade = { @Sendable (principal: Principal, now: Moment) in
      UpgradeRuns(
        definitions: definitions, zones: zones, by: try principal.author(through: .api, isLead: true),
        now: now
      )
    }
    if input.body.flag("dry_run") {
      let outcomes = try await services.store.read {
        try upgrade(request.principal, request.now).dryRun(shop, run: run, checklist: checklist, in: $0)
      }
      return .json(Self.json(outcomes))
    }
    return try await services.change(shop, request, input.all) { transaction, grant in
      ReplayableResponse(
        Self.json(
          try upgrade(grant.principal, grant.now)(shop, run: run, checklist: checklist, in: transaction)))
    }.response
  }

  private static func json(_ outcomes: [UpgradeRuns.Outcome]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("runs")
      json.value(json: UpgradeText.json(outcomes))
    }
    return json.document()
  }
}

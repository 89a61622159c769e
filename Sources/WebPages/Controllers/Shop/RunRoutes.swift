import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// Leads' changes of runs and of the shop, from the shop's page.
struct RunRoutes: Sendable {
  let services: WebServices
  let page: ShopPageRoute

  func routes(under base: String) -> [Route] {
    [
      form("\(base)/runs", start),
      form("\(base)/runs/{run}/stop", stop),
      form("\(base)/archive") { request, _ in try await setArchived(true, request) },
      form("\(base)/restore") { request, _ in try await setArchived(false, request) },
    ]
  }

  private func form(
    _ path: String, _ answer: @escaping @Sendable (WebRequest, FormFields) async throws -> String
  ) -> Route {
    Route(.post, path, .form, .shop(.lead)) { request in
      let fields = try await request.fields()
      return try await page.answering(request, fields) {
        let message = try await answer(request, fields)
        return request.isByScript
          ? FormReply(message: message, undo: nil, changed: true).reply.response
          : .see("\(request.base)?did=\(request.route.path.split(separator: "/").last ?? "")")
      }
    }
  }

  private func start(_ request: WebRequest, _ fields: FormFields) async throws -> String {
    let shop = try shop(request)
    let wanted = StartRuns.Request(
      checklist: fields["checklist"], from: try fields.beginning("switched_at"), again: fields.flag("again"))
    let definitions = services.dependencies.definitions().definitions
    let zones = services.dependencies.zones
    let started = try await services.change(shop, request) { transaction, grant in
      try StartRuns(
        definitions: definitions, zones: zones, by: try grant.author(through: .web), now: grant.now)(
          shop, wanted, in: transaction
        ).started
    }
    let titles = started.map { $0.definition.checklist.title(request.language) }
    return Wording(
      en: "Started: \(titles.joined(separator: ", ")).", zh: "已开始：\(titles.joined(separator: "、"))。")(
        request.language)
  }

  private func stop(_ request: WebRequest, _ fields: FormFields) async throws -> String {
    let shop = try shop(request)
    guard let run = Int(request["run"]) else { throw Problem.notFound }
    let reason = try fields.required("reason")
    let stopped = try await services.change(shop, request) { transaction, grant in
      try StopRun(by: try grant.author(through: .web), now: grant.now)(
        shop, run: run, reason: reason, in: transaction)
    }
    let title = stopped.run.definition.checklist.title
    return Wording(en: "Stopped “\(title(.english))”.", zh: "已停止“\(title(.chinese))”。")(request.language)
  }

  private func setArchived(_ archived: Bool, _ request: WebRequest) async throws -> String {
    let shop = try shop(request)
    let zones = services.dependencies.zones
    _ = try await services.change(shop, request) { transaction, grant in
      try ChangeShop(zones: zones, by: try grant.author(through: .web), now: grant.now)
        .setArchived(shop, archived, in: transaction)
    }
    return archived
      ? Wording(en: "The shop is archived.", zh: "店铺已归档。")(request.language)
      : Wording(en: "The shop is back.", zh: "店铺已恢复。")(request.language)
  }

  private func shop(_ request: WebRequest) throws(Problem) -> ShopID {
    guard let shop = request.shop?.stored.shop.id else { throw .notFound }
    return shop
  }
}

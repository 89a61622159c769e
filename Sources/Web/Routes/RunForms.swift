import Domain
import Hummingbird
import Operations
import Reports

/// What leads do to a shop's runs and to the shop itself from its page.
struct RunForms: Sendable {
  let books: Books
  let page: ShopPageRoute

  func routes(under base: String) -> [Route] {
    [
      form("\(base)/runs", start),
      form("\(base)/runs/{run}/stop", stop),
      form("\(base)/archive") { asked, _ in try await setArchived(true, asked) },
      form("\(base)/restore") { asked, _ in try await setArchived(false, asked) },
    ]
  }

  private func form(
    _ path: String, _ answer: @escaping @Sendable (Asked, Fields) async throws -> String
  ) -> Route {
    Route(.post, path, .form, .shop(.lead)) { asked in
      let fields = try await asked.fields()
      return try await page.answering(asked, fields) {
        let message = try await answer(asked, fields)
        return asked.isByScript
          ? FormReply(message: message, undo: nil, changed: true).reply.response
          : .see("\(asked.base)?did=\(asked.route.path.split(separator: "/").last ?? "")")
      }
    }
  }

  private func start(_ asked: Asked, _ fields: Fields) async throws -> String {
    let shop = try shop(asked)
    let request = StartRuns.Request(
      checklist: fields["checklist"], from: try fields.beginning("switched_at"), again: fields.flag("again"))
    let definitions = books.parts.definitions().definitions
    let zones = books.parts.zones
    let started = try await books.change(shop, asked) { transaction, grant in
      try StartRuns(
        definitions: definitions, zones: zones, by: try grant.actor(through: .web), now: grant.now)(
          shop, request, in: transaction
        ).started
    }
    let titles = started.map { $0.definition.checklist.title(asked.language) }
    return Wording(
      en: "Started: \(titles.joined(separator: ", ")).", zh: "已开始：\(titles.joined(separator: "、"))。")(
        asked.language)
  }

  private func stop(_ asked: Asked, _ fields: Fields) async throws -> String {
    let shop = try shop(asked)
    guard let run = Int(asked["run"]) else { throw Problem.notFound }
    let reason = try fields.required("reason")
    let stopped = try await books.change(shop, asked) { transaction, grant in
      try StopRun(by: try grant.actor(through: .web), now: grant.now)(
        shop, run: run, reason: reason, in: transaction)
    }
    let title = stopped.run.definition.checklist.title
    return Wording(en: "Stopped “\(title(.english))”.", zh: "已停止“\(title(.chinese))”。")(asked.language)
  }

  private func setArchived(_ archived: Bool, _ asked: Asked) async throws -> String {
    let shop = try shop(asked)
    let zones = books.parts.zones
    _ = try await books.change(shop, asked) { transaction, grant in
      try ChangeShop(zones: zones, by: try grant.actor(through: .web), now: grant.now)
        .setArchived(shop, archived, in: transaction)
    }
    return archived
      ? Wording(en: "The shop is archived.", zh: "店铺已归档。")(asked.language)
      : Wording(en: "The shop is back.", zh: "店铺已恢复。")(asked.language)
  }

  private func shop(_ asked: Asked) throws(Problem) -> ShopID {
    guard let shop = asked.shop?.stored.shop.id else { throw .notFound }
    return shop
  }
}

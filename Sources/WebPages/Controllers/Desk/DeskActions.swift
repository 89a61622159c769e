import Domain
import Operations
import Reports
import WebCore

/// Changes of several selected shops, or of all that match a filter.
struct DeskActions: Sendable {
  enum Verb: String, CaseIterable, Sendable {
    case start
    case tick
    case assign
    case due

    var level: ShopPermission { self == .tick ? .change : .lead }
  }

  /// The results over all shops.
  struct Outcome: Sendable {
    var changed = 0
    var refused: [(ShopID, Problem)] = []
    /// The number of shops that the user may see but not change in this way.
    var forbidden = 0

    func done(_ language: Language) -> String {
      Wording(en: changed == 1 ? "Done in 1 shop." : "Done in \(changed) shops.", zh: "已处理 \(changed) 家店铺。")(
        language)
    }

    /// - Parameter name: returns an item's display name.
    func problem(_ language: Language, _ name: (ItemID) -> Wording?) -> PageProblem? {
      if refused.isEmpty, forbidden == 0 { return nil }
      let colon = Wording(en: ": ", zh: "：")(language)
      var parts = refused.prefix(20).map { shop, problem in
        "\(shop)\(colon)\((problem.refusal?.pageWording(name) ?? problem.detail)(language))"
      }
      if refused.count > 20 {
        parts.append(
          Wording(en: "and \(refused.count - 20) more", zh: "还有 \(refused.count - 20) 家")(language))
      }
      if forbidden > 0 {
        parts.append(
          Wording(
            en: "\(CountPhrases.shops(forbidden).en) \(forbidden == 1 ? "isn't" : "aren't") yours to change",
            zh: "\(forbidden) 家店铺不归您管理")(language))
      }
      let count = refused.count + forbidden
      return PageProblem(
        title: Wording(
          en: count == 1 ? "1 shop wasn't changed" : "\(count) shops weren't changed", zh: "\(count) 家店铺没有改动")(
            language),
        detail: parts.joined(separator: Wording(en: "; ", zh: "；")(language)))
    }

    func reply(_ language: Language, _ name: (ItemID) -> Wording?) -> ReplayableResponse {
      let said = [done(language), problem(language, name).map { "\($0.title): \($0.detail)" }].compactMap {
        $0
      }
      return FormReply(message: said.joined(separator: " "), undo: nil, changed: changed > 0).reply
    }
  }

  /// Shops per request.
  static let most = 20_000

  let services: WebServices

  func callAsFunction(_ fields: FormFields, _ desk: ShopListParameters, _ request: WebRequest) async throws
    -> Outcome
  {
    guard let verb: Verb = try ShopListParameters.choice("do", fields) else {
      throw Problem.invalid("do", Wording(en: "is missing; choose what to do", zh: "请选择要做什么"))
    }
    let shops = try await chosen(fields, desk)
    if shops.isEmpty {
      throw Problem.invalid("shop", Wording(en: "choose at least one shop", zh: "请至少选择一家店铺"))
    }
    var outcome = Outcome()
    let mine = shops.filter { request.principal.may(verb.level, in: $0) }.map(\.id)
    outcome.forbidden = shops.count - mine.count
    if mine.isEmpty { throw Problem.forbidden }
    let change = try change(verb, fields)
    for (shop, result) in try await services.changeEach(mine, verb.level, request, change) {
      switch result {
      case .success: outcome.changed += 1
      case .failure(let problem): outcome.refused.append((shop, problem))
      }
    }
    return outcome
  }

  /// The shops named, or all that match the filter.
  private func chosen(_ fields: FormFields, _ desk: ShopListParameters) async throws -> [Shop] {
    if fields.flag("all") {
      return try await services.store.read(.background) { reading in
        var shops: [Shop] = []
        var position: DeskPosition?
        repeat {
          let page = try reading.desk(desk.filter, after: position, limit: 500)
          shops += page.rows.map(\.shop)
          position = page.end
          if shops.count > Self.most { throw Self.tooMany }
        } while position != nil
        return shops
      }
    }
    let ids = fields.all("shop")
    if ids.count > Self.most { throw Self.tooMany }
    return try await services.store.read(.background) { reading in
      try ids.compactMap { id in try ShopID(id).flatMap { try reading.shop($0)?.shop } }
    }
  }

  private static let tooMany = Problem.invalid(
    "shop",
    Wording(
      en: "more than \(most) shops at once; narrow the list, or use the command line",
      zh: "一次超过 \(most) 家；请缩小范围，或用命令行"))

  /// The change of each shop, made in its transaction.
  private func change(
    _ verb: Verb, _ fields: FormFields
  ) throws -> @Sendable (ShopID, any StoreWriting, Grant) throws -> Void {
    let zones = services.dependencies.zones
    let definitions = services.dependencies.definitions().definitions
    if verb == .start {
      let checklist = try fields.required("begin")
      return { shop, transaction, grant in
        _ = try StartRuns(
          definitions: definitions, zones: zones, by: try grant.author(through: .web), now: grant.now
        ).amongMany(shop, .init(checklist: checklist), quietly: false, in: transaction)
      }
    }
    let item = try fields.required("item")
    let action: ItemAction = verb == .tick ? .tick : verb == .assign ? .assign : .due
    // The form's other fields choose the shops, so these have names of their own.
    var given = fields
    if verb == .assign { given.set("owner", [try fields.required("assignee")]) }
    if verb == .due, fields["reason"] == nil { given.set("reason", [try fields.required("note")]) }
    let texts = given
    return { shop, transaction, grant in
      let change = ChangeItems(zones: zones, by: try grant.author(through: .web), now: grant.now)
      _ = try change([item], of: shop, run: nil, inFinished: action == .tick, in: transaction) { run in
        ChangeItems.TimedRequest(
          try action.request(texts, proof: nil, now: grant.now, in: zones.stored(run.timeZone)),
          at: grant.now)
      }
    }
  }
}

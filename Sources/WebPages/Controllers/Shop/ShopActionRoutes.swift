import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// The forms on a shop's page: changes of items and steps of its switch. The same for users and for people
/// with a link.
struct ShopActionRoutes: Sendable {
  let services: WebServices
  let page: ShopPageRoute

  /// - Parameter base: `/shops/{shop}` or `/l/{secret}`.
  func routes(under base: String) -> [Route] {
    let items = ItemAction.allCases.map { action in
      Route(.post, "\(base)/items/{item}/\(action.rawValue)", .form, .shop(action.level)) { request in
        // Only ticks take files.
        let fields = try await request.fields(
          upTo: action == .tick ? KeepFile.most + 65_536 : 256 << 10)
        return try await page.answering(request, fields) { try await change(action, request, fields) }
      }
    }
    let steps = SwitchAction.allCases.map { action in
      Route(.post, "\(base)/switch/\(action.rawValue)", .form, .shop(action.level)) { request in
        let fields = try await request.fields()
        return try await page.answering(request, fields) { try await take(action, request, fields) }
      }
    }
    return items + steps
  }

  private func change(_ action: ItemAction, _ request: WebRequest, _ fields: FormFields) async throws
    -> Response
  {
    let language = request.language
    let item = request["item"]
    let zones = services.dependencies.zones
    let reply = try await ChangeItemsByRequest(services: services)(
      action, [item], fields, request, channel: .web
    ) { outcome in
      let entry = outcome.items.first
      let zone = outcome.runs.first.flatMap { zones.zone(named: $0.timeZone) } ?? .utc
      let words = entry.map {
        $0.changed ? Self.words(action, $0.item, changed: true) : Self.before($0.item, in: zone)
      }
      // Without the script the text exists only in this request, so it must not be lost silently.
      if let entry, let words, !entry.changed, !request.isByScript, action.hasTyped(fields) {
        throw Problem(.alreadySo, words)
      }
      return FormReply(
        message: words?(language) ?? "",
        undo: action == .tick && entry?.changed == true ? entry.map { ($0.item.id, $0.run) } : nil,
        changed: entry?.changed ?? false
      ).reply
    }
    if request.isByScript { return reply.response }
    let run = fields["run"].map { "&run=\(RequestPipeline.escaped($0))" } ?? ""
    return .see("\(request.base)?did=\(action.rawValue)&item=\(RequestPipeline.escaped(item))\(run)")
  }

  private func take(_ action: SwitchAction, _ request: WebRequest, _ fields: FormFields) async throws
    -> Response
  {
    let language = request.language
    let now = request.now
    let reply = try await TakeStepByRequest(services: services)(action, fields, request, channel: .web) {
      outcome in
      FormReply(
        message: SwitchOutcomeText(language: language, now: now).brief(outcome), undo: nil,
        changed: outcome.change != nil
      ).reply
    }
    return request.isByScript ? reply.response : .see("\(request.base)?did=\(action.rawValue)")
  }

  /// Who was first, and when, if a change changed nothing.
  static func before(_ item: Run.Item, in zone: Zone) -> Wording {
    let title = item.definition.title
    let (en, zh) = (title(.english), title(.chinese))
    if let awaiting = item.awaiting {
      let who = DoneBy.wording(awaiting.by, link: awaiting.link)
      let at = zone.format(awaiting.at)
      return Wording(
        en: "\(who.en) ticked “\(en)” already, at \(at); somebody else has to confirm it.",
        zh: "\(who.zh) 已在 \(at) 勾选了“\(zh)”，还要等另一个人确认。")
    }
    guard !item.state.isOutstanding, let by = item.changedBy, let changedAt = item.changedAt else {
      return words(.tick, item, changed: false)
    }
    let who = DoneBy.wording(by, link: item.changedByLink)
    let at = zone.format(changedAt)
    return item.state == .done
      ? Wording(en: "\(who.en) did “\(en)” already, at \(at).", zh: "\(who.zh) 已在 \(at) 完成了“\(zh)”。")
      : Wording(en: "\(who.en) skipped “\(en)” already, at \(at).", zh: "\(who.zh) 已在 \(at) 跳过了“\(zh)”。")
  }

  /// A change's result in a sentence.
  static func words(_ action: ItemAction, _ item: Run.Item, changed: Bool) -> Wording {
    let title = item.definition.title
    let (en, zh) = (title(.english), title(.chinese))
    if !changed {
      return Wording(en: "Nothing to do: “\(en)” is so already.", zh: "无需操作：“\(zh)”已经是这样了。")
    }
    return switch action {
    case .tick where item.awaiting != nil:
      Wording(en: "Ticked “\(en)”. A second person still has to confirm it.", zh: "已勾选“\(zh)”，还需要另一个人确认。")
    case .tick: Wording(en: "Done: “\(en)”.", zh: "已完成“\(zh)”。")
    case .confirm: Wording(en: "Confirmed “\(en)”.", zh: "已确认“\(zh)”。")
    case .untick: Wording(en: "“\(en)” is open again.", zh: "“\(zh)”已重新打开。")
    case .skip: Wording(en: "Skipped “\(en)”.", zh: "已跳过“\(zh)”。")
    case .block: Wording(en: "“\(en)” is marked as blocked.", zh: "“\(zh)”已标为受阻。")
    case .unblock: Wording(en: "“\(en)” is no longer blocked.", zh: "“\(zh)”已解除受阻。")
    case .note: Wording(en: "Noted on “\(en)”.", zh: "已给“\(zh)”写上备注。")
    case .assign:
      Wording(en: "“\(en)” is now for \(item.owner ?? "").", zh: "“\(zh)”已交给 \(item.owner ?? "")。")
    case .due: Wording(en: "Moved the due time of “\(en)”.", zh: "已修改“\(zh)”的截止时间。")
    }
  }
}

extension WebRequest {
  /// The path of the shop's page that a form belongs to.
  var base: String {
    if let secret = parameters["secret"] { return "/l/\(RequestPipeline.escaped(secret))/" }
    return "/shops/\(RequestPipeline.escaped(shop?.stored.shop.id.rawValue ?? ""))/"
  }
}

/// The response to the page's script.
struct FormReply: Sendable {
  let message: String
  /// The change that an undo button would revert.
  let undo: (item: ItemID, run: Int)?
  /// False if the item already was in the requested state.
  let changed: Bool

  var reply: ReplayableResponse {
    var json = JSONWriter()
    json.object { json in
      json.field("message", message)
      if let undo {
        json.object("undo") { json in
          json.field("item", undo.item.rawValue)
          json.field("run", undo.run)
        }
      } else {
        json.null("undo")
      }
      json.field("changed", changed)
    }
    return ReplayableResponse(json.document())
  }
}

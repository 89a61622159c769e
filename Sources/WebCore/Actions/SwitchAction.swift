import Domain
import Hummingbird
import Operations

/// Steps of a shop's switch, by forms or the API.
package enum SwitchAction: String, CaseIterable, Sendable {
  case bind
  case plan
  case unbind
  case rebind
  case abandon

  /// Everybody who works in the shop may take steps, since they know which account is bound and when.
  package var level: ShopPermission { .change }

  package func step(_ fields: FormFields) throws -> ChangeSwitch.Step {
    switch self {
    case .bind: .bind(try fields.required("account"))
    case .plan:
      .plan(
        to: try fields.required("account"), plannedFor: try fields.time("for"),
        confirmed: fields.all("confirmed").filter { !$0.isEmpty })
    case .unbind: .unbind(until: try fields.time("until"), finishBy: try fields.time("finish_by"))
    case .rebind: .rebind(to: fields["account"])
    case .abandon: .abandon(reason: try fields.required("reason"))
    }
  }
}

/// Takes a step of a switch as requested over the web.
package struct TakeStepByRequest: Sendable {
  package let services: WebServices

  package init(services: WebServices) {
    self.services = services
  }

  /// Throws a `Problem`, a `Refusal` or a `StoreError`.
  package func callAsFunction(
    _ action: SwitchAction, _ fields: FormFields, _ request: WebRequest, channel: EntryChannel,
    reply: @escaping @Sendable (ChangeSwitch.Outcome) -> ReplayableResponse
  ) async throws -> ReplayableResponse {
    guard let found = request.shop else { throw Problem.notFound }
    let shop = found.stored.shop.id
    let wantsOverride = fields.flag("override")
    if wantsOverride { try request.principal.require(.override, in: found.stored.shop) }
    let override = wantsOverride ? try fields.required("reason") : nil
    let step = try action.step(fields)
    let at = try fields.time("at")
    let definitions = services.dependencies.definitions().definitions
    let zones = services.dependencies.zones
    return try await services.change(shop, request, fields) { transaction, grant in
      if wantsOverride, let shop = grant.shop?.shop { try grant.principal.require(.override, in: shop) }
      let change = ChangeSwitch(
        definitions: definitions, zones: zones, by: try grant.author(through: channel), now: grant.now)
      return reply(try change(step, of: shop, at: at, override: override, in: transaction))
    }
  }
}

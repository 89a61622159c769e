import Formats

extension AccountChange {
  var kind: String {
    switch self {
    case .bound: "account-bound"
    case .planned: "switch-planned"
    case .unbound: "switch-unbound"
    case .coolDownCorrected: "switch-corrected"
    case .rebound: "switch-rebound"
    case .abandoned: "switch-abandoned"
    }
  }

  func encode(to json: inout JSONWriter) {
    switch self {
    case .bound(let account, let since):
      json.field("account", account)
      json.field("since", since)
    case .planned(let plan):
      json.field("switch", Int64(plan.number))
      json.field("to", plan.to)
      json.field("planned_for", plan.plannedFor)
      if !plan.confirmed.isEmpty { json.field("confirmed", plan.confirmed) }
      json.field(plan.overridden)
      if plan.isImported { json.field("imported", true) }
    case .unbound(let number, let coolDown, let overridden):
      json.field("switch", Int64(number))
      json.fields(of: coolDown)
      json.field(overridden)
    case .coolDownCorrected(let number, let coolDown):
      json.field("switch", Int64(number))
      json.fields(of: coolDown)
    case .rebound(let number, let account, let overridden):
      json.field("switch", Int64(number))
      json.field("to", account)
      json.field(overridden)
    case .abandoned(let number, let reason):
      json.field("switch", Int64(number))
      json.field("reason", reason)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func fields(of coolDown: AccountSwitch.CoolDown) {
    field("until", coolDown.until)
    if coolDown.isEstimate { field("estimate", true) }
    field("latest", coolDown.latest)
    field("finish_by", coolDown.finishBy)
  }

  fileprivate mutating func field(_ overridden: Overridden?) {
    guard let overridden else { return }
    key("overridden")
    object { json in
      json.field("rules", overridden.rules.map(\.rawValue))
      json.field("reason", overridden.reason)
    }
  }
}

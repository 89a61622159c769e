import Formats

/// The fields that only events about a shop's binding have.
struct AccountFields {
  private(set) var number: Int64?
  private var account: String?
  private var since: Moment?
  private var plannedFor: Moment?
  private var confirmed: [String] = []
  private var until: Moment?
  private var estimate = false
  private var latest: Moment?
  private var finishBy: Moment?
  private var overridden: Overridden?
  private var imported = false

  mutating func read(_ key: JSONKey, _ cursor: inout JSONCursor) throws {
    switch key {
    case "switch": number = try cursor.count()
    case "account": account = try cursor.string()
    case "since": since = try cursor.moment()
    case "planned_for": plannedFor = try cursor.moment()
    case "confirmed": confirmed = try cursor.strings()
    case "until": until = try cursor.moment()
    case "estimate": estimate = try cursor.bool()
    case "latest": latest = try cursor.moment()
    case "finish_by": finishBy = try cursor.moment()
    case "overridden": overridden = try Overridden(&cursor)
    case "imported": imported = try cursor.bool()
    default: throw MalformedEvent(problem: "unknown key '\(key)'")
    }
  }

  /// Nil if the event isn't about the binding.
  func change(_ kind: String, to: String?, reason: String?) throws -> AccountChange? {
    switch kind {
    case "account-bound": return .bound(account: try require(account, "account"), since: since)
    case "switch-planned":
      return .planned(
        SwitchPlan(
          number: try switchNumber(), to: try require(to, "to"),
          plannedFor: try require(plannedFor, "planned_for"), confirmed: confirmed, overridden: overridden,
          isImported: imported))
    case "switch-unbound": return .unbound(switch: try switchNumber(), coolDown, overridden: overridden)
    case "switch-corrected": return .coolDownCorrected(switch: try switchNumber(), coolDown)
    case "switch-rebound":
      return .rebound(switch: try switchNumber(), to: try require(to, "to"), overridden: overridden)
    case "switch-abandoned":
      return .abandoned(switch: try switchNumber(), reason: try require(reason, "reason"))
    default: return nil
    }
  }

  private var coolDown: AccountSwitch.CoolDown {
    AccountSwitch.CoolDown(until: until, isEstimate: estimate, latest: latest, finishBy: finishBy)
  }

  private func switchNumber() throws -> Int { Int(try require(number, "switch")) }

  private func require<Value>(_ value: Value?, _ key: String) throws -> Value {
    guard let value else { throw MalformedEvent(problem: "'\(key)' is missing") }
    return value
  }
}

extension Overridden {
  fileprivate init(_ cursor: inout JSONCursor) throws {
    var rules: [PlatformRules.Rule] = []
    var reason: String?
    try cursor.fields { key, cursor in
      switch key {
      case "rules":
        for name in try cursor.strings() {
          guard let rule = PlatformRules.Rule(rawValue: name) else {
            throw MalformedEvent(problem: "unknown rule '\(name)'")
          }
          rules.append(rule)
        }
      case "reason": reason = try cursor.string()
      default: throw MalformedEvent(problem: "unknown key '\(key)'")
      }
    }
    if rules.isEmpty { throw MalformedEvent(problem: "an override of no rule") }
    guard let reason else { throw MalformedEvent(problem: "an override without a reason") }
    self.init(rules: rules, reason: reason)
  }
}

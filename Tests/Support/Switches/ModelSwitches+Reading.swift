import Domain

extension ModelSwitches {
  /// A rule, and the moment from which it allows the step, where one does.
  package struct Forbidding: Hashable {
    package let rule: String
    package let from: Int64?
  }

  /// What speaks against a step.
  package enum Objection: Hashable {
    case future
    case outOfOrder
    case boundAlready
    case notBound
    case sameAccount
    case noSwitch
    case underWay
    case isUnbound
    case notUnbound
    case otherAccount
    case unknownRequirement
    case plannedInThePast
    case endsBeforeUnbinding
    case finishBeforeItOpens
    case forbidden(Set<Forbidding>)

    /// Nil for a refusal that isn't about bindings.
    package init?(_ refusal: Refusal) {
      switch refusal {
      case .inTheFuture: self = .future
      case .beforeTheLastStep: self = .outOfOrder
      case .boundAlready: self = .boundAlready
      case .notBound: self = .notBound
      case .sameAccount: self = .sameAccount
      case .noSwitch: self = .noSwitch
      case .switchUnderWay: self = .underWay
      case .isUnbound: self = .isUnbound
      case .notUnbound: self = .notUnbound
      case .otherAccount: self = .otherAccount
      case .unknownRequirement: self = .unknownRequirement
      case .plannedInThePast: self = .plannedInThePast
      case .endsBeforeUnbinding: self = .endsBeforeUnbinding
      case .finishBeforeItOpens: self = .finishBeforeItOpens
      case .forbidden(_, _, _, let violations):
        self = .forbidden(
          Set(violations.map { Forbidding(rule: $0.rule.rawValue, from: $0.allowedFrom?.seconds) }))
      default: return nil
      }
    }
  }

  /// All that it holds, a line for each binding and each switch; `BindingHistory` has the same.
  package var lines: [String] {
    bindings.map { Self.line($0.account, $0.since, $0.until) }
      + switches.map { change in
        let confirmed = change.confirmed.map { "\($0.name) by \($0.by) at \($0.at)" }
        let times = [
          change.plannedAt, change.plannedFor, change.unboundAt, change.shown, change.usually, change.mostly,
          change.finishBy, change.endedAt,
        ]
        return Self.line(change.from, change.to, change.state, times, confirmed, change.overridden)
      }
  }

  fileprivate static func line(_ account: String, _ since: Int64?, _ until: Int64?) -> String {
    "\(account) \(shown(since))..\(shown(until))"
  }

  fileprivate static func line(
    _ from: String, _ to: String, _ state: String, _ times: [Int64?], _ confirmed: [String],
    _ overridden: [String]
  ) -> String {
    """
    \(from) > \(to) \(state) \(times.map(shown).joined(separator: " ")) \(confirmed) \(overridden)
    """
  }

  private static func shown(_ time: Int64?) -> String { time.map(String.init) ?? "-" }
}

extension BindingHistory {
  /// As `ModelSwitches` writes it.
  package var lines: [String] {
    bindings.map { ModelSwitches.line($0.account, $0.since?.seconds, $0.ended?.seconds) }
      + switches.map { change in
        let coolDown = change.coolDown
        let isEstimate = coolDown?.isEstimate == true
        let times = [
          change.plannedAt, change.plannedFor, change.unboundAt, isEstimate ? nil : coolDown?.until,
          isEstimate ? coolDown?.until : nil, coolDown?.latest, coolDown?.finishBy, change.endedAt,
        ].map { $0?.seconds }
        let overridden = change.overrides.map { override in
          let rules = override.rules.map(\.rawValue).sorted().joined(separator: "+")
          return "\(override.step.rawValue) against \(rules) by \(override.by) at \(override.at.seconds)"
        }
        return ModelSwitches.line(
          change.from, change.to, change.state.rawValue, times,
          change.confirmed.map { "\($0.requirement) by \($0.by) at \($0.at.seconds)" }, overridden)
      }
  }
}

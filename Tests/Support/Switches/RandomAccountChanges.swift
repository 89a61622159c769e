import Domain

extension SeededGenerator {
  package mutating func accountChange() -> AccountChange {
    switch number(1...6) {
    case 1: .bound(account: line(), since: maybe { $0.moment() })
    case 2:
      .planned(
        SwitchPlan(
          number: number(1...99), to: line(), plannedFor: moment(),
          confirmed: some(of: ["registered", "real-name-verified", "实名"]), overridden: overridden(),
          isImported: once(in: 4)))
    case 3: .unbound(switch: number(1...99), coolDown(), overridden: overridden())
    case 4: .coolDownCorrected(switch: number(1...99), coolDown())
    case 5: .rebound(switch: number(1...99), to: line(), overridden: overridden())
    default: .abandoned(switch: number(1...99), reason: longText())
    }
  }

  private mutating func coolDown() -> AccountSwitch.CoolDown {
    AccountSwitch.CoolDown(
      until: maybe { $0.moment() }, isEstimate: once(in: 2), latest: maybe { $0.moment() },
      finishBy: maybe { $0.moment() })
  }

  private mutating func overridden() -> Overridden? {
    let rules = some(of: PlatformRules.Rule.allCases)
    return rules.isEmpty ? nil : Overridden(rules: rules, reason: longText())
  }
}

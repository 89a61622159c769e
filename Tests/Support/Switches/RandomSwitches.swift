import Domain

/// Random steps of switches, at times that lie on and beside those where the rules change their answer.
extension SeededGenerator {
  package mutating func switchRules() -> ModelSwitches.Rules {
    let day: Int64 = 86_400
    let usual = once(in: 4) ? nil : Int64(number(0...4)) * day
    return ModelSwitches.Rules(
      requires: some(of: ["registered", "real-name-verified"]), usual: usual,
      most: usual.flatMap { usual in maybe { usual + Int64($0.number(0...5)) * day } },
      between: once(in: 4) ? nil : Int64(number(0...8)) * day)
  }

  package mutating func switchRequest(
    _ model: ModelSwitches, _ rules: ModelSwitches.Rules, now: Int64
  ) -> RequestedSwitchChange {
    switch model.likely(number(1...100)) {
    case 1: return .bind(account())
    case 2:
      let names = once(in: 3) ? some(of: rules.requires) : rules.requires
      return .plan(
        to: account(), plannedFor: maybe { $0.time(around: model, now: now) },
        confirmed: once(in: 20) ? names + ["rich"] : names)
    case 3:
      return .unbind(
        until: maybe { $0.time(around: model, now: now) },
        finishBy: once(in: 4) ? time(around: model, now: now) : nil)
    case 4: return .rebind(to: once(in: 3) ? account() : nil)
    default: return .abandon(reason: "r")
    }
  }

  package mutating func switchCircumstances(
    _ model: ModelSwitches, _ rules: ModelSwitches.Rules, now: Int64
  ) -> ModelSwitches.Circumstances {
    let isLate = once(in: 4)
    return ModelSwitches.Circumstances(
      rules: once(in: 12) ? nil : rules, overrides: once(in: 5), by: one(of: ["Li", "Wang"]),
      at: isLate ? time(around: model, now: now).seconds : now, now: now)
  }

  /// A row that mostly follows what the model holds.
  package mutating func earlierSwitch(_ model: ModelSwitches, now: Int64) -> ModelSwitches.Earlier {
    let times = (1...3).map { _ in time(around: model, now: now).seconds }.sorted()
    let steps = number(1...3)
    return ModelSwitches.Earlier(
      from: once(in: 4) ? account() : model.bindings.last?.account ?? account(), to: account(),
      plannedAt: steps == 1 || once(in: 2) ? times[0] : nil, unboundAt: steps > 1 ? times[1] : nil,
      until: steps > 1 && once(in: 3) ? time(around: model, now: now).seconds : nil,
      reboundAt: steps > 2 ? times[2] : nil)
  }

  private mutating func account() -> String { one(of: ["a", "b", "c"]) }

  private mutating func time(around model: ModelSwitches, now: Int64) -> Moment {
    let edges = model.edges + [now, now - 21_600 * Int64(number(0...8)), now + 21_600 * Int64(number(0...8))]
    return Moment(seconds: one(of: edges) + (once(in: 2) ? 0 : Int64(number(-1...1))))
  }
}

extension ModelSwitches {
  /// The number of a request: mostly one that leads on from where the shop is.
  fileprivate func likely(_ percent: Int) -> Int {
    switch (phase, percent) {
    case (.never, ...60): 1
    case (.bound, ...70), (.planned, ...20): 2
    case (.planned, ...75), (.unbound, ...20): 3
    case (.unbound, ...80): 4
    default: percent % 5 + 1
    }
  }

  fileprivate var edges: [Int64] {
    let change = switches.last
    return [
      lastStep, lastRebinding, change?.plannedFor, change?.unboundAt, change?.shown, change?.usually,
      change?.finishBy,
    ].compactMap { $0 }
  }
}

extension ModelSwitches.Rules {
  /// The same in whole days.
  package func platform(_ name: String) -> PlatformRules {
    func days(_ seconds: Int64) -> CalendarDuration { .days(Int(seconds / 86_400)) }
    return PlatformRules(
      platform: name,
      coolDown: usual.map { PlatformRules.CoolDown(usual: days($0), most: most.map(days)) },
      betweenSwitches: between.map(days), requires: requires,
      checked: CivilDate(dayNumber: 20_777))
  }
}

import Domain

/// The steps, each as the contract has it: whether it changes something, and what speaks against it.
extension ModelSwitches {
  private var last: Switch { switches[switches.count - 1] }

  private mutating func changeLast(_ change: (inout Switch) -> Void) { change(&switches[switches.count - 1]) }

  mutating func bind(_ account: String, _ at: Int64, _ objections: inout Set<Objection>) -> Bool {
    switch phase {
    case .never:
      bindings.append(Binding(account: account, since: at))
      (phase, lastStep) = (.bound, at)
      return true
    case .bound, .planned:
      if bindings.last?.account != account { objections.insert(.boundAlready) }
    case .unbound: objections.insert(.isUnbound)
    }
    return false
  }

  mutating func plan(
    _ to: String, _ wanted: Int64?, _ confirmed: [String], _ circumstances: Circumstances,
    _ objections: inout Set<Objection>
  ) -> Bool {
    let (at, rules) = (circumstances.at, circumstances.rules)
    if let rules, !Set(confirmed).isSubset(of: rules.requires) { objections.insert(.unknownRequirement) }
    if phase == .never { objections.insert(.notBound) }
    if phase == .unbound { objections.insert(.isUnbound) }
    guard phase == .bound || phase == .planned, let account = bindings.last?.account else { return false }
    if account == to { objections.insert(.sameAccount) }
    requireOrder(at, &objections)

    let before = phase == .planned ? last : nil
    let plannedFor = wanted ?? before?.plannedFor ?? at
    if wanted != nil, plannedFor < at, plannedFor != before?.plannedFor {
      objections.insert(.plannedInThePast)
    }
    var all = before?.to == to ? before?.confirmed ?? [] : []
    let known = all.count
    for name in confirmed where !all.contains(where: { $0.name == name }) {
      all.append((name, circumstances.by, at))
    }
    if let before, before.to == to, before.plannedFor == plannedFor, all.count == known { return false }

    var forbidding: Set<Forbidding> = []
    if let rules, !rules.requires.allSatisfy({ name in all.contains { $0.name == name } }) {
      forbidding.insert(Forbidding(rule: "requires", from: nil))
    }
    forbidding.formUnion(tooSoon(plannedFor, rules))
    if before == nil {
      switches.append(Switch(from: account, to: to, plannedAt: at, plannedFor: plannedFor))
      (phase, lastStep) = (.planned, at)
    }
    changeLast { ($0.to, $0.plannedFor, $0.confirmed) = (to, plannedFor, all) }
    heed(forbidding, "planned", circumstances, &objections)
    return true
  }

  mutating func unbind(
    _ until: Int64?, _ finishBy: Int64?, _ circumstances: Circumstances, _ objections: inout Set<Objection>
  ) -> Bool {
    if phase == .never { objections.insert(.notBound) }
    if phase == .bound { objections.insert(.noSwitch) }
    guard phase == .planned || phase == .unbound else { return false }
    let (at, old) = (circumstances.at, last)
    requireOrder(at, &objections)
    let unboundAt = old.unboundAt ?? at
    if let until, until < unboundAt { objections.insert(.endsBeforeUnbinding) }
    if phase == .planned {
      heed(tooSoon(at, circumstances.rules), "unbound", circumstances, &objections)
      bindings[bindings.count - 1].until = at
      (phase, lastStep) = (.unbound, at)
      changeLast { change in
        (change.state, change.unboundAt) = ("unbound", at)
        change.usually = circumstances.rules?.usual.map { at + $0 }
        change.mostly = circumstances.rules?.usual == nil ? nil : circumstances.rules?.most.map { at + $0 }
      }
    }
    changeLast { change in
      change.shown = until ?? old.shown
      if change.shown != nil { (change.usually, change.mostly) = (nil, nil) }
      change.finishBy = finishBy ?? old.finishBy
    }
    if let finishBy = last.finishBy, finishBy < last.shown ?? unboundAt {
      objections.insert(.finishBeforeItOpens)
    }
    return old.unboundAt == nil || last.shown != old.shown || last.finishBy != old.finishBy
  }

  mutating func rebind(
    _ wanted: String?, _ circumstances: Circumstances, _ objections: inout Set<Objection>
  ) -> Bool {
    if phase == .never { objections.insert(.notBound) }
    if phase == .planned { objections.insert(.notUnbound) }
    if phase == .bound {
      let holds = ["rebound", "cancelled"].contains(switches.last?.state)
      if !holds || wanted != nil && wanted != bindings.last?.account { objections.insert(.noSwitch) }
    }
    guard phase == .unbound else { return false }
    let at = circumstances.at
    let account = wanted ?? last.to
    if account != last.to, account != last.from { objections.insert(.otherAccount) }
    requireOrder(at, &objections)
    let usually = circumstances.rules?.usual == nil ? nil : last.usually
    if let opens = last.shown ?? usually, at < opens {
      heed([Forbidding(rule: "cool-down", from: opens)], "rebound", circumstances, &objections)
    }
    changeLast { ($0.state, $0.endedAt) = (account == $0.from ? "cancelled" : "rebound", at) }
    bindings.append(Binding(account: account, since: at))
    (phase, lastStep, lastRebinding) = (.bound, at, at)
    return true
  }

  mutating func abandon(_ at: Int64, _ objections: inout Set<Objection>) -> Bool {
    if phase == .unbound { objections.insert(.isUnbound) }
    if phase == .never || phase == .bound, switches.last?.state != "abandoned" {
      objections.insert(.noSwitch)
    }
    guard phase == .planned else { return false }
    requireOrder(at, &objections)
    changeLast { ($0.state, $0.endedAt) = ("abandoned", at) }
    (phase, lastStep) = (.bound, at)
    return true
  }

  private func requireOrder(_ at: Int64, _ objections: inout Set<Objection>) {
    if let lastStep, at < lastStep { objections.insert(.outOfOrder) }
  }

  private func tooSoon(_ at: Int64, _ rules: Rules?) -> Set<Forbidding> {
    guard let between = rules?.between, let lastRebinding, at < lastRebinding + between else { return [] }
    return [Forbidding(rule: "between-switches", from: lastRebinding + between)]
  }

  private mutating func heed(
    _ forbidding: Set<Forbidding>, _ step: String, _ circumstances: Circumstances,
    _ objections: inout Set<Objection>
  ) {
    if forbidding.isEmpty { return }
    if !circumstances.overrides { objections.insert(.forbidden(forbidding)) }
    let rules = forbidding.map(\.rule).sorted().joined(separator: "+")
    let (by, at) = (circumstances.by, circumstances.at)
    changeLast { $0.overridden.append("\(step) against \(rules) by \(by) at \(at)") }
  }
}

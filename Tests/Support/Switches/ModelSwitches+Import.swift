import Domain

extension ModelSwitches {
  /// A row of `switch import`.
  package struct Earlier {
    package var from: String
    package var to: String
    package var plannedAt: Int64?
    package var unboundAt: Int64?
    package var until: Int64?
    package var reboundAt: Int64?

    package init(
      from: String, to: String, plannedAt: Int64?, unboundAt: Int64?, until: Int64?, reboundAt: Int64?
    ) {
      self.from = from
      self.to = to
      self.plannedAt = plannedAt
      self.unboundAt = unboundAt
      self.until = until
      self.reboundAt = reboundAt
    }
  }

  /// Records a switch as it was, whole or not at all. No rule forbids what has happened; the cool-down of a
  /// switch that is still unbound is what the page showed, or else what the rules let expect.
  package mutating func record(_ row: Earlier, rules: Rules?, by: String, now: Int64) -> Outcome {
    let plannedAt = row.plannedAt ?? row.unboundAt ?? now
    let isRecorded = switches.contains {
      $0.from == row.from && $0.to == row.to && $0.plannedAt == plannedAt && $0.unboundAt == row.unboundAt
        && $0.endedAt == row.reboundAt
    }
    if isRecorded { return .unchanged }
    if phase == .planned || phase == .unbound { return .refused([.underWay]) }
    var next = self
    if next.phase == .never {
      next.bindings.append(Binding(account: row.from, since: nil))
      next.phase = .bound
    }
    if next.bindings.last?.account != row.from { return .refused([.boundAlready]) }

    var steps: [(RequestedSwitchChange, Int64, Rules?)] = [
      (.plan(to: row.to, plannedFor: nil, confirmed: []), plannedAt, nil)
    ]
    if let unboundAt = row.unboundAt {
      let until = row.until.map { Moment(seconds: $0) }
      let coolDown = row.reboundAt == nil ? rules.map { Rules(usual: $0.usual, most: $0.most) } : nil
      steps.append((.unbind(until: until, finishBy: nil), unboundAt, coolDown))
    }
    if let reboundAt = row.reboundAt { steps.append((.rebind(to: row.to), reboundAt, nil)) }
    for (request, at, rules) in steps {
      let circumstances = Circumstances(rules: rules, overrides: false, by: by, at: at, now: now)
      if case .refused(let objections) = next.take(request, circumstances) { return .refused(objections) }
    }
    self = next
    return .done
  }
}

import Domain

/// A shop's bindings and switches as the contract's words tell them: plain values and seconds, and a rule's day
/// is 86,400 of them, as it is in UTC.
package struct ModelSwitches {
  /// A platform's rules, in seconds.
  package struct Rules {
    package var requires: [String]
    package var usual: Int64?
    package var most: Int64?
    package var between: Int64?

    package init(
      requires: [String] = [], usual: Int64? = nil, most: Int64? = nil, between: Int64? = nil
    ) {
      self.requires = requires
      self.usual = usual
      self.most = most
      self.between = between
    }
  }

  /// What a step depends on besides what was before.
  package struct Circumstances {
    package var rules: Rules?
    package var overrides: Bool
    package var by: String
    package var at: Int64
    package var now: Int64

    package init(rules: Rules?, overrides: Bool, by: String, at: Int64, now: Int64) {
      self.rules = rules
      self.overrides = overrides
      self.by = by
      self.at = at
      self.now = now
    }
  }

  package enum Outcome: Equatable {
    case done
    case unchanged
    /// All that speaks against it; which of them is said first is open.
    case refused(Set<Objection>)
  }

  enum Phase {
    case never
    case bound
    case planned
    case unbound
  }

  struct Binding {
    let account: String
    let since: Int64?
    var until: Int64?
  }

  struct Switch {
    let from: String
    var to: String
    var state = "planned"
    let plannedAt: Int64
    var plannedFor: Int64
    var confirmed: [(name: String, by: String, at: Int64)] = []
    var unboundAt: Int64?
    /// What the page showed.
    var shown: Int64?
    /// What the rules let expect, where the page showed nothing.
    var usually: Int64?
    var mostly: Int64?
    var finishBy: Int64?
    var endedAt: Int64?
    var overridden: [String] = []
  }

  var phase = Phase.never
  var bindings: [Binding] = []
  var switches: [Switch] = []
  /// When the shop was bound, its switch planned, unbound or ended last.
  var lastStep: Int64?
  /// When an account was last bound again, the old one or a new one.
  var lastRebinding: Int64?

  package init() {}

  /// Takes a step; one that is refused changes nothing.
  package mutating func take(_ request: RequestedSwitchChange, _ circumstances: Circumstances) -> Outcome {
    var next = self
    var objections: Set<Objection> = circumstances.at > circumstances.now ? [.future] : []
    let changes =
      switch request {
      case .bind(let account): next.bind(account, circumstances.at, &objections)
      case .plan(let to, let plannedFor, let confirmed):
        next.plan(to, plannedFor?.seconds, confirmed, circumstances, &objections)
      case .unbind(let until, let finishBy):
        next.unbind(until?.seconds, finishBy?.seconds, circumstances, &objections)
      case .rebind(let to): next.rebind(to, circumstances, &objections)
      case .abandon: next.abandon(circumstances.at, &objections)
      }
    if !objections.isEmpty { return .refused(objections) }
    if !changes { return .unchanged }
    self = next
    return .done
  }
}

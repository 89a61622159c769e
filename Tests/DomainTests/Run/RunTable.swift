import Domain
import TestSupport
import Testing

/// Where the item `it` of a small run can stand; it needs `need`.
enum ItemStanding: CaseIterable {
  case pending
  case waiting
  case waitingBlocked
  case blocked
  case done
  case skipped
  /// Ticked by Li, and a second person has still to confirm it.
  case awaiting
  /// Pending, and asks for a second person.
  case toConfirm
  case toConfirmBlocked
  /// Pending, and asks for proofs that aren't given.
  case lacking

  private var proof: [ProofKind] {
    switch self {
    case .awaiting, .toConfirm, .toConfirmBlocked: [.secondPerson]
    case .lacking: [.file, .link]
    default: []
    }
  }

  private var changes: [ItemChange] {
    switch self {
    case .pending, .waiting, .toConfirm, .lacking: []
    case .blocked, .waitingBlocked, .toConfirmBlocked: [.blocked(reason: "no answer")]
    case .done: [.ticked(note: nil, proof: nil)]
    case .skipped: [.skipped(reason: "no need")]
    case .awaiting: [.tickedToConfirm(note: nil, proof: nil)]
    }
  }

  var run: Run {
    var run = Run.of([.named("need"), .named("it", needs: ["need"], proof: proof), .named("last")])
    if self != .waiting, self != .waitingBlocked {
      run.apply(.ticked(note: nil, proof: nil), to: "need", by: "Li", at: .hours(1))
    }
    for change in changes { run.apply(change, to: "it", by: "Li", at: .hours(1)) }
    return run
  }
}

/// What comes of a request where an item stands.
struct TableRow: CustomTestStringConvertible {
  enum Outcome {
    case becomes(ItemChange)
    case unchanged
    case refused(Refusal)
  }

  let request: RequestedItemChange
  let standing: ItemStanding
  let outcome: Outcome

  init(_ request: RequestedItemChange, _ standing: ItemStanding, _ outcome: Outcome) {
    self.request = request
    self.standing = standing
    self.outcome = outcome
  }

  var testDescription: String { "\(request) of \(standing)" }

  func stateAfter(_ change: ItemChange) -> ItemState {
    switch change {
    case .ticked, .confirmed: .done
    case .skipped: .skipped
    case .blocked: .blocked
    default: .pending
    }
  }

  func awaitingAfter(_ change: ItemChange) -> Run.PendingConfirmation? {
    if case .tickedToConfirm = change { return Run.PendingConfirmation(by: "Wang", at: .hours(2)) }
    return nil
  }
}

extension Run {
  /// Decides an hour or more after the start, for the shop `s-1`.
  func decide(
    _ request: RequestedItemChange, on ids: [ItemID], by author: Author, at: Moment = .hours(2)
  ) throws(Refusal) -> Decision {
    try decide(request, on: ids, of: "s-1", by: author, at: at, now: .now, in: .utc)
  }

  /// Decides and applies.
  mutating func make(
    _ request: RequestedItemChange, on ids: [ItemID], by author: Author, at: Moment = .hours(2)
  ) throws(Refusal) {
    for step in try decide(request, on: ids, by: author, at: at).steps {
      apply(step.change, to: step.item, by: author.name, link: author.link, at: at)
    }
  }
}

import Domain

/// What an upgrade changes in a run.
package struct DefinitionDifference: Sendable, Hashable {
  /// The differences in an item that the run holds both before and after.
  package struct Changed: Sendable, Hashable {
    package let id: ItemID
    /// Whether its title, details or steps differ.
    package let isReworded: Bool
    /// Due times; nil if they are the same.
    package let dueAt: Pair<Moment?>?
    /// Owners; nil if they are the same.
    package let owner: Pair<String?>?
    /// Needs within the run; nil if they are the same.
    package let needs: Pair<[ItemID]>?
    /// Required proof; nil if it is the same.
    package let proof: Pair<[ProofKind]>?
    /// Whether it is critical; nil if that is the same.
    package let critical: Pair<Bool>?
    /// Whether its reminders, escalations, condition or the milestone that it stands for differ.
    package let isOtherwiseChanged: Bool
  }

  package struct Pair<Value: Sendable & Hashable>: Sendable, Hashable {
    package let before: Value
    package let after: Value

    fileprivate init?(_ before: Value, _ after: Value) {
      if before == after { return nil }
      self.before = before
      self.after = after
    }
  }

  /// New items, in the definition's order.
  package let added: [ItemID]
  /// Items that the run no longer holds, with their last state.
  package let removed: [Removed]
  /// Items that differ, in the definition's order.
  package let changed: [Changed]
  /// Whether the checklist's own title or description differs.
  package let isChecklistReworded: Bool
  /// Closing milestones; nil if they are the same.
  package let closes: Pair<Milestone?>?
  /// Items that are skipped at once, because the closing milestone has passed, in the definition's order.
  package let missed: [ItemID]

  /// An item that the run no longer holds.
  package struct Removed: Sendable, Hashable {
    package let id: ItemID
    package let state: ItemState
  }

  /// Compares a run with itself after an upgrade.
  init(from before: Run, to after: Run) {
    added = after.items.map(\.id).filter { before[$0] == nil }
    removed = before.items.filter { after[$0.id] == nil }.map { Removed(id: $0.id, state: $0.state) }
    changed = after.items.compactMap { item in before[item.id].flatMap { Changed(from: $0, to: item) } }
    let (old, new) = (before.definition.checklist, after.definition.checklist)
    isChecklistReworded = old.title != new.title || old.description != new.description
    closes = .init(old.closes, new.closes)
    missed = after.items.filter { $0.missed != nil && before[$0.id]?.missed == nil }.map(\.id)
  }

  /// Whether nothing that is shown differs.
  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changed.isEmpty && !isChecklistReworded && closes == nil
      && missed.isEmpty
  }
}

extension DefinitionDifference.Changed {
  /// Nil if nothing differs.
  fileprivate init?(from old: Run.Item, to new: Run.Item) {
    let (was, now) = (old.definition, new.definition)
    id = new.id
    isReworded = was.title != now.title || was.details != now.details || was.steps != now.steps
    dueAt = .init(old.dueAt, new.dueAt)
    owner = .init(old.owner, new.owner)
    needs = .init(old.needs, new.needs)
    proof = .init(was.proof, now.proof)
    critical = .init(was.critical, now.critical)
    isOtherwiseChanged =
      was.remind != now.remind || was.escalate != now.escalate || was.when != now.when
      || was.standsFor != now.standsFor
    if !isReworded, dueAt == nil, owner == nil, needs == nil, proof == nil, critical == nil,
      !isOtherwiseChanged
    {
      return nil
    }
  }
}

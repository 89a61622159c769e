import Domain

/// What an upgrade changes in a run.
package struct DefinitionDifference: Sendable, Hashable {
  /// What differs in an item that the run held before and holds afterwards.
  package struct Changed: Sendable, Hashable {
    package let id: ItemID
    /// Its title, details or steps read otherwise.
    package let isReworded: Bool
    /// Its due times, where they differ.
    package let dueAt: Pair<Moment?>?
    /// Its owners, where they differ.
    package let owner: Pair<String?>?
    /// What it needs of the run's items, where that differs.
    package let needs: Pair<[ItemID]>?
    /// What it asks as proof, where that differs.
    package let proof: Pair<[ProofKind]>?
    /// Whether it is critical, where that differs.
    package let critical: Pair<Bool>?
    /// Its reminders, escalations, conditions or the milestone that it stands for differ.
    package let isOtherwiseChanged: Bool
  }

  /// Before and after.
  package struct Pair<Value: Sendable & Hashable>: Sendable, Hashable {
    /// As it was.
    package let before: Value
    /// As it is.
    package let after: Value

    fileprivate init?(_ before: Value, _ after: Value) {
      if before == after { return nil }
      self.before = before
      self.after = after
    }
  }

  /// Items that it didn't hold, in the definition's order.
  package let added: [ItemID]
  /// Items that it holds no more, with where they stood.
  package let removed: [Removed]
  /// Items that read or stand otherwise, in the definition's order.
  package let changed: [Changed]
  /// The checklist's own title or description reads otherwise.
  package let isChecklistReworded: Bool
  /// The milestones at which it closes, where they differ.
  package let closes: Pair<Milestone?>?
  /// Items that are closed at once, because that milestone has passed, in the definition's order.
  package let missed: [ItemID]

  /// An item that a run holds no more.
  package struct Removed: Sendable, Hashable {
    package let id: ItemID
    /// Where it stood.
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

  /// No item differs; only what isn't shown of the checklist may.
  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changed.isEmpty && !isChecklistReworded && closes == nil
      && missed.isEmpty
  }
}

extension DefinitionDifference.Changed {
  /// Nil when nothing differs.
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

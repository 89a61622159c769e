extension Run {
  /// Applies a change that was decided before, and updates the run's state accordingly.
  ///
  /// - Parameter link: the number of the shop link that was used.
  package mutating func apply(
    _ change: ItemChange, to id: ItemID, by name: String, link: Int? = nil, at: Moment
  ) {
    guard let index = items.firstIndex(where: { $0.id == id }) else { return }
    items[index].apply(change, by: name, link: link, at: at)
    settleState()
  }

  private mutating func settleState() {
    if state == .active || state == .finished {
      state = items.contains { $0.state.isOutstanding } ? .active : .finished
    }
  }

  /// Moves the milestone that the run counts from, and due times with it.
  mutating func move(to switchedAt: Moment, _ moves: [RunMove]) {
    self.switchedAt = switchedAt
    for move in moves {
      if let index = items.firstIndex(where: { $0.id == move.id }) { items[index].dueAt = move.dueAt }
    }
  }

  /// Switches the run to a new version of its checklist. Items keep what happened to them, by id.
  mutating func upgrade(_ upgrade: RunUpgrade, to definition: Definition) {
    let before = items
    self.definition = definition
    items = Self.items(upgrade.items, of: definition.checklist).map { new in
      guard let old = before.first(where: { $0.id == new.id }) else { return new }
      return Item(
        definition: new.definition, needs: new.needs, state: old.state, missed: old.missed, dueAt: new.dueAt,
        owner: new.owner,
        isDueMoved: old.isDueMoved, isAssigned: old.isAssigned, awaiting: old.awaiting,
        blockedReason: old.blockedReason, note: old.note, proof: old.proof, changedAt: old.changedAt,
        changedBy: old.changedBy, changedByLink: old.changedByLink)
    }
    settleState()
  }

  /// Ends the run for good.
  package mutating func stop() { state = .stopped }

  /// Hands over to a newer run of the same checklist.
  package mutating func supersede(by newer: Int) {
    state = .superseded
    self.newer = newer
  }

  /// Notes the newer run of the same checklist; nil if none counts any more.
  package mutating func setNewer(_ newer: Int?) { self.newer = newer }
}

extension Run.Item {
  mutating func apply(_ change: ItemChange, by name: String, link: Int?, at: Moment) {
    switch change {
    case .ticked(let note, let proof):
      enter(.done, by: name, link: link, at: at)
      self.note = note ?? self.note
      self.proof = proof.map { Proof(content: $0, at: at, by: name, link: link) }
    case .tickedToConfirm(let note, let proof):
      enter(.pending, by: name, link: link, at: at)
      awaiting = Run.PendingConfirmation(by: name, at: at, link: link)
      self.note = note ?? self.note
      self.proof = proof.map { Proof(content: $0, at: at, by: name, link: link) }
    case .confirmed:
      enter(.done, by: name, link: link, at: at)
      proof = Proof(content: .secondPerson, at: at, by: name, link: link)
    case .unticked:
      enter(.pending, by: name, link: link, at: at)
      proof = nil
    case .skipped: enter(.skipped, by: name, link: link, at: at)
    case .missed(let milestone):
      enter(.skipped, by: name, link: link, at: at)
      missed = milestone
    case .blocked(let reason):
      enter(.blocked, by: name, link: link, at: at)
      blockedReason = reason
    case .unblocked: enter(.pending, by: name, link: link, at: at)
    case .assigned(let owner):
      self.owner = owner
      isAssigned = true
    case .dueMoved(let due, _):
      dueAt = due
      isDueMoved = true
    case .noted(let text): note = text
    }
  }

  /// Leaving the old state also ends a block and a pending confirmation.
  private mutating func enter(_ state: ItemState, by name: String, link: Int?, at: Moment) {
    self.state = state
    missed = nil
    awaiting = nil
    blockedReason = nil
    changedAt = at
    changedBy = name
    changedByLink = link
  }
}

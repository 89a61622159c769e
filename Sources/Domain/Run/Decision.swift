/// What a decision about items comes to: what happens, and what held already.
package struct Decision: Sendable, Hashable {
  /// An item's change.
  package struct Step: Sendable, Hashable {
    package let item: ItemID
    /// What happens to it.
    package let change: ItemChange

    package init(item: ItemID, change: ItemChange) {
      self.item = item
      self.change = change
    }
  }

  /// In an order in which they can be applied.
  package var steps: [Step] = []
  /// Items that already are as asked for.
  package var unchanged: [ItemID] = []

  package init(steps: [Step] = [], unchanged: [ItemID] = []) {
    self.steps = steps
    self.unchanged = unchanged
  }
}

/// What somebody asks for.
package enum ItemRequest: Sendable, Hashable {
  /// A note and what else was given as proof.
  case tick(note: String?, proof: Proof.Content?)
  case confirm
  case untick(reason: String)
  case skip(reason: String)
  case block(reason: String)
  case unblock
  case assign(to: String)
  case moveDue(to: Moment, reason: String)
  case note(String)
}

extension Run {
  /// Decides about items of this run, all or none; throws the rule that forbids it.
  ///
  /// - Parameter at: when it happened; not later than `now`, not before the run began.
  /// - Parameter zone: the run's; asked for only when its time is refused.
  package func decide(
    _ request: ItemRequest, on ids: [ItemID], of shop: ShopID, by author: Author, at: Moment, now: Moment,
    in zone: @autoclosure () -> Zone
  ) throws(Refusal) -> Decision {
    try requireOpen()
    if at > now { throw .inTheFuture(at, now: now, in: zone()) }
    if at < began { throw .beforeTheRun(at, began: began, run: number, in: zone()) }
    var items: [Item] = []
    for id in ids where !items.contains(where: { $0.id == id }) { items.append(try require(id, of: shop)) }
    try requireNoneMissed(items, for: request, in: zone)

    if case .tick(let note, let proof) = request {
      return try tick(items, note: note, proof: proof, by: author)
    }
    var decision = Decision()
    for item in items {
      if let change = try change(request, item, by: author) {
        decision.steps.append(.init(item: item.id, change: change))
      } else {
        decision.unchanged.append(item.id)
      }
    }
    return decision
  }

  /// What a milestone has closed can't change any more; that it is skipped holds already.
  private func requireNoneMissed(
    _ items: [Item], for request: ItemRequest, in zone: () -> Zone
  ) throws(Refusal) {
    if case .skip = request { return }
    for item in items { if let refusal = missedRefusal(of: item, in: zone) { throw refusal } }
  }

  /// Why an item that a milestone has closed isn't changed; nil for every other.
  package func missedRefusal(of item: Item, in zone: () -> Zone) -> Refusal? {
    item.missed.map { .isMissed(item.id, $0, at: item.changedAt ?? switchedAt, in: zone()) }
  }

  /// Nil when the item already is as asked for.
  private func change(
    _ request: ItemRequest, _ item: Item, by author: Author
  ) throws(Refusal) -> ItemChange? {
    switch request {
    case .tick: return nil
    case .confirm: return try confirm(item, by: author)
    case .untick(let reason):
      let reason = try MultilineText.check(reason, as: .reason)
      let isUntouched = item.state == .pending && item.awaiting == nil
      if item.state == .blocked { throw .isBlocked(item.id) }
      return isUntouched ? nil : .unticked(reason: reason)
    case .skip(let reason): return try skip(item, reason: reason, by: author)
    case .block(let reason):
      let reason = try MultilineText.check(reason, as: .reason)
      guard item.state.isOutstanding else { throw .notOutstanding(item.id, item.state) }
      return isSame(item.blockedReason, reason) ? nil : .blocked(reason: reason)
    case .unblock:
      switch item.state {
      case .blocked: return .unblocked
      case .pending: return nil
      case .done, .skipped: throw .notBlocked(item.id, item.state)
      }
    case .assign(let owner):
      let owner = try SingleLineText.check(owner, as: .owner)
      return item.owner == owner ? nil : .assigned(to: owner)
    case .moveDue(let due, let reason):
      let reason = try MultilineText.check(reason, as: .reason)
      return item.dueAt == due ? nil : .dueMoved(to: due, reason: reason)
    case .note(let text):
      let text = try MultilineText.check(text, as: .note)
      return isSame(item.note, text) ? nil : .noted(text)
    }
  }

  /// Byte for byte: a text is kept as it was given, also where another would look the same.
  private func isSame(_ kept: String?, _ given: String) -> Bool {
    kept.map { $0.utf8.elementsEqual(given.utf8) } ?? false
  }

  private func confirm(_ item: Item, by author: Author) throws(Refusal) -> ItemChange? {
    if item.state == .done { return nil }
    guard let awaiting = item.awaiting else { throw .nothingToConfirm(item.id, item.state) }
    let isSameLink = author.link != nil && author.link == awaiting.link
    if isSameLink || author.isSamePerson(as: awaiting.by) {
      throw .samePerson(item.id, by: awaiting.by, link: awaiting.link)
    }
    // Whoever ticked could have made themself a second person by a link or a token.
    if let maker = author.maker, Author.folded(maker) == Author.folded(awaiting.by) {
      throw .makerTicked(item.id, maker: maker, byLink: author.channel == .link)
    }
    return .confirmed
  }

  private func skip(_ item: Item, reason: String, by author: Author) throws(Refusal) -> ItemChange? {
    let reason = try MultilineText.check(reason, as: .reason)
    switch item.state {
    case .skipped: return nil
    case .done: throw .notOutstanding(item.id, item.state)
    case .pending, .blocked:
      if item.definition.critical, !author.isLead { throw .criticalItem(item.id) }
      return .skipped(reason: reason)
    }
  }
}

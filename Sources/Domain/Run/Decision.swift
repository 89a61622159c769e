/// The outcome of a decision about items.
package struct Decision: Sendable, Hashable {
  package struct Step: Sendable, Hashable {
    package let item: ItemID
    package let change: ItemChange

    package init(item: ItemID, change: ItemChange) {
      self.item = item
      self.change = change
    }
  }

  /// In an order in which they can be applied.
  package var steps: [Step] = []
  /// Items that already are in the requested state.
  package var unchanged: [ItemID] = []

  package init(steps: [Step] = [], unchanged: [ItemID] = []) {
    self.steps = steps
    self.unchanged = unchanged
  }
}

package enum RequestedItemChange: Sendable, Hashable {
  /// With an optional note and other proof.
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
  /// Decides about items of this run without changing them, all or none; throws the refusal that forbids it.
  ///
  /// - Parameter at: when it happened; not later than `now`, not before the run began.
  /// - Parameter zone: the run's zone; only evaluated for a refusal that names a time.
  package func decide(
    _ request: RequestedItemChange, on ids: [ItemID], of shop: ShopID, by author: Author, at: Moment,
    now: Moment,
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

  /// Items that a milestone closed can't change any more, but asking to skip them is no error, since they are
  /// skipped.
  private func requireNoneMissed(
    _ items: [Item], for request: RequestedItemChange, in zone: () -> Zone
  ) throws(Refusal) {
    if case .skip = request { return }
    for item in items { if let refusal = missedRefusal(of: item, in: zone) { throw refusal } }
  }

  /// Why an item that a milestone closed can't be changed; nil for all others.
  package func missedRefusal(of item: Item, in zone: () -> Zone) -> Refusal? {
    item.missed.map { .isMissed(item.id, $0, at: item.changedAt ?? switchedAt, in: zone()) }
  }

  /// Nil if the item already is in the requested state.
  private func change(
    _ request: RequestedItemChange, _ item: Item, by author: Author
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

  /// Compares bytes, not canonical equivalence: a text is kept as given, even if another looks the same.
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
    // The person who ticked could otherwise confirm it as well, through a link or token of their own.
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

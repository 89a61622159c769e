extension Run {
  /// Ticks items in the order that their needs require; all or none.
  func tick(
    _ items: [Item], note: String?, proof: Proof.Content?, by author: Author
  ) throws(Refusal) -> Decision {
    var note = note
    if let given = note { note = try MultilineText.check(given, as: .note) }
    try checkLink(proof)

    var decision = Decision()
    var left = items.map { (item: $0, unmet: waitingFor($0)) }
    while !left.isEmpty {
      // Items that need others in the same request come after them.
      let position = left.firstIndex { $0.unmet.isEmpty }
      let (item, unmet) = left.remove(at: position ?? 0)
      guard unmet.isEmpty else { throw .waiting(item.id, for: unmet) }
      guard let change = try tick(item, note: note, proof: proof, by: author) else {
        decision.unchanged.append(item.id)
        continue
      }
      decision.steps.append(.init(item: item.id, change: change))
      guard case .ticked = change else { continue }
      for index in left.indices { left[index].unmet.removeAll { $0 == item.id } }
    }
    return decision
  }

  private func tick(
    _ item: Item, note: String?, proof: Proof.Content?, by author: Author
  ) throws(Refusal) -> ItemChange? {
    switch item.state {
    case .done: return nil
    case .skipped:
      throw .isSkipped(
        item.id, by: item.changedBy ?? "", link: item.changedByLink, at: item.changedAt ?? switchedAt)
    case .pending, .blocked: break
    }
    let kinds = item.definition.proof
    let given = proof?.kind
    if kinds.isEmpty || kinds.contains(.none) || given.map(kinds.contains) == true
      || note != nil && kinds.contains(.note)
    {
      let content = proof ?? (note != nil && kinds.contains(.note) ? .note : nil)
      return .ticked(note: note, proof: content)
    }
    guard kinds.contains(.secondPerson) else { throw .lacksProof(item.id, anyOf: kinds) }
    if item.awaiting != nil { return nil }
    return .tickedToConfirm(note: note, proof: proof)
  }

  private func checkLink(_ proof: Proof.Content?) throws(Refusal) {
    switch proof {
    case .link(let url):
      _ = try SingleLineText.check(url, as: .link)
      let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1].isEmpty, parts[2].first.map({ !"/?#".contains($0) }) ?? false,
        !url.contains(where: \.isWhitespace)
      else { throw .badLink(url) }
    case .file(let name, let size, _):
      let name = try SingleLineText.check(name, as: .fileName)
      if size <= 0 { throw .emptyFile(name) }
    case .note, .secondPerson, nil: break
    }
  }
}

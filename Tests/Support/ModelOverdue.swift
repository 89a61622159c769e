import Domain
import Operations

extension ModelStore {
  /// `SHOP RUN ITEM SECONDS WAITING-FOR`, in the order of `overdue`.
  package func overdue(_ filter: OverdueFilter) -> [String] {
    struct Found {
      let due: Moment
      let shop: ShopID
      let run: Int
      let position: Int
      let line: String
    }
    var found: [Found] = []
    for shop in shops(in: filter.reach) {
      for run in records[shop.id]?.runs.values.filter({ $0.state == .active }) ?? [] {
        let until = min(filter.until, filter.untilInZone?(run.timeZone) ?? filter.until)
        for (position, item) in run.items.enumerated() where item.state.isOutstanding {
          guard let due = item.dueAt, due <= until,
            filter.items.owners.map({ owners in item.owner.map(owners.contains) ?? false }) ?? true
          else { continue }
          let waitingFor = item.needs.filter { run[$0]?.state.isOutstanding == true }
            .map(\.rawValue).joined(separator: ",")
          found.append(
            Found(
              due: due, shop: shop.id, run: run.number, position: position,
              line: "\(shop.id) \(run.number) \(item.id) \(filter.now - due) \(waitingFor)"))
        }
      }
    }
    return found.sorted { left, right in
      if left.due != right.due { return left.due < right.due }
      if left.shop != right.shop { return left.shop < right.shop }
      return (left.run, left.position) < (right.run, right.position)
    }.map(\.line)
  }
}

extension StoreReading {
  /// What `ModelStore.overdue` says, asked of the store.
  package func overdueLines(_ filter: OverdueFilter) throws -> [String] {
    var lines: [String] = []
    try forEachOverdue(filter) { item in
      let waitingFor = item.waitingFor.split(separator: " ").joined(separator: ",")
      lines.append("\(item.shop) \(item.run) \(item.item) \(item.overdueSeconds) \(waitingFor)")
    }
    return lines
  }
}

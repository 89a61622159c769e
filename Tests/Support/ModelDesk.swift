import Domain
import Operations

extension ModelStore {
  /// The whole list, shop by shop from what its events say.
  package func desk(_ filter: DeskFilter) -> [DeskRow] {
    let runs = Dictionary(grouping: counted(ReportFilter(now: filter.now)), by: \.shop.id)
    return shops().filter { isListed($0, filter) }
      .map { row($0, (runs[$0.id] ?? []).map(\.run), now: filter.now) }
      .filter { filter.state.holds(for: $0, at: filter.now) }
      .sorted { left, right in
        let (first, second) = (rank(left, filter.order), rank(right, filter.order))
        return first == second ? left.shop.id < right.shop.id : first.lexicographicallyPrecedes(second)
      }
  }

  package func totals(_ filter: DeskFilter) -> DeskTotals {
    var totals = DeskTotals()
    for row in desk(DeskFilter(teams: filter.teams, owner: filter.owner, now: filter.now)) {
      totals.shops += 1
      totals.late += DeskFilter.State.late.holds(for: row, at: filter.now) ? 1 : 0
      totals.waiting += row.isWaiting ? 1 : 0
      totals.cooling += row.standing?.state == .unbound ? 1 : 0
      totals.finished += DeskFilter.State.finished.holds(for: row, at: filter.now) ? 1 : 0
      totals.outstanding += row.progress.pending + row.progress.blocked
      totals.overdue += row.progress.overdue
    }
    return totals
  }

  private func isListed(_ shop: Shop, _ filter: DeskFilter) -> Bool {
    if let teams = filter.teams, !teams.contains(where: { $0 == shop.team }) { return false }
    if let owner = filter.owner, shop.owner.map({ Author.named(owner).isSamePerson(as: $0) }) != true {
      return false
    }
    guard let search = filter.search else { return true }
    func folded(_ text: String) -> [UInt8] {
      text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    }
    return [shop.id.rawValue, shop.name ?? ""].contains { folded($0).firstRange(of: folded(search)) != nil }
  }

  private func row(_ shop: Shop, _ runs: [Run], now: Moment) -> DeskRow {
    let outstanding = runs.flatMap { run in run.items.filter(\.state.isOutstanding).map { (run, $0) } }
    return DeskRow(
      shop: shop, progress: ReportFigures.sum(runs.map { $0.figures(at: now) }, shops: 1).progress,
      dueAt: outstanding.compactMap(\.1.dueAt).min(),
      isWaiting: outstanding.contains { run, item in
        item.needs.contains { run[$0]?.state.isOutstanding == true }
      },
      standing: records[shop.id].flatMap { SwitchStanding($0.history) },
      newestRunZone: shop.timeZone == nil
        ? records[shop.id].flatMap { record in record.runs.max { $0.key < $1.key }?.value.timeZone } : nil)
  }

  /// Bytes that sort as the order does; those without a value come last.
  private func rank(_ row: DeskRow, _ order: DeskFilter.Order) -> [UInt8] {
    func bytes(_ number: Int64) -> [UInt8] {
      (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    switch order {
    case .id: return []
    case .due: return row.dueAt.map { bytes($0.seconds) } ?? [255]
    case .name: return row.shop.name.map { [0] + $0.utf8 } ?? [1]
    case .outstanding: return bytes(1_000_000 - Int64(row.progress.pending + row.progress.blocked))
    }
  }
}

extension DeskFilter.State {
  fileprivate func holds(for row: DeskRow, at now: Moment) -> Bool {
    switch self {
    case .all: true
    case .late: row.dueAt.map { $0 <= now } ?? false
    case .waiting: row.isWaiting
    case .cooling: row.standing?.state == .unbound
    case .finished: row.progress.total > 0 && row.progress.pending + row.progress.blocked == 0
    }
  }
}

import Domain
import Operations

/// A store as its events tell it, counted item by item: what queries and counters must agree with.
package struct ModelStore {
  package private(set) var records: [ShopID: ShopRecord] = [:]
  /// How many each shop has.
  package private(set) var events: [ShopID: Int] = [:]

  package init(_ reading: any StoreReading) throws {
    try reading.forEachEventOfAll { _, bytes, _ in
      let event = try Event(canonical: bytes)
      try records[event.shop, default: ShopRecord()].apply(
        event.change, by: event.by, at: event.at, definition: reading.definition)
      events[event.shop, default: 0] += 1
    }
  }

  /// A run that reports count.
  package struct Counted {
    package let shop: Shop
    package let run: Run
  }

  /// The shops that are reached, without archived ones; by id.
  package func shops(in reach: ShopScope = .all, withArchived: Bool = false) -> [Shop] {
    records.values.compactMap(\.shop)
      .filter { (withArchived || !$0.archived) && reach.holds($0) }
      .sorted { $0.id < $1.id }
  }

  /// Each shop's latest run of each checklist that wasn't stopped, if it is active or finished.
  package func counted(_ filter: ReportFilter, withArchived: Bool = false) -> [Counted] {
    shops(in: filter.reach, withArchived: withArchived).flatMap { shop in
      let runs = (records[shop.id]?.runs.values).map(Array.init) ?? []
      return runs.filter { run in
        let isLatest = !runs.contains {
          $0.checklist == run.checklist && $0.number > run.number && $0.state != .stopped
        }
        return switch (run.state, filter.state) {
        case (.active, .all), (.active, .active), (.finished, .all), (.finished, .finished): isLatest
        default: false
        }
      }.sorted { $0.number < $1.number }.map { Counted(shop: shop, run: $0) }
    }
  }
}

extension ShopScope {
  fileprivate func holds(_ shop: Shop) -> Bool {
    func isOne(_ names: [String]?, _ name: String?) -> Bool {
      names.map { names in name.map(names.contains) ?? false } ?? true
    }
    return isOne(teams, shop.team) && isOne(platforms, shop.platform)
      && (tags.map { tags in shop.tags.contains { tags.contains($0) } } ?? true)
  }
}

extension Run {
  /// A run's numbers, of those of its items that are wanted.
  package func figures(at now: Moment, where isWanted: (Item) -> Bool = { _ in true }) -> ReportFigures {
    let items = items.filter(isWanted)
    let week: Int64 = 604_800
    let due = state == .active ? items.filter(\.state.isOutstanding).compactMap(\.dueAt) : []
    var figures = ReportFigures()
    figures.runs = 1
    figures.progress = Progress(
      total: items.count, done: items.count { $0.state == .done },
      skipped: items.count { $0.state == .skipped }, missed: items.count { $0.missed != nil },
      blocked: items.count { $0.state == .blocked },
      pending: items.count { $0.state == .pending }, overdue: due.count { $0 <= now })
    figures.doneLast7Days = items.count { item in
      guard item.state == .done, let at = item.changedAt else { return false }
      return at <= now && at > now + -week
    }
    figures.overdueSince7Days = due.count { $0 <= now + -week }
    figures.nextDueAt = due.filter { $0 > now }.min()
    figures.oldestOverdueAt = due.filter { $0 <= now }.min()
    return figures
  }
}

extension ReportFigures {
  /// The numbers of many, number by number.
  package static func sum(_ all: [ReportFigures], shops: Int) -> ReportFigures {
    func total(_ number: (ReportFigures) -> Int) -> Int { all.map(number).reduce(0, +) }
    var sum = ReportFigures()
    sum.shops = shops
    sum.runs = total(\.runs)
    sum.progress = Progress(
      total: total(\.progress.total), done: total(\.progress.done), skipped: total(\.progress.skipped),
      missed: total(\.progress.missed), blocked: total(\.progress.blocked),
      pending: total(\.progress.pending),
      overdue: total(\.progress.overdue))
    sum.doneLast7Days = total(\.doneLast7Days)
    sum.overdueSince7Days = total(\.overdueSince7Days)
    sum.nextDueAt = all.compactMap(\.nextDueAt).min()
    sum.oldestOverdueAt = all.compactMap(\.oldestOverdueAt).min()
    return sum
  }
}

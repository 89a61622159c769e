import Domain
import Operations

extension ModelStore {
  /// The charts, looking at every item at every point.
  ///
  /// - Parameter trend: says how many points, and which ages.
  /// - Precondition: an item's title is its id.
  package func trend(like trend: Trend, teams: [String]?, now: Moment) -> Trend {
    let counted = self.counted(ReportFilter(now: now)).filter { counted in
      teams?.contains { $0 == counted.shop.team } ?? true
    }
    let items = counted.flatMap { counted in counted.run.items.map { (run: counted.run, item: $0) } }
    let late = items.compactMap { run, item in
      run.state == .active && item.state.isOutstanding ? item.dueAt : nil
    }.filter { $0 <= now }.map { (now - $0) / 86_400 }
    var holding: [String: Set<ShopID>] = [:]
    for counted in counted {
      for item in counted.run.items where item.state.isOutstanding {
        for id in counted.run.waitingFor(item) {
          holding["\(counted.run.checklist)/\(id)", default: []].insert(counted.shop.id)
        }
      }
    }
    let done = Dictionary(grouping: items.filter { $0.item.state == .done }) { run, item in
      "\(run.checklist)/\(item.id)"
    }
    return Trend(
      points: trend.points.map { point in
        let open = items.filter { run, item in
          let isClosed = !item.state.isOutstanding && item.changedAt.map { $0 <= point.at } != false
          return run.began <= point.at && !isClosed
        }
        let overdue = open.count { _, item in item.dueAt.map { $0 <= point.at } ?? false }
        return Trend.Point(at: point.at, outstanding: open.count, overdue: overdue)
      },
      ages: trend.ages.map { age in
        Trend.Age(from: age.from, to: age.to, items: late.count { $0 >= age.from && $0 < age.to ?? .max })
      },
      holdingUp: holding.map { item, shops in
        HoldingUp(item: item, title: Self.title(item), shops: shops.count)
      }.sorted { ($1.shops, $0.item) < ($0.shops, $1.item) },
      usual: done.map { key, items in
        let hours = items.map { run, item in max(0, Int(((item.changedAt ?? now) - run.began) / 3600)) }
          .sorted()
        let parts = key.split(separator: "/").map(String.init)
        return Trend.Usual(
          checklist: parts[0], item: parts[1], title: Self.title(key), done: hours.count,
          medianHours: hours[(hours.count - 1) / 2])
      }.sorted { ($1.medianHours, $0.checklist, $0.item) < ($0.medianHours, $1.checklist, $1.item) })
  }

  private static func title(_ key: String) -> LocalizedText {
    LocalizedText(String(key.drop { $0 != "/" }.dropFirst()))
  }
}

import Domain
import Operations

/// A row as tests compare it.
package struct ModelRow: Hashable {
  package let key: String?
  package let team: String?
  package let figures: ReportFigures

  package init(_ row: ReportRow) {
    key = row.key
    team = row.team
    figures = row.figures
  }

  init(key: String?, team: String? = nil, figures: ReportFigures) {
    self.key = key
    self.team = team
    self.figures = figures
  }
}

extension ModelStore {
  /// The rows of a report, by looking at every item.
  package func rows(by grouping: ReportGrouping, _ filter: ReportFilter) -> [ModelRow] {
    let counted = counted(filter)
    switch grouping {
    case .shop:
      return shopsShown(filter).map { shop in
        ModelRow(key: shop.id.rawValue, team: shop.team, figures: figures(of: [shop], counted, filter))
      }
    case .team:
      let shops = shopsShown(filter)
      let teams = Set(shops.map(\.team)).sorted { Self.precedes($0, $1) }
      return teams.map { team in
        ModelRow(key: team, figures: figures(of: shops.filter { $0.team == team }, counted, filter))
      }
    case .item: return itemRows(counted, filter)
    case .owner:
      let owners = Set(counted.flatMap { $0.run.items.map(\.owner) }).sorted { Self.precedes($0, $1) }
      return owners.map { owner in
        let holding = counted.filter { $0.run.items.contains { $0.owner == owner } }
        return ModelRow(
          key: owner,
          figures: .sum(
            holding.map { $0.run.figures(at: filter.now) { $0.owner == owner } },
            shops: Set(holding.map(\.shop.id)).count))
      }
    }
  }

  /// The numbers over all shops, and which items hold up how many of them.
  package func totals(_ filter: ReportFilter) -> (figures: ReportFigures, holdingUp: [String: Int]) {
    let counted = counted(filter)
    var holdingUp: [String: Int] = [:]
    for one in counted {
      let outstanding = one.run.items.filter(\.state.isOutstanding)
      for item in outstanding where outstanding.contains(where: { $0.needs.contains(item.id) }) {
        holdingUp["\(one.run.checklist)/\(item.id)", default: 0] += 1
      }
    }
    return (figures(of: shopsShown(filter), counted, filter), holdingUp)
  }

  /// `SHOP CHECKLIST/ITEM STATE`, `!` where it is overdue; in any order.
  package func cells(_ filter: ReportFilter) -> Set<String> {
    Set(
      counted(filter).flatMap { one in
        one.run.items.map { item in
          let late = one.run.isOverdue(item, at: filter.now) ? "!" : ""
          let missed = item.missed == nil ? "" : "×"
          return "\(one.shop.id) \(one.run.checklist)/\(item.id) \(item.state.rawValue)\(late)\(missed)"
        }
      })
  }

  /// Without a state asked for, shops without a run are shown too.
  private func shopsShown(_ filter: ReportFilter) -> [Shop] {
    let withRuns = Set(counted(filter).map(\.shop.id))
    return shops(in: filter.reach).filter { filter.state == .all || withRuns.contains($0.id) }
  }

  private func figures(of shops: [Shop], _ counted: [Counted], _ filter: ReportFilter) -> ReportFigures {
    let ids = Set(shops.map(\.id))
    return .sum(
      counted.filter { ids.contains($0.shop.id) }.map { $0.run.figures(at: filter.now) },
      shops: shops.count)
  }

  private func itemRows(_ counted: [Counted], _ filter: ReportFilter) -> [ModelRow] {
    var first: [ChecklistID: [ItemID: Int]] = [:]
    for one in counted {
      for (position, item) in one.run.items.enumerated() {
        first[one.run.checklist, default: [:]][item.id] = min(
          first[one.run.checklist]?[item.id] ?? position, position)
      }
    }
    return first.sorted { $0.key < $1.key }.flatMap { checklist, items in
      items.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { id, _ in
        let holding = counted.filter { $0.run.checklist == checklist && $0.run[id] != nil }
        return ModelRow(
          key: "\(checklist)/\(id)",
          figures: .sum(
            holding.map { $0.run.figures(at: filter.now) { $0.id == id } }, shops: holding.count))
      }
    }
  }

  private static func precedes(_ left: String?, _ right: String?) -> Bool {
    guard let left else { return false }
    guard let right else { return true }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

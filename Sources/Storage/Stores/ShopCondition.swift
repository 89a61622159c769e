import Domain
import Operations

/// Which shops a statement is about: a condition on the shop `s`, whose values stand behind the statement's own.
struct ShopCondition {
  private(set) var sql = ""
  private(set) var values: [SQLValue]

  /// - Parameter values: the statement's own.
  init(team: String?, _ reach: ShopReach, after values: [SQLValue]) {
    self.values = values
    if let team { sql += " AND s.team = \(next(.text(team)))" }
    if let owner = reach.owner { sql += " AND s.owner_folded = \(next(.text(Actor.folded(owner))))" }
    if let teams = reach.teams {
      let numbers = Set(teams).sorted().map { next(.text($0)) }
      sql += numbers.isEmpty ? " AND 1 = 0" : " AND s.team IN (\(numbers.joined(separator: ", ")))"
    }
  }

  /// Adds a value; its parameter.
  mutating func next(_ value: SQLValue) -> String {
    values.append(value)
    return "$\(values.count)"
  }
}

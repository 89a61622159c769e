import Domain
import Operations

/// A condition on shop `s`, with parameters that follow the statement's own.
struct ShopCondition {
  private(set) var sql = ""
  private(set) var values: [SQLValue]

  /// - Parameter values: the statement's own values.
  init(_ reach: ShopScope, after values: [SQLValue]) {
    self.values = values
    if let owner = reach.owner { sql += " AND s.owner_folded = \(next(.text(Author.folded(owner))))" }
    if let teams = reach.teams { sql += " AND \(isOne(of: teams, "s.team"))" }
    if let platforms = reach.platforms { sql += " AND \(isOne(of: platforms, "s.platform"))" }
    if let tags = reach.tags {
      // Lower case, because LIKE ignores the case of ASCII letters in SQLite alone.
      let patterns = Set(tags).sorted().map { tag in
        next(.text("%;\(Self.escaped(String(tag.map { $0.isASCII ? Character($0.lowercased()) : $0 })));%"))
      }
      sql += any(patterns.map { "LOWER(';' || s.tags || ';') LIKE \($0) ESCAPE '\\'" })
    }
  }

  /// Adds a value and returns its parameter.
  mutating func next(_ value: SQLValue) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// A condition on item `i` of run `r`, to follow other conditions.
  ///
  /// - Parameter critical: returns each definition's items that only leads may skip.
  mutating func items(
    _ filter: ItemFilter, critical: () throws -> [(definition: Int64, items: [String])]
  ) rethrows -> String {
    var sql = ""
    if let owners = filter.owners { sql += " AND \(isOne(of: owners, "i.owner"))" }
    if let checklists = filter.checklists { sql += " AND \(isOne(of: checklists, "r.checklist"))" }
    if let items = filter.items {
      let numbers = Set(items).sorted().map { next(.text($0)) }.joined(separator: ", ")
      sql +=
        items.isEmpty
        ? " AND 1 = 0" : " AND (i.id IN (\(numbers)) OR r.checklist || '/' || i.id IN (\(numbers)))"
    }
    if filter.onlyCritical {
      let conditions = try critical().filter { !$0.items.isEmpty }.map { definition, items in
        "r.definition = \(next(.integer(definition))) AND \(isOne(of: items, "i.id"))"
      }
      sql += any(conditions)
    }
    return sql
  }

  private mutating func isOne(of texts: [String], _ column: String) -> String {
    let numbers = Set(texts).sorted().map { next(.text($0)) }
    return numbers.isEmpty ? "1 = 0" : "\(column) IN (\(numbers.joined(separator: ", ")))"
  }

  private func any(_ conditions: [String]) -> String {
    conditions.isEmpty ? " AND 1 = 0" : " AND (\(conditions.joined(separator: " OR ")))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}

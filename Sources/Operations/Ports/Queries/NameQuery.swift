import Domain

/// Which shops somebody may see, or a list is filtered to.
package struct ShopScope: Sendable, Hashable {
  /// Only these teams' shops, spelled as in the store; nil: all.
  package internal(set) var teams: [String]?
  /// Only shops whose owner has this name, compared by `Author.folded`.
  package let owner: String?
  /// Only these platforms' shops, spelled as in the store; nil: all.
  package internal(set) var platforms: [String]?
  /// Only shops with one of these tags; nil: all.
  package internal(set) var tags: [String]?

  /// The shops that a principal may see. To filter further, use `FilterLookup`, which checks that names
  /// exist.
  package init(teams: [String]? = nil, owner: String? = nil) {
    self.teams = teams
    self.owner = owner
  }

  package static let all = ShopScope()
}

/// Which items a list is filtered to.
package struct ItemFilter: Sendable, Hashable {
  /// Only items assigned to these people, spelled as in the store; nil: all.
  package internal(set) var owners: [String]?
  /// Only runs of these checklists; nil: all.
  package internal(set) var checklists: [String]?
  /// Only items with these ids, or `CHECKLIST/ITEM`; nil: all.
  package internal(set) var items: [String]?
  /// Only critical items, which only leads may skip.
  package internal(set) var onlyCritical: Bool

  /// For names from input use `FilterLookup`, which checks that they exist.
  package init(owners: [String]? = nil, onlyCritical: Bool = false) {
    self.owners = owners
    self.onlyCritical = onlyCritical
  }

  package static let all = ItemFilter()

  /// Whether a checklist's item passes the filter, its owner aside.
  package func contains(_ item: String, of checklist: String, isCritical: Bool) -> Bool {
    if onlyCritical, !isCritical { return false }
    if let checklists, !checklists.contains(checklist) { return false }
    guard let items else { return true }
    return items.contains(item) || items.contains("\(checklist)/\(item)")
  }
}

/// The names by which lists can be filtered.
package protocol NameQuery {
  /// All spellings of such names in the shops that somebody may see, archived ones included. Owners are those
  /// of shops and of items in active runs; checklists and items are those that runs were ever pinned to.
  ///
  /// - Parameter thoroughly: for owners, reads completed items as well; without it an index is enough.
  func names(_ key: FilterKey, within reach: ShopScope, thoroughly: Bool) throws -> [String]
}

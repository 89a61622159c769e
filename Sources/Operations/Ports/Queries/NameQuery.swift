import Domain

/// Which shops somebody sees, or a list is narrowed to.
package struct ShopScope: Sendable, Hashable {
  /// Only these teams' shops, as the store writes them; nil: all.
  package internal(set) var teams: [String]?
  /// Only shops whose owner has this name, however it is written.
  package let owner: String?
  /// Only these platforms' shops, as the store writes them; nil: all.
  package internal(set) var platforms: [String]?
  /// Only shops with one of these tags; nil: all.
  package internal(set) var tags: [String]?

  /// What a principal sees. What somebody wants to see is narrowed by `FilterLookup`, which knows whether it is there.
  package init(teams: [String]? = nil, owner: String? = nil) {
    self.teams = teams
    self.owner = owner
  }

  /// All shops.
  package static let all = ShopScope()
}

/// Which items a list is narrowed to.
package struct ItemFilter: Sendable, Hashable {
  /// Only items for these people, as the store writes them; nil: for all.
  package internal(set) var owners: [String]?
  /// Only runs of these checklists; nil: of all.
  package internal(set) var checklists: [String]?
  /// Only items with these ids, or `CHECKLIST/ITEM`; nil: all.
  package internal(set) var items: [String]?
  /// Only items that a lead alone may skip.
  package internal(set) var onlyCritical: Bool

  /// Without owners it is made by `FilterLookup`, which knows whether they are there.
  package init(owners: [String]? = nil, onlyCritical: Bool = false) {
    self.owners = owners
    self.onlyCritical = onlyCritical
  }

  /// All items.
  package static let all = ItemFilter()

  /// Whether a checklist's item is one of them, whoever it is for.
  package func contains(_ item: String, of checklist: String, isCritical: Bool) -> Bool {
    if onlyCritical, !isCritical { return false }
    if let checklists, !checklists.contains(checklist) { return false }
    guard let items else { return true }
    return items.contains(item) || items.contains("\(checklist)/\(item)")
  }
}

/// Names by which lists can be narrowed.
package protocol NameQuery {
  /// Every way in which something is called in the shops that somebody sees, archived ones too; of owners those of
  /// shops and of items of active runs, of checklists and items those that runs were ever pinned to.
  ///
  /// - Parameter thoroughly: reads all items for owners, also those that are done; without it an index is enough.
  func names(_ key: FilterKey, within reach: ShopScope, thoroughly: Bool) throws -> [String]
}

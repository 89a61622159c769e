import Domain

/// What a list is to be narrowed to, as somebody wrote it.
package struct FilterNames: Sendable, Hashable {
  private var names: [FilterKey: String] = [:]
  /// Only items that a lead alone may skip.
  package var onlyCritical: Bool

  package init(_ names: [FilterKey: String?] = [:], onlyCritical: Bool = false) {
    self.names = names.compactMapValues(\.self)
    self.onlyCritical = onlyCritical
  }

  /// Nil: isn't narrowed by it.
  package subscript(_ key: FilterKey) -> String? {
    get { names[key] }
    set { names[key] = newValue }
  }
}

/// What a list is narrowed to, by names that are there.
package struct ResolvedFilter: Sendable, Hashable {
  package internal(set) var shops: ShopScope
  /// Which of their items.
  package internal(set) var items: ItemFilter
  /// What was asked for, as the store writes it.
  package internal(set) var names = FilterNames()
  /// What nothing has, as it was written; nil where all of it is there.
  package internal(set) var unknown: String?
}

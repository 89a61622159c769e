import Domain

/// The filter that somebody asked for, names as they wrote them.
package struct FilterNames: Sendable, Hashable {
  private var names: [FilterKey: String] = [:]
  /// Only critical items, which only leads may skip.
  package var onlyCritical: Bool

  package init(_ names: [FilterKey: String?] = [:], onlyCritical: Bool = false) {
    self.names = names.compactMapValues(\.self)
    self.onlyCritical = onlyCritical
  }

  /// Nil: not filtered by this key.
  package subscript(_ key: FilterKey) -> String? {
    get { names[key] }
    set { names[key] = newValue }
  }
}

/// A filter whose names have been checked to exist.
package struct ResolvedFilter: Sendable, Hashable {
  package internal(set) var shops: ShopScope
  package internal(set) var items: ItemFilter
  /// The names asked for, spelled as in the store.
  package internal(set) var names = FilterNames()
  /// The name asked for that doesn't exist, as written; nil if all exist.
  package internal(set) var unknown: String?
}

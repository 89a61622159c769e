import Domain

/// What a list is to be narrowed to, as somebody wrote it.
public struct FilterNames: Sendable, Hashable {
  private var names: [FilterKey: String] = [:]
  /// Only items that a lead alone may skip.
  public var onlyCritical: Bool

  package init(_ names: [FilterKey: String?] = [:], onlyCritical: Bool = false) {
    self.names = names.compactMapValues(\.self)
    self.onlyCritical = onlyCritical
  }

  /// Nil: isn't narrowed by it.
  public subscript(_ key: FilterKey) -> String? {
    get { names[key] }
    set { names[key] = newValue }
  }
}

/// What a list is narrowed to, by names that are there.
public struct ResolvedFilter: Sendable, Hashable {
  /// Which shops.
  public internal(set) var shops: ShopScope
  /// Which of their items.
  public internal(set) var items: ItemFilter
  /// What was asked for, as the store writes it.
  public internal(set) var names = FilterNames()
  /// What nothing has, as it was written; nil where all of it is there.
  public internal(set) var unknown: String?
}

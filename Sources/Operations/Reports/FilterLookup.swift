import Domain

/// Resolves the names in a filter before anything is read by it. Otherwise a misspelled name would produce
/// "nothing is overdue", the most expensive wrong answer. Every list that can be filtered by name uses it.
package struct FilterLookup {
  private let definitions: () throws -> Definitions?

  /// - Parameter definitions: the folder's definitions, if there are any; only called for names that the
  ///   store doesn't have.
  package init(definitions: @escaping () throws -> Definitions? = { nil }) { self.definitions = definitions }

  /// Throws `Refusal.unknownName` with the nearest visible names, or a `StoreError`.
  ///
  /// - Parameter reach: the shops that the user may see; names in others are as unknown as those that don't
  ///   exist.
  package func callAsFunction(
    _ asked: FilterNames, within reach: ShopScope = .all, in reading: any StoreReading
  ) throws -> ResolvedFilter {
    var found = ResolvedFilter(shops: reach, items: ItemFilter(onlyCritical: asked.onlyCritical))
    found.names.onlyCritical = asked.onlyCritical
    for key in FilterKey.allCases {
      guard let name = asked[key] else { continue }
      let spellings = try spellings(of: name, key, within: reach, in: reading)
      found.narrow(key, to: spellings)
    }
    return found
  }

  /// For pages, which show an empty list instead: as above, but an unknown name filters out everything.
  package func leniently(
    _ asked: FilterNames, within reach: ShopScope = .all, in reading: any StoreReading
  ) throws -> ResolvedFilter {
    var found = ResolvedFilter(shops: reach, items: ItemFilter(onlyCritical: asked.onlyCritical))
    for key in FilterKey.allCases {
      guard let name = asked[key] else { continue }
      do {
        found.narrow(key, to: try spellings(of: name, key, within: reach, in: reading))
      } catch is Refusal {
        found.narrow(key, to: [])
        found.unknown = found.unknown ?? name
      }
    }
    return found
  }

  private func spellings(
    of name: String, _ key: FilterKey, within reach: ShopScope, in reading: any StoreReading
  ) throws -> [String] {
    let wanted = Author.folded(name)
    if wanted.isEmpty { throw Refusal.emptyFilter(key) }
    var known: [String] = []
    func found(_ names: [String]) -> [String] {
      known += names
      // A team may be one of shops, of users or of tokens.
      return Set(names.filter { Author.folded($0) == wanted }).sorted()
    }
    let spellings = found(try reading.names(key, within: reach, thoroughly: false))
    if !spellings.isEmpty { return spellings }
    let defined = found(try definitions()?.names(key) ?? [])
    if !defined.isEmpty { return defined }
    if key == .owner {
      let rare = found(try reading.names(key, within: reach, thoroughly: true))
      if !rare.isEmpty { return rare }
    }
    let titled = key == .platform ? try definitions()?.nearestPlatforms(to: name) ?? [] : []
    let near = Suggestions.to(name.trimmedAndComposed, among: Set(known).sorted().prefix(Self.mostCompared))
    throw Refusal.unknownName(key, name, nearest: titled.isEmpty ? near : titled)
  }

  /// Among more names, searching for the nearest would take longer than it is worth.
  private static let mostCompared = 20_000
}

extension ResolvedFilter {
  fileprivate mutating func narrow(_ key: FilterKey, to spellings: [String]) {
    names[key] = spellings.first
    switch key {
    case .team: shops.teams = spellings
    case .platform: shops.platforms = spellings
    case .tag: shops.tags = spellings
    case .owner: items.owners = spellings
    case .checklist: items.checklists = spellings
    case .item: items.items = spellings
    }
  }
}

extension Definitions {
  /// The names in the folder's definitions; nil for keys that they don't define.
  fileprivate func names(_ key: FilterKey) -> [String]? {
    switch key {
    case .team, .owner: nil
    case .platform: Array(platformNames)
    case .tag:
      checklists.flatMap { pinned in
        (pinned.checklist.when.tags ?? []) + pinned.checklist.items.flatMap { $0.when.tags ?? [] }
      }
    case .checklist: checklists.map(\.checklist.id.rawValue)
    case .item: checklists.flatMap { $0.checklist.itemNames }
    }
  }
}

extension Checklist {
  /// The forms in which a filter may name its items.
  package var itemNames: [String] {
    items.flatMap { [$0.id.rawValue, "\(id)/\($0.id)"] }
  }
}

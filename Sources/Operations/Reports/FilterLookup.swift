import Domain

/// Finds what a filter names, before anything is read by it: "nothing is overdue" of a name that doesn't exist would
/// be the most expensive wrong answer. Every list that is narrowed by a name goes through it.
package struct FilterLookup {
  private let definitions: () throws -> Definitions?

  /// - Parameter definitions: the folder's, where one is there; asked for only where a name may be in them alone.
  package init(definitions: @escaping () throws -> Definitions? = { nil }) { self.definitions = definitions }

  /// Throws `Refusal.unknownName` with the nearest among what is seen, or a `StoreError`.
  ///
  /// - Parameter reach: the shops that whoever asks sees; names elsewhere are as unknown as those that nobody has.
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

  /// For pages, which show an empty list: as above, but what nobody has narrows to nothing.
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
      // A team may be one of shops, of users and of tokens.
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

  /// Of more names the nearest would take longer to find than it helps.
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
  /// What the folder's files call so; nil where it isn't they who do.
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
  /// As filters may name its items.
  package var itemNames: [String] {
    items.flatMap { [$0.id.rawValue, "\(id)/\($0.id)"] }
  }
}

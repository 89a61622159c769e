import Domain

extension StoreReading {
  /// Throws `Refusal.unknownShop` with the nearest ids.
  package func require(_ id: ShopID) throws -> StoredShop {
    if let stored = try shop(id) { return stored }
    throw Refusal.unknownShop(id.rawValue, nearest: try nearestShops(to: id.rawValue))
  }

  /// Reads the newest run's zone only if the shop has none of its own.
  package func zone(of shop: Shop) throws -> ShopZone {
    ShopZone(
      own: shop.timeZone, platform: shop.platform,
      newestRun: shop.timeZone == nil ? try newestTimeZone(of: shop.id) : nil)
  }

  /// By id, else by name, since people know a shop by its name. Compares at most 20,000 shops.
  package func nearestShops(to text: String) throws -> [String] {
    var candidates: [String] = []
    var named: [String: [String]] = [:]
    do {
      try forEachShop(ShopFilter()) { stored in
        candidates.append(stored.shop.id.rawValue)
        if let name = stored.shop.name { named[name, default: []].append(stored.shop.id.rawValue) }
        if candidates.count >= 20_000 { throw StopReading() }
      }
    } catch is StopReading {}
    let near = Suggestions.to(text, among: candidates)
    if !near.isEmpty { return near }
    let names = Suggestions.to(text.trimmedAndComposed, among: named.keys.sorted())
    return Array(names.flatMap { named[$0] ?? [] }.prefix(3))
  }

  /// The run that a change of an item applies to: the one numbered `number`; else the active one that holds
  /// the item; else, if allowed, the finished one without a newer run of its checklist.
  func locate(
    _ item: String, of stored: StoredShop, run number: Int?, inFinished: Bool, zones: any ZoneSource
  ) throws -> (run: Run, item: ItemID) {
    let shop = stored.shop.id
    if let number, let run = try run(number, of: shop) {
      try run.requireOpen()
      return (run, try require(item, among: [run], of: shop))
    }
    let summaries = try runs(of: shop)
    guard let newest = summaries.last else { throw Refusal.noRuns(shop) }
    if let number { throw Refusal.unknownRun(shop, run: number, newest: newest.number) }
    let active = try summaries.filter { $0.state == .active && $0.newer == nil }
      .compactMap { try run($0.number, of: shop) }
    let holders = active.filter { $0[ItemID(trusted: item)] != nil }
    if holders.count > 1 {
      throw Refusal.severalRuns(shop, item: ItemID(trusted: item), runs: holders.map(\.number))
    }
    if let run = holders.first { return (run, ItemID(trusted: item)) }

    let others = try summaries.filter { $0.state != .active || $0.newer != nil }.reversed()
      .compactMap { try run($0.number, of: shop) }
    let finished = others.filter { $0.state == .finished && $0.newer == nil }
    let candidates = finished.filter { $0[ItemID(trusted: item)] != nil }
    if inFinished, candidates.count > 1 {
      throw Refusal.severalRuns(
        shop, item: ItemID(trusted: item), runs: candidates.map(\.number).sorted())
    }
    if inFinished, let run = candidates.first { return (run, ItemID(trusted: item)) }
    if let holder = others.first(where: { $0[ItemID(trusted: item)] != nil }) {
      let zone = { zones.zone(named: holder.timeZone) ?? .utc }
      if holder.state == .finished, holder.newer == nil,
        let refusal = holder[ItemID(trusted: item)].flatMap({ holder.missedRefusal(of: $0, in: zone) })
      {
        throw refusal
      }
      throw Refusal.noActiveRun(shop, item: item, inRun: holder.number, state: holder.state)
    }
    return (try lastResort(active, others, shop), try require(item, among: active + others, of: shop))
  }

  private func lastResort(_ active: [Run], _ others: [Run], _ shop: ShopID) throws -> Run {
    guard let run = active.first ?? others.first else { throw Refusal.noRuns(shop) }
    return run
  }

  private func require(_ item: String, among runs: [Run], of shop: ShopID) throws(Refusal) -> ItemID {
    let id = ItemID(trusted: item)
    if runs.contains(where: { $0[id] != nil }) { return id }
    let items = runs.flatMap(\.items)
    let near = Suggestions.to(item, among: Set(items.map(\.id.rawValue)).sorted())
    throw .unknownItem(item, shop, nearest: near.isEmpty ? Self.titled(item, among: items) : near)
  }

  /// The ids of items with this title, or nearly this title, in any language.
  private static func titled(_ text: String, among items: [Run.Item]) -> [String] {
    var ids: [String: [String]] = [:]
    for item in items {
      for entry in item.definition.title.entries where ids[entry.text]?.contains(item.id.rawValue) != true {
        ids[entry.text, default: []].append(item.id.rawValue)
      }
    }
    let titles = Suggestions.to(text.trimmedAndComposed, among: ids.keys.sorted())
    var found: [String] = []
    for id in titles.flatMap({ ids[$0] ?? [] }) where !found.contains(id) { found.append(id) }
    return Array(found.prefix(3))
  }
}

extension StoreWriting {
  /// Locks a shop that is about to be changed. Throws `Refusal.unknownShop` with the nearest ids.
  package func requireLocked(_ id: ShopID) throws -> StoredShop {
    if let stored = try lockShop(id) { return stored }
    throw Refusal.unknownShop(id.rawValue, nearest: try nearestShops(to: id.rawValue))
  }
}

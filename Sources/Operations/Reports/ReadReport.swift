import Domain

extension ReportFigures {
  /// In seconds.
  package static let week: Int64 = 7 * 86_400

  /// Counts an outstanding item's due time. Times have to come in ascending order.
  package mutating func countOutstanding(dueAt: Moment, now: Moment) {
    if dueAt <= now {
      progress.overdue += 1
      if now - dueAt >= Self.week { overdueSince7Days += 1 }
      oldestOverdueAt = min(oldestOverdueAt ?? dueAt, dueAt)
    } else {
      nextDueAt = min(nextDueAt ?? dueAt, dueAt)
    }
  }

  /// Counts a completed item towards the last 7 days.
  package mutating func countDone(at moment: Moment, now: Moment) {
    if moment <= now, now - moment < Self.week { doneLast7Days += 1 }
  }

  /// Adds the figures of other runs, except for `shops`, which is up to the caller.
  package mutating func add(_ other: ReportFigures) {
    runs += other.runs
    progress.add(other.progress)
    doneLast7Days += other.doneLast7Days
    overdueSince7Days += other.overdueSince7Days
    if let next = other.nextDueAt { nextDueAt = min(nextDueAt ?? next, next) }
    if let oldest = other.oldestOverdueAt { oldestOverdueAt = min(oldestOverdueAt ?? oldest, oldest) }
  }
}

/// Reports the progress of many shops.
package struct ReadReport {
  let reading: any StoreReading
  package let filter: ReportFilter

  package init(_ filter: ReportFilter, in reading: any StoreReading) {
    self.filter = filter
    self.reading = reading
  }

  /// Streams rows by key; rows without a key come last.
  package func forEachRow(
    by grouping: ReportGrouping, _ body: (ReportRow) throws -> Void
  ) throws {
    switch grouping {
    case .shop: try forEachShop(body)
    case .team: try forEachTeam(body)
    case .item: try reading.forEachItemRow(filter, body)
    case .owner: try reading.forEachOwnerRow(filter, body)
    }
  }

  private func forEachShop(_ body: (ReportRow) throws -> Void) throws {
    var shop: (id: String, name: String?, team: String?)?
    var standing: SwitchStanding?
    var account: String?
    var figures = ReportFigures()
    func end() throws {
      guard let shop else { return }
      try body(
        ReportRow(
          shop: shop.id, name: shop.name, team: shop.team, figures: figures, standing: standing,
          account: account))
    }
    try reading.forEachCountedRun(filter) { counted in
      if counted.shop != shop?.id {
        try end()
        shop = (counted.shop, counted.name, counted.team)
        standing = counted.standing
        account = counted.account
        figures = ReportFigures()
        figures.shops = 1
      }
      if let run = counted.run { figures.add(run.figures) }
    }
    try end()
  }

  private func forEachTeam(_ body: (ReportRow) throws -> Void) throws {
    var teams: [String?: ReportFigures] = [:]
    try forEachShop { row in
      teams[row.team, default: ReportFigures()].shops += 1
      teams[row.team]?.add(row.figures)
    }
    for (team, figures) in teams.sorted(by: { Self.precedes($0.key, $1.key) }) {
      try body(ReportRow(key: team, name: nil, team: nil, figures: figures))
    }
  }

  private static func precedes(_ left: String?, _ right: String?) -> Bool {
    guard let left else { return false }
    guard let right else { return true }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// The figures over all shops, and the items that hold up most of them.
  ///
  /// - Parameter eachShop: called with the first record of each shop.
  package func totals(
    _ eachShop: (CountedRun) -> Void = { _ in }
  ) throws -> (figures: ReportFigures, holdingUp: [HoldingUp]) {
    var totals = ReportFigures()
    var holding: [String: Int] = [:]
    var last: String?
    try reading.forEachCountedRun(filter) { counted in
      if counted.shop != last {
        totals.shops += 1
        eachShop(counted)
      }
      last = counted.shop
      guard let run = counted.run else { return }
      totals.add(run.figures)
      for item in run.idsHoldingUp.split(separator: " ") {
        holding["\(run.checklist)/\(item)", default: 0] += 1
      }
    }
    let sorted = holding.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let holdingUp = try sorted.map { item, shops in
      let parts = item.split(separator: "/", maxSplits: 1).map(String.init)
      let title = try reading.title(ofItem: parts[1], in: parts[0])
      return HoldingUp(item: item, title: title ?? LocalizedText(item), shops: shops)
    }
    return (totals, holdingUp)
  }

  /// Counts per team and checklist, for monitoring, in that order.
  package func gauges() throws -> [OverdueGauge] {
    struct Key: Hashable {
      let team: String
      let checklist: String
    }
    var figures: [Key: ReportFigures] = [:]
    try reading.forEachCountedRun(filter) { counted in
      guard let run = counted.run else { return }
      figures[Key(team: counted.team ?? "", checklist: run.checklist), default: ReportFigures()]
        .add(run.figures)
    }
    return figures.sorted { ($0.key.team, $0.key.checklist) < ($1.key.team, $1.key.checklist) }
      .map { key, figures in
        OverdueGauge(
          team: key.team, checklist: key.checklist,
          outstanding: figures.progress.pending + figures.progress.blocked,
          overdue: figures.progress.overdue,
          oldestOverdueSeconds: figures.oldestOverdueAt.map { filter.now - $0 } ?? 0)
      }
  }

  /// The complete report for a format that is laid out as a page, late rows first.
  ///
  /// - Parameter lateLimit: how many overdue items to list.
  /// - Parameter switchLimit: how many unbound shops to list, and how many overridden rules.
  package func page(
    by grouping: ReportGrouping, withMatrix: Bool, lateLimit: Int, switchLimit: Int = 0
  ) throws -> ProgressReport {
    var rows: [ReportRow] = []
    try forEachRow(by: grouping) { rows.append($0) }
    rows = rows.enumerated().sorted { left, right in
      let (a, b) = (left.element.figures, right.element.figures)
      if a.progress.overdue != b.progress.overdue { return a.progress.overdue > b.progress.overdue }
      if a.oldestOverdueAt != b.oldestOverdueAt, let first = a.oldestOverdueAt,
        let second = b.oldestOverdueAt
      {
        return first < second
      }
      return left.offset < right.offset
    }.map(\.element)
    var switches = ReportSwitches(limit: switchLimit)
    let (totals, holdingUp) = try totals { switches.add($0) }
    try forEachSwitch(onlyUnbound: true) { switches.add($0, now: filter.now) }
    let late = filter.state == .finished ? [] : try late(limit: lateLimit)
    return ProgressReport(
      generatedAt: filter.now, grouping: grouping, state: filter.state, names: filter.names,
      totals: totals, rows: rows, holdingUp: holdingUp,
      matrix: withMatrix ? try reading.matrix(filter) : nil,
      late: late, switches: switches, zones: try zones(late, switches))
  }

  /// The zone that all of the report's shops share; nil if there are several, or no shops.
  package func commonZone(_ zones: ShopZones) throws -> Zone? {
    var names: Set<String> = []
    do {
      try reading.forEachZone(filter) { zone in
        names.insert(zones.name(of: zone))
        if names.count > 1 { throw StopReading() }
      }
    } catch is StopReading { return nil }
    return names.first.map(zones.source.shown)
  }

  private func zones(_ late: [OverdueItem], _ switches: ReportSwitches) throws -> [String: ShopZone] {
    var zones: [String: ShopZone] = [:]
    for entry in switches.unbound { zones[entry.shop.rawValue] = entry.zone }
    for shop in late.map(\.shop) + switches.overrides.map(\.shop) where zones[shop] == nil {
      guard let id = ShopID(shop), let stored = try reading.shop(id) else { continue }
      zones[shop] = try reading.zone(of: stored.shop)
    }
    return zones
  }

  private func late(limit: Int) throws -> [OverdueItem] {
    var late: [OverdueItem] = []
    if limit == 0 { return late }
    do {
      var overdue = OverdueFilter(now: filter.now, until: filter.now)
      (overdue.reach, overdue.items) = (filter.reach, filter.items)
      try reading.forEachOverdue(overdue) { item in
        late.append(item)
        if late.count == limit { throw StopReading() }
      }
    } catch is StopReading {}
    return late
  }
}

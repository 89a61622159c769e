import Domain
import Operations

extension ShopTransaction {
  /// Like `forEachCountedRun`, but counts only some items, for which the counters in the run's row are of no
  /// use.
  @specialized(where Connection == SQLiteConnection)
  func forEachRunOfItems(_ filter: ReportFilter, _ body: (CountedRun) throws -> Void) throws {
    let state = SQLValue.optional(filter.state == .all ? nil : filter.state.rawValue)
    var condition = ShopCondition(filter.reach, after: [state])
    let items = try condition.items(filter.items, critical: criticalItems)
    var current: CountedItems?
    func end() throws {
      if let current { try body(current.run) }
      current = nil
    }
    try connection.stream(
      composed: """
        SELECT s.id, r.number, s.name, s.team, r.checklist, r.holding_up, i.id, i.state, i.open, i.due_at,
          i.changed_at, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides, b.account
        FROM shop s
        LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
        LEFT JOIN binding b ON b.shop = s.id AND b.ended IS NULL
        JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
        JOIN item i ON i.shop = r.shop AND i.run = r.number
        WHERE s.archived = 0\(condition.sql)\(items)
        ORDER BY s.id, r.number, i.position
        """, condition.values
    ) { row in
      let (shop, number) = (row.text(0), try row.count(1))
      if current?.shop != shop || current?.number != number {
        try end()
        current = CountedItems(
          shop: shop, number: number, name: row.optionalText(2), team: row.optionalText(3),
          checklist: row.text(4), waitedFor: row.text(5).split(separator: " ").map(String.init),
          standing: try standing(row, from: 11), account: row.optionalText(17))
      }
      current?.add(
        row.text(6), try self.state(row.text(7)), dueAt: row.flag(8) ? row.optionalMoment(9) : nil,
        changedAt: row.optionalMoment(10), now: filter.now)
    }
    try end()
  }

  /// Each definition's items that only leads may skip.
  func criticalItems() throws -> [(definition: Int64, items: [String])] {
    var ids: [Int64] = []
    try connection.query("SELECT id FROM definition ORDER BY id", []) { ids.append($0.integer(0)) }
    return try ids.map { id in
      (id, try definition(id: id).checklist.items.filter(\.critical).map(\.id.rawValue))
    }
  }
}

/// The sums over some items of a run.
private struct CountedItems {
  let shop: String
  let number: Int
  let name: String?
  let team: String?
  let checklist: String
  /// The ids of outstanding items that others wait for.
  let waitedFor: [String]
  let standing: SwitchStanding?
  let account: String?
  private var figures = ReportFigures()
  private var holdingUp: [String] = []

  init(
    shop: String, number: Int, name: String?, team: String?, checklist: String, waitedFor: [String],
    standing: SwitchStanding?, account: String?
  ) {
    self.shop = shop
    self.number = number
    self.name = name
    self.team = team
    self.checklist = checklist
    self.waitedFor = waitedFor
    self.standing = standing
    self.account = account
    figures.shops = 1
    figures.runs = 1
  }

  mutating func add(_ item: String, _ state: ItemState, dueAt: Moment?, changedAt: Moment?, now: Moment) {
    figures.progress.total += 1
    switch state {
    case .pending: figures.progress.pending += 1
    case .blocked: figures.progress.blocked += 1
    case .skipped: figures.progress.skipped += 1
    case .done:
      figures.progress.done += 1
      if let changedAt { figures.countDone(at: changedAt, now: now) }
    }
    if let dueAt { figures.countOutstanding(dueAt: dueAt, now: now) }
    if waitedFor.contains(item) { holdingUp.append(item) }
  }

  var run: CountedRun {
    CountedRun(
      shop: shop, name: name, team: team,
      run: .init(checklist: checklist, figures: figures, idsHoldingUp: holdingUp.joined(separator: " ")),
      standing: standing, account: account)
  }
}

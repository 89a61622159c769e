import Domain
import Operations

extension ShopTransaction: ProgressQuery {
  @specialized(where Connection == SQLiteConnection)
  func forEachCountedRun(_ filter: ReportFilter, _ body: (CountedRun) throws -> Void) throws {
    if filter.items != .all { return try forEachRunOfItems(filter, body) }
    let state = SQLValue.optional(filter.state == .all ? nil : filter.state.rawValue)
    let read = { (row: Connection.Row) throws in
      let hasRun = !row.isNull(3)
      if !hasRun, filter.state != .all { return }
      try body(
        CountedRun(
          shop: row.text(0), name: row.optionalText(1), team: row.optionalText(2),
          run: hasRun ? try counted(row, now: filter.now) : nil, standing: try standing(row, from: 12),
          account: row.optionalText(19)))
    }
    let condition = ShopCondition(filter.reach, after: [state])
    try connection.stream(
      composed: """
        SELECT s.id, s.name, s.team, r.checklist, r.total, r.done, r.skipped, r.blocked, r.pending,
          r.outstanding_due, r.done_at, r.holding_up, w.state, w.unbound_at, w.until, w.estimated,
          w.finish_by, w.overrides, r.missed, b.account
        FROM shop s
        LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
        LEFT JOIN binding b ON b.shop = s.id AND b.ended IS NULL
        LEFT JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
        WHERE s.archived = 0\(condition.sql)
        ORDER BY s.id, r.number
        """, condition.values, read)
  }

  /// Reads `state, unbound_at, until, estimated, finish_by, overrides`, beginning with column `first`.
  func standing(_ row: Connection.Row, from first: Int) throws -> SwitchStanding? {
    if row.isNull(first) { return nil }
    let state: SwitchState = try state(row.text(first))
    let opensAt = row.optionalMoment(first + 2) ?? row.optionalMoment(first + 1)
    return SwitchStanding(
      state: state, opensAt: state == .unbound ? opensAt : nil, isEstimate: row.flag(first + 3),
      finishBy: row.optionalMoment(first + 4), overrides: try SwitchLists.overrides(row, first + 5))
  }

  private func counted(_ row: Connection.Row, now: Moment) throws -> CountedRun.Counted {
    var figures = ReportFigures()
    figures.shops = 1
    figures.runs = 1
    figures.progress = Progress(
      total: try row.count(4), done: try row.count(5), skipped: try row.count(6),
      missed: try row.count(18), blocked: try row.count(7), pending: try row.count(8))
    row.withUTF8(9) { text in
      var times = TimeList(text)
      while let dueAt = times.next() { figures.countOutstanding(dueAt: dueAt, now: now) }
    }
    row.withUTF8(10) { text in
      var times = TimeList(text)
      while let doneAt = times.next() { figures.countDone(at: doneAt, now: now) }
    }
    return CountedRun.Counted(
      checklist: row.text(3), figures: figures, idsHoldingUp: row.text(11))
  }

  func forEachItemRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws {
    var condition = condition(filter)
    let items = try condition.items(filter.items, critical: criticalItems)
    try connection.stream(
      composed: """
        SELECT r.checklist, i.id, COUNT(*), COUNT(*),
          SUM(CASE WHEN i.state = 'done' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'skipped' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'blocked' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'pending' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'done' AND i.changed_at > $2 AND i.changed_at <= $1 THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END),
          MIN(CASE WHEN i.open = 1 AND i.due_at > $1 THEN i.due_at END),
          MIN(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN i.due_at END),
          SUM(CASE WHEN i.missed IS NULL THEN 0 ELSE 1 END), MAX(r.definition)
        FROM shop s
        JOIN run r ON r.shop = s.id AND r.counted = 1
        JOIN item i ON i.shop = r.shop AND i.run = r.number
        WHERE s.archived = 0 AND (r.state = $3 OR $3 IS NULL)\(condition.sql)\(items)
        GROUP BY r.checklist, i.id
        ORDER BY r.checklist, MIN(i.position), i.id
        """, condition.values
    ) { row in
      let (checklist, id) = (row.text(0), row.text(1))
      let title = try definition(id: row.integer(14)).checklist.items
        .first { $0.id.rawValue == id }?.title
      try body(
        ReportRow(key: "\(checklist)/\(id)", name: title, team: nil, figures: try figures(row)))
    }
  }

  func forEachOwnerRow(_ filter: ReportFilter, _ body: (ReportRow) throws -> Void) throws {
    var condition = condition(filter)
    let items = try condition.items(filter.items, critical: criticalItems)
    try connection.stream(
      composed: """
        SELECT i.owner, NULL, COUNT(DISTINCT i.shop), COUNT(DISTINCT i.shop || '/' || i.run),
          SUM(CASE WHEN i.state = 'done' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'skipped' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'blocked' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'pending' THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.state = 'done' AND i.changed_at > $2 AND i.changed_at <= $1 THEN 1 ELSE 0 END),
          SUM(CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END),
          MIN(CASE WHEN i.open = 1 AND i.due_at > $1 THEN i.due_at END),
          MIN(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN i.due_at END),
          SUM(CASE WHEN i.missed IS NULL THEN 0 ELSE 1 END)
        FROM shop s
        JOIN run r ON r.shop = s.id AND r.counted = 1
        JOIN item i ON i.shop = r.shop AND i.run = r.number
        WHERE s.archived = 0 AND (r.state = $3 OR $3 IS NULL)\(condition.sql)\(items)
        GROUP BY i.owner
        ORDER BY i.owner NULLS LAST
        """, condition.values
    ) { row in
      try body(ReportRow(key: row.optionalText(0), name: nil, team: nil, figures: try figures(row)))
    }
  }

  /// Its parameters follow the moment, the moment a week earlier, and the runs' state.
  private func condition(_ filter: ReportFilter) -> ShopCondition {
    ShopCondition(
      filter.reach,
      after: [
        .moment(filter.now), .moment(filter.now + -ReportFigures.week),
        .optional(filter.state == .all ? nil : filter.state.rawValue),
      ])
  }

  private func figures(_ row: Connection.Row) throws -> ReportFigures {
    var figures = ReportFigures()
    figures.shops = try row.count(2)
    figures.runs = try row.count(3)
    let states = try (4...7).map { try row.count($0) }
    figures.progress = Progress(
      total: states.reduce(0, +), done: states[0], skipped: states[1], missed: try row.count(13),
      blocked: states[2], pending: states[3], overdue: try row.count(8))
    figures.doneLast7Days = try row.count(9)
    figures.overdueSince7Days = try row.count(10)
    figures.nextDueAt = row.optionalMoment(11)
    figures.oldestOverdueAt = row.optionalMoment(12)
    return figures
  }

  func forEachZone(_ filter: ReportFilter, _ body: (ShopZone) throws -> Void) throws {
    let condition = ShopCondition(filter.reach, after: [])
    try connection.stream(
      composed: """
        SELECT DISTINCT s.time_zone, CASE WHEN s.time_zone IS NULL THEN s.platform END,
          CASE WHEN s.time_zone IS NULL THEN
            (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
        FROM shop s
        WHERE s.archived = 0\(condition.sql)
        ORDER BY 1, 2, 3
        """, condition.values
    ) { row in
      try body(
        ShopZone(own: row.optionalText(0), platform: row.optionalText(1), newestRun: row.optionalText(2)))
    }
  }

  func title(ofItem item: String, in checklist: String) throws -> LocalizedText? {
    var title: LocalizedText?
    try connection.query(
      "SELECT DISTINCT definition FROM run WHERE checklist = $1 ORDER BY definition DESC", [.text(checklist)]
    ) { row in
      if title == nil {
        title = try definition(id: row.integer(0)).checklist.items
          .first { $0.id.rawValue == item }?.title
      }
    }
    return title
  }
}

/// Milliseconds separated by spaces, as in `run.outstanding_due` and `run.done_at`.
struct TimeList {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// How many of an ascending list's times aren't after `now`.
  static func count(_ text: UnsafeBufferPointer<UInt8>, until now: Moment) -> Int {
    var times = TimeList(text)
    var count = 0
    while let time = times.next(), time <= now { count += 1 }
    return count
  }

  mutating func next() -> Moment? {
    guard position < text.count else { return nil }
    var value: Int64 = 0
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    while position < text.count, text[position] != UInt8(ascii: " ") {
      value = value &* 10 &+ Int64(text[position] &- UInt8(ascii: "0"))
      position += 1
    }
    position += 1
    return Moment(seconds: (isNegative ? 0 &- value : value) / 1000)
  }
}

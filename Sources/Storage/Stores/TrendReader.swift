import Domain
import Operations

extension ShopTransaction: TrendQuery {
  func trend(teams: [String]?, days: Int, now: Moment) throws -> Trend {
    let teams = teams.map { teams in Set(teams).map(String?.some) } ?? [nil]
    var items = TrendItems(days: days, now: now)
    var ages = Array(repeating: 0, count: TrendItems.ages.count)
    var holding: [String: Int] = [:]
    var durations: [TrendKey: [Int: Int]] = [:]
    for team in teams {
      let narrowed = team == nil ? "" : "AND s.team = $4"
      let values: [SQLValue] = [
        .integer(items.first), .integer(Int64(86_400_000)), .moment(now), .optional(team),
      ]
      try session.query(composed: Self.movements(narrowed), values) { row in
        items.add(
          begun: Int(row.integer(0)), closed: row.isNull(1) ? nil : Int(row.integer(1)),
          due: row.isNull(2) ? nil : Int(row.integer(2)), count: Int(row.integer(3)))
      }
      try session.query(composed: Self.late(narrowed), values) { row in
        let days = Int(row.integer(0))
        let bucket = TrendItems.ages.lastIndex { $0.from <= days } ?? 0
        ages[bucket] += Int(row.integer(1))
      }
      try session.query(composed: Self.held(narrowed), values) { row in
        let checklist = row.text(0)
        for item in row.text(1).split(separator: " ") { holding["\(checklist)/\(item)", default: 0] += 1 }
      }
      try session.query(composed: Self.durations(narrowed), values) { row in
        let key = TrendKey(checklist: row.text(0), item: row.text(1))
        durations[key, default: [:]][max(0, Int(row.integer(2))), default: 0] += Int(row.integer(3))
      }
    }
    return Trend(
      points: items.points,
      ages: zip(TrendItems.ages, ages).map { Trend.Age(from: $0.from, to: $0.to, items: $1) },
      holdingUp: try holding.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { item, shops in
        let key = TrendKey(item)
        return HoldingUp(item: item, title: try title(of: key), shops: shops)
      },
      usual: try durations.map { key, hours in
        let done = hours.values.reduce(0, +)
        return Trend.Usual(
          checklist: key.checklist, item: key.item, title: try title(of: key), done: done,
          medianHours: TrendItems.median(hours, of: done))
      }.sorted { ($1.medianHours, $0.checklist, $0.item) < ($0.medianHours, $1.checklist, $1.item) })
  }

  func done(_ filter: DoneFilter, limit: Int) throws -> [DoneItem] {
    var condition = ShopCondition(team: nil, filter.reach, after: [.moment(filter.since), .integer(limit)])
    let shops = condition.sql
    var narrowed = ""
    if let checklist = filter.checklist {
      narrowed += " AND r.checklist = \(condition.next(.text(checklist)))"
    }
    if let item = filter.item { narrowed += " AND i.id = \(condition.next(.text(item)))" }
    var items: [DoneItem] = []
    try session.query(
      composed: """
        SELECT s.id, s.name, r.number, r.checklist, i.id, i.changed_at, i.changed_by,
          i.changed_at - COALESCE(r.began_at, r.switched_at)
        \(Self.source(shops)) AND i.state = 'done' AND i.changed_at >= $1\(narrowed)
        ORDER BY i.changed_at DESC, s.id, r.number, i.position LIMIT $2
        """, condition.values
    ) { row in
      items.append(
        DoneItem(
          shop: row.text(0), name: row.optionalText(1), run: Int(row.integer(2)), checklist: row.text(3),
          item: row.text(4), at: row.moment(5), by: row.optionalText(6), took: row.integer(7) / 1000))
    }
    return items
  }

  private func title(of key: TrendKey) throws -> LocalizedText {
    try title(ofItem: key.item, in: key.checklist) ?? LocalizedText(key.item)
  }

  private static func source(_ narrowed: String) -> String {
    """
    FROM shop s
    CROSS JOIN run r ON r.shop = s.id AND r.counted = 1
    CROSS JOIN item i ON i.shop = r.shop AND i.run = r.number
    WHERE s.archived = 0 \(narrowed)
    """
  }

  /// Which point a moment comes before; 0: the first.
  private static func point(_ moment: String) -> String {
    "CASE WHEN \(moment) <= $1 THEN 0 ELSE (\(moment) - $1 + $2 - 1) / $2 END"
  }

  private static func movements(_ narrowed: String) -> String {
    """
    SELECT \(point("COALESCE(r.began_at, r.switched_at)")),
      CASE WHEN i.state = 'done' OR i.state = 'skipped' THEN \(point("i.changed_at")) END,
      CASE WHEN i.due_at IS NOT NULL THEN \(point("i.due_at")) END, COUNT(*)
    \(source(narrowed))
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
  }

  /// What is open is found in its index, then whether its shop counts.
  private static func late(_ narrowed: String) -> String {
    """
    SELECT ($3 - i.due_at) / $2, COUNT(*)
    FROM item i
    CROSS JOIN shop s ON s.id = i.shop
    WHERE i.open = 1 AND i.due_at <= $3 AND s.archived = 0 \(narrowed)
    GROUP BY 1 ORDER BY 1
    """
  }

  private static func held(_ narrowed: String) -> String {
    """
    SELECT r.checklist, r.holding_up
    FROM shop s
    CROSS JOIN run r ON r.shop = s.id AND r.counted = 1
    WHERE s.archived = 0 AND r.holding_up <> '' \(narrowed)
    """
  }

  private static func durations(_ narrowed: String) -> String {
    """
    SELECT r.checklist, i.id, (i.changed_at - COALESCE(r.began_at, r.switched_at)) / 3600000, COUNT(*)
    \(source(narrowed)) AND i.state = 'done'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
  }
}

/// An item of a checklist.
private struct TrendKey: Hashable {
  let checklist: String
  let item: String

  init(checklist: String, item: String) {
    self.checklist = checklist
    self.item = item
  }

  /// `CHECKLIST/ITEM`
  init(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    self.init(checklist: String(parts.first ?? ""), item: String(parts.last ?? ""))
  }
}

/// Counts how many items stood how at each point.
private struct TrendItems {
  static let ages: [(from: Int, to: Int?)] = [(0, 1), (1, 3), (3, 7), (7, 14), (14, nil)]

  private let days: Int
  private let now: Moment
  /// What each point adds to, and takes from, the one before.
  private var outstanding: [Int]
  private var overdue: [Int]

  init(days: Int, now: Moment) {
    self.days = days
    self.now = now
    outstanding = Array(repeating: 0, count: days + 2)
    overdue = outstanding
  }

  /// The first point, in milliseconds.
  var first: Int64 { (now.seconds - Int64(days) * 86_400) * 1000 }

  /// - Parameter closed: nil: it is outstanding; a point past the last one is still to come.
  mutating func add(begun: Int, closed: Int?, due: Int?, count: Int) {
    let last = days + 1
    let closed = min(closed ?? last, last)
    if begun < closed {
      outstanding[begun] += count
      outstanding[closed] -= count
    }
    guard let due else { return }
    let from = max(min(due, last), begun)
    if from < closed {
      overdue[from] += count
      overdue[closed] -= count
    }
  }

  var points: [Trend.Point] {
    var points: [Trend.Point] = []
    var (open, late) = (0, 0)
    for day in 0...days {
      open += outstanding[day]
      late += overdue[day]
      points.append(
        Trend.Point(at: now + -Int64(days - day) * 86_400, outstanding: open, overdue: late))
    }
    return points
  }

  static func median(_ counts: [Int: Int], of total: Int) -> Int {
    var seen = 0
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      seen += count
      if 2 * seen >= total { return value }
    }
    return 0
  }
}

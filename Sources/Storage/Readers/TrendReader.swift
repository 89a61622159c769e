import Domain
import Operations

extension ShopTransaction: TrendQuery {
  @specialized(where Connection == SQLiteConnection)
  func trend(teams: [String]?, days: Int, now: Moment) throws -> Trend {
    let teams = teams.map { teams in Set(teams).map(String?.some) } ?? [nil]
    var items = TrendItems(days: days, now: now)
    var ages = Array(repeating: 0, count: TrendItems.ages.count)
    var holding: [String: Int] = [:]
    var durations: [TrendKey: [Int: Int]] = [:]
    for team in teams {
      let shops = team == nil ? DeskStatement.inKeyOrder : "s.archived = 0 AND s.team = $1"
      let values = team.map { [SQLValue.text($0)] } ?? []
      try connection.query(composed: Self.open(shops), values) { row in
        row.withUTF8(2) { text in
          var times = TimeList(text)
          while let due = times.next(), due <= now {
            let days = (now - due) / 86_400
            ages[TrendItems.ages.lastIndex { $0.from <= days } ?? 0] += 1
          }
        }
        let checklist = row.text(0)
        for item in row.text(1).split(separator: " ") { holding["\(checklist)/\(item)", default: 0] += 1 }
      }
      try connection.query(composed: Self.items(shops), values) { row in
        let began = row.moment(2)
        let closed = row.optionalMoment(4)
        items.add(begun: began, closed: closed, due: row.optionalMoment(5))
        guard let closed, row.flag(3) else { return }
        let key = TrendKey(checklist: row.text(0), item: row.text(1))
        durations[key, default: [:]][max(0, Int((closed - began) / 3600)), default: 0] += 1
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
    var condition = ShopCondition(filter.reach, after: [.moment(filter.since), .integer(limit)])
    let shops = condition.sql.isEmpty ? DeskStatement.inKeyOrder : "s.archived = 0\(condition.sql)"
    var narrowed = ""
    if let checklist = filter.checklist {
      narrowed += " AND r.checklist = \(condition.next(.text(checklist)))"
    }
    if let item = filter.item { narrowed += " AND i.id = \(condition.next(.text(item)))" }
    var items: [DoneItem] = []
    try connection.query(
      composed: """
        SELECT s.id, s.name, r.number, r.checklist, i.id, i.changed_at, i.changed_by,
          i.changed_at - COALESCE(r.began_at, r.switched_at), i.changed_link
        \(Self.source(shops)) AND i.state = 'done' AND i.changed_at >= $1\(narrowed)
        ORDER BY i.changed_at DESC, s.id, r.number, i.position LIMIT $2
        """, condition.values
    ) { row in
      items.append(
        DoneItem(
          shop: row.text(0), name: row.optionalText(1), run: try row.count(2), checklist: row.text(3),
          item: row.text(4), at: row.moment(5), by: row.optionalText(6), link: row.optionalInteger(8),
          took: row.integer(7) / 1000))
    }
    return items
  }

  private func title(of key: TrendKey) throws -> LocalizedText {
    try title(ofItem: key.item, in: key.checklist) ?? LocalizedText(key.item)
  }

  private static func source(_ shops: String) -> String {
    """
    FROM shop s
    CROSS JOIN run r ON r.shop = s.id AND r.counted = 1
    CROSS JOIN item i ON i.shop = r.shop AND i.run = r.number
    WHERE \(shops)
    """
  }

  /// `checklist, holding_up, outstanding_due`
  private static func open(_ shops: String) -> String {
    """
    SELECT r.checklist, r.holding_up, r.outstanding_due
    FROM shop s
    CROSS JOIN run r ON r.shop = s.id AND r.counted = 1
    WHERE \(shops) AND (r.holding_up <> '' OR r.outstanding_due <> '')
    """
  }

  /// `checklist, item, began_at, is_done, closed_at, due_at`
  ///
  /// Not grouped, since SQLite would have to sort the rows, which takes longer than reading them.
  private static func items(_ shops: String) -> String {
    """
    SELECT r.checklist, i.id, COALESCE(r.began_at, r.switched_at), CASE WHEN i.state = 'done' THEN 1 ELSE 0 END,
      CASE WHEN i.state = 'done' OR i.state = 'skipped' THEN i.changed_at END, i.due_at
    \(source(shops))
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

/// Counts outstanding and overdue items at each point in time.
private struct TrendItems {
  static let ages: [(from: Int, to: Int?)] = [(0, 1), (1, 3), (3, 7), (7, 14), (14, nil)]

  private let days: Int
  private let now: Moment
  /// By point, the difference from the previous one.
  private var outstanding: [Int]
  private var overdue: [Int]

  init(days: Int, now: Moment) {
    self.days = days
    self.now = now
    outstanding = Array(repeating: 0, count: days + 2)
    overdue = outstanding
  }

  /// - Parameter closed: nil if it is outstanding.
  mutating func add(begun: Moment, closed: Moment?, due: Moment?) {
    let last = days + 1
    let begun = point(begun)
    let closed = closed.map { min(point($0), last) } ?? last
    if begun < closed {
      outstanding[begun] += 1
      outstanding[closed] -= 1
    }
    guard let due else { return }
    let from = max(min(point(due), last), begun)
    if from < closed {
      overdue[from] += 1
      overdue[closed] -= 1
    }
  }

  /// The index of the first point not before a moment; one past the last if the moment is in the future.
  private func point(_ moment: Moment) -> Int {
    let since = moment - (now + -Int64(days) * 86_400)
    return since <= 0 ? 0 : Int((since + 86_399) / 86_400)
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

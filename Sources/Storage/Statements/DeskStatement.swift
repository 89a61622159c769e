import Domain
import Operations

/// Builds the SQL for one page of shops.
///
/// If one of the filter's conditions holds for few shops, all of those are read by its index and sorted.
/// Otherwise shops are walked in the list's order until enough match, which is soon, since many do. Either
/// strategy alone would read the whole store for some lists.
struct DeskStatement {
  /// A condition that has an index, and the ids that satisfy it.
  struct IndexedCondition {
    /// If at most this many shops satisfy a condition, they are sorted instead of walked.
    static let most = 1000

    let ids: String

    var probe: String { "SELECT COUNT(*) FROM (\(ids) LIMIT \(Self.most + 1)) n" }
  }

  /// A part of the list whose order an index provides.
  struct Segment {
    let condition: String
    let order: String
  }

  private let filter: DeskFilter
  private let team: String?
  private let position: DeskPosition?
  /// Nil if shops are walked.
  var mostSelective: IndexedCondition?
  /// The id of the only shop to consider; nil: all.
  var only: String?

  init(_ filter: DeskFilter, team: String?, after position: DeskPosition?) {
    self.filter = filter
    self.team = team
    self.position = position
  }

  /// Conditions other than the one that the order's own index begins with.
  var indexedConditions: [IndexedCondition] {
    var indexedConditions: [IndexedCondition] = []
    switch filter.state {
    case .waiting:
      indexedConditions.append(
        IndexedCondition(ids: "SELECT id FROM shop WHERE archived = 0 AND waiting = 1"))
    case .cooling:
      indexedConditions.append(
        IndexedCondition(ids: "SELECT shop AS id FROM account_switch WHERE state = 'unbound'"))
    case .finished:
      indexedConditions.append(
        IndexedCondition(ids: "SELECT id FROM shop WHERE archived = 0 AND total > 0 AND outstanding = 0"))
    case .late where filter.order != .due:
      indexedConditions.append(
        IndexedCondition(ids: "SELECT id FROM shop WHERE archived = 0 AND due_at <= $1"))
    case .all, .late: break
    }
    if filter.owner != nil, filter.order != .id {
      indexedConditions.append(
        IndexedCondition(ids: "SELECT id FROM shop WHERE archived = 0 AND owner_folded = $3"))
    }
    if team != nil, filter.order != .due, filter.order != .id {
      indexedConditions.append(IndexedCondition(ids: "SELECT id FROM shop WHERE archived = 0 AND team = $2"))
    }
    return indexedConditions
  }

  /// Concatenated, these are the list from the position on.
  var segments: [Segment] {
    let rest = position == nil ? "" : " AND s.id > $6"
    switch filter.order {
    case .id: return [Segment(condition: position == nil ? "" : "AND s.id > $6", order: "s.id")]
    case .due:
      let last = Segment(condition: "AND s.due_at IS NULL", order: "s.id")
      let afterLast = Segment(condition: "AND s.due_at IS NULL\(rest)", order: "s.id")
      let bound = filter.state == .late ? "AND s.due_at <= $1" : "AND s.due_at IS NOT NULL"
      let first = Segment(
        condition: position == nil ? bound : "\(bound) AND (s.due_at, s.id) > ($5, $6)",
        order: "s.due_at, s.id")
      let isPast = position != nil && position?.key == nil
      switch filter.state {
      case .late: return isPast ? [] : [first]
      // Finished shops have no due time.
      case .finished: return [afterLast]
      case .all, .waiting, .cooling: return isPast ? [afterLast] : [first, last]
      }
    case .name:
      if position != nil, position?.key == nil {
        return [Segment(condition: "AND s.name IS NULL\(rest)", order: "s.id")]
      }
      let after = position == nil ? "AND s.name IS NOT NULL" : "AND (s.name, s.id) > ($5, $6)"
      return [
        Segment(condition: after, order: "s.name, s.id"),
        Segment(condition: "AND s.name IS NULL", order: "s.id"),
      ]
    case .outstanding:
      if filter.state == .finished {
        return [Segment(condition: "AND s.outstanding = 0\(rest)", order: "s.id")]
      }
      let order = "s.outstanding DESC, s.id"
      if position == nil { return [Segment(condition: "", order: order)] }
      return [
        Segment(condition: "AND s.outstanding = $5\(rest)", order: "s.id"),
        Segment(condition: "AND s.outstanding < $5", order: order),
      ]
    }
  }

  /// `id, name, platform, team, owner, time_zone, tags, archived, due_at, outstanding, waiting, state,
  /// unbound_at, until, estimated, finish_by, overrides`.
  func sql(_ segment: Segment) -> String {
    let source =
      mostSelective.map { "(\($0.ids) LIMIT \(IndexedCondition.most)) n CROSS JOIN shop s ON s.id = n.id" }
      ?? "shop s"
    return """
      SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
        s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
      FROM \(source)
      LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
      WHERE s.archived = 0 \(only == nil ? "" : "AND s.id = $10 ")\(segment.condition) \(conditions)
      ORDER BY \(segment.order) LIMIT $7
      """
  }

  /// Phrased so that only the order's index applies: for a condition that many shops satisfy, SQLite would
  /// otherwise choose that condition's index and read all of them.
  private var conditions: String {
    var conditions = ""
    switch filter.state {
    case .all: break
    case .late: conditions += "AND COALESCE(s.due_at <= $1, 1 = 0) "
    case .waiting: conditions += "AND s.waiting > 0 "
    case .cooling: conditions += "AND COALESCE(w.state, '') = 'unbound' "
    case .finished: conditions += "AND s.total >= 1 AND s.outstanding < 1 "
    }
    if team != nil {
      let isFirst = mostSelective == nil && (filter.order == .due || filter.order == .id)
      conditions += isFirst ? "AND s.team = $2 " : "AND COALESCE(s.team, '') = $2 "
    }
    if filter.owner != nil {
      let isFirst = mostSelective == nil && filter.order == .id && team == nil
      conditions += isFirst ? "AND s.owner_folded = $3 " : "AND COALESCE(s.owner_folded, '') = $3 "
    }
    if filter.checklist != nil {
      let isHeldUp =
        filter.holdingUp == nil ? "" : " AND LOWER(' ' || r.holding_up || ' ') LIKE $9 ESCAPE '\\'"
      conditions +=
        "AND EXISTS (SELECT 1 FROM run r WHERE r.shop = s.id AND r.counted = 1 AND r.checklist = $8\(isHeldUp)) "
    }
    if filter.search != nil { conditions += "AND \(Self.isFound)" }
    return conditions
  }

  private static let isFound = "(LOWER(s.id) LIKE $4 ESCAPE '\\' OR LOWER(s.name) LIKE $4 ESCAPE '\\')"

  /// Whether shops that match the search are collected before sorting: there may be few of them, and no other
  /// indexed condition is selective.
  var isSearchedFirst: Bool {
    let isWalkedOverFew = filter.state == .late && filter.order == .due
    return filter.search != nil && mostSelective == nil && team == nil && filter.owner == nil
      && !isWalkedOverFew
  }

  /// The ids that match the search; at most one more than may be sorted.
  static let found =
    "SELECT s.id FROM shop s WHERE \(inKeyOrder) AND \(isFound) LIMIT \(IndexedCondition.most + 1)"

  /// Phrased so that no list's index applies: in an index's order rows would be read from all over the file.
  static let inKeyOrder = "+s.archived = 0"

  /// Over the filter's team and owner: the numbers of shops, late, waiting, cooling and finished ones, and of
  /// outstanding items.
  var sums: String {
    """
    SELECT COUNT(*), COUNT(CASE WHEN s.due_at <= $1 THEN 1 END), COUNT(CASE WHEN s.waiting = 1 THEN 1 END),
      COUNT(w.shop), COUNT(CASE WHEN s.total > 0 AND s.outstanding = 0 THEN 1 END),
      COALESCE(SUM(s.outstanding), 0)
    FROM shop s
    LEFT JOIN account_switch w ON w.shop = s.id AND w.state = 'unbound'
    WHERE \(team == nil && filter.owner == nil ? Self.inKeyOrder : "s.archived = 0") \(conditions)
    """
  }

  /// The number of overdue items, including those of archived shops.
  static let overdue = "SELECT COUNT(*) FROM item WHERE open = 1 AND due_at <= $1"

  /// The due times of outstanding items in late shops of the filter's team and owner.
  var lateRuns: String {
    """
    SELECT r.outstanding_due
    FROM shop s
    CROSS JOIN run r ON r.shop = s.id AND r.counted = 1
    WHERE s.archived = 0 AND COALESCE(s.due_at <= $1, 1 = 0) \(conditions)
    """
  }

  /// `now, team, owner, pattern, key, shop, limit, checklist, item, only`.
  func values(limit: Int) -> [SQLValue] {
    let key: SQLValue =
      switch filter.order {
      case .due: position?.key.flatMap { Int64($0) }.map { .moment(Moment(seconds: $0)) } ?? .null
      case .outstanding: position?.key.flatMap { Int64($0) }.map { .integer($0) } ?? .null
      case .id, .name: .optional(position?.key)
      }
    return [
      .moment(filter.now), .optional(team), .optional(filter.owner.map(Author.folded)),
      .optional(filter.search.map(Self.pattern)), key, .optional(position?.shop), .integer(limit),
      .optional(filter.checklist), .optional(filter.holdingUp.map { Self.pattern(" \($0) ") }),
      .optional(only),
    ]
  }

  /// Matches anything that contains the text, ignoring the case of ASCII letters.
  private static func pattern(_ text: String) -> String {
    var pattern = "%"
    for scalar in text.composed.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
      pattern += scalar.isASCII ? String(scalar).lowercased() : String(scalar)
    }
    return pattern + "%"
  }
}

import Domain
import Operations

extension ShopTransaction {
  @specialized(where Connection == SQLiteConnection)
  func history(of shop: ShopID) throws -> BindingHistory {
    var bindings: [Binding] = []
    try connection.query(
      "SELECT account, since, begun_by, ended, ended_by FROM binding WHERE shop = $1 ORDER BY number",
      [.text(shop.rawValue)]
    ) { row in
      bindings.append(
        Binding(
          account: row.text(0), since: row.optionalMoment(1),
          begunBy: try row.isNull(2) ? nil : row.count(2), ended: row.optionalMoment(3),
          endedBy: try row.isNull(4) ? nil : row.count(4)))
    }
    if bindings.isEmpty { return BindingHistory() }
    var switches: [AccountSwitch] = []
    try connection.query(
      """
      SELECT number, state, from_account, to_account, planned_at, planned_for, unbound_at, until, estimated,
        until_latest, finish_by, ended_at, reason, confirmed, overrides, imported
      FROM account_switch WHERE shop = $1 ORDER BY number
      """, [.text(shop.rawValue)]
    ) { row in switches.append(try AccountSwitch(row, from: 0)) }
    return BindingHistory(bindings: bindings, switches: switches)
  }

  func forEachAccount(within reach: ShopScope, _ body: (ShopID, String) throws -> Void) throws {
    let condition = ShopCondition(reach, after: [])
    try connection.stream(
      composed: """
        SELECT s.id, b.account
        FROM shop s
        JOIN binding b ON b.shop = s.id AND b.ended IS NULL
        WHERE 1 = 1\(condition.sql)
        ORDER BY s.id
        """, condition.values
    ) { row in try body(ShopID(trusted: row.text(0)), row.text(1)) }
  }

  func forEachSwitch(
    _ filter: SwitchFilter, _ body: (SwitchEntry) throws -> Void
  ) throws {
    if let at = filter.at { return try forEachSwitch(filter, at: at, body) }
    let own: [SQLValue] = [.flag(filter.onlyCooling)]
    let condition = ShopCondition(filter.reach, after: own)
    try connection.stream(
      composed: """
        SELECT s.id, s.name, s.team, s.platform, s.time_zone, w.number, w.state, w.from_account, w.to_account,
          w.planned_at, w.planned_for, w.unbound_at, w.until, w.estimated, w.until_latest, w.finish_by,
          w.ended_at, w.reason, w.confirmed, w.overrides, w.imported, \(Self.newestRunZone)
        FROM account_switch w
        JOIN shop s ON s.id = w.shop
        WHERE w.latest = 1 AND (w.state = 'unbound' OR (w.state = 'planned' AND $1 = 0))
          AND s.archived = 0\(condition.sql)
        ORDER BY CASE w.state WHEN 'unbound' THEN 0 ELSE 1 END, COALESCE(w.until, w.unbound_at, w.planned_for),
          s.id
        """, condition.values
    ) { row in try body(entry(row)) }
  }

  /// A switch in progress at a past moment may have ended since.
  private func forEachSwitch(
    _ filter: SwitchFilter, at: Moment, _ body: (SwitchEntry) throws -> Void
  ) throws {
    let own: [SQLValue] = [.flag(filter.onlyCooling), .moment(at)]
    let condition = ShopCondition(filter.reach, after: own)
    try connection.stream(
      composed: """
        SELECT s.id, s.name, s.team, s.platform, s.time_zone, w.number, w.state, w.from_account, w.to_account,
          w.planned_at, w.planned_for, w.unbound_at, w.until, w.estimated, w.until_latest, w.finish_by,
          w.ended_at, w.reason, w.confirmed, w.overrides, w.imported, \(Self.newestRunZone)
        FROM account_switch w
        JOIN shop s ON s.id = w.shop
        WHERE w.planned_at <= $2 AND (w.ended_at IS NULL OR w.ended_at > $2)
          AND (w.unbound_at <= $2 OR $1 = 0) AND s.archived = 0\(condition.sql)
        ORDER BY CASE WHEN w.unbound_at <= $2 THEN 0 ELSE 1 END,
          CASE WHEN w.unbound_at <= $2 THEN COALESCE(w.until, w.unbound_at) ELSE w.planned_for END, s.id
        """, condition.values
    ) { row in
      let entry = try entry(row)
      guard let change = entry.change.asOf(at) else { return }
      try body(
        SwitchEntry(
          shop: entry.shop, name: entry.name, team: entry.team, platform: entry.platform,
          timeZone: entry.zone.own, newestRunZone: entry.zone.newestRun, change: change))
    }
  }

  private func entry(_ row: Connection.Row) throws -> SwitchEntry {
    SwitchEntry(
      shop: ShopID(trusted: row.text(0)), name: row.optionalText(1), team: row.optionalText(2),
      platform: row.optionalText(3), timeZone: row.optionalText(4), newestRunZone: row.optionalText(21),
      change: try AccountSwitch(row, from: 5))
  }

  /// The zone of the newest run of shop `s`, if the shop has none of its own.
  private static var newestRunZone: String {
    """
    CASE WHEN s.time_zone IS NULL THEN
      (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
    """
  }

  func forEachRunToUpgrade(
    of checklist: ChecklistID, to sha256: String, _ body: (ShopID, Int) throws -> Void
  ) throws {
    try connection.stream(
      """
      SELECT r.shop, r.number
      FROM run r
      JOIN shop s ON s.id = r.shop
      JOIN definition d ON d.id = r.definition
      WHERE r.checklist = $1 AND r.state = 'active' AND d.sha256 <> $2 AND s.archived = 0
      ORDER BY r.shop, r.number
      """, [.text(checklist.rawValue), .text(sha256)]
    ) { row in try body(ShopID(trusted: row.text(0)), try row.count(1)) }
  }
}

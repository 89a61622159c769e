import Domain
import Operations

/// Definitions read so far. They never change, since they are identified by their hash.
final class DefinitionCache {
  var bySHA256: [String: (id: Int64, definition: Definition)] = [:]
  var byID: [Int64: Definition] = [:]
}

/// A run's row, without the columns that only reports read.
private struct StoredRun {
  let summary: RunSummary
  let definition: Int64
  let zone: String
  let began: Moment?
  let accountSwitch: Int?
}

/// A store's transaction, over any engine's connection.
///
/// It is called through protocols, where the compiler can't know the engine, so whatever goes over many rows
/// is also compiled specifically for SQLite.
struct ShopTransaction<Connection: SQLConnection> {
  let connection: Connection
  let cache: DefinitionCache
}

extension ShopTransaction: StoreReading {
  @specialized(where Connection == SQLiteConnection)
  func shop(_ id: ShopID) throws -> StoredShop? {
    try connection.first(
      """
      SELECT id, name, platform, team, owner, time_zone, tags, archived, runs, events, head
      FROM shop WHERE id = $1
      """, [.text(id.rawValue)], storedShop)
  }

  @specialized(where Connection == SQLiteConnection)
  func forEachShop(_ filter: ShopFilter, _ body: (StoredShop) throws -> Void) throws {
    let condition = ShopCondition(filter.reach, after: [.flag(filter.includesArchived)])
    try connection.stream(
      composed: """
        SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.runs, s.events, s.head
        FROM shop s WHERE s.archived <= $1\(condition.sql) ORDER BY s.id
        """, condition.values
    ) { row in try body(storedShop(row)) }
  }

  /// `id, name, platform, team, owner, time_zone, tags, archived`
  func shop(_ row: Connection.Row) -> Shop {
    let tags = row.text(6)
    return Shop(
      id: ShopID(trusted: row.text(0)), name: row.optionalText(1), platform: row.optionalText(2),
      team: row.optionalText(3), owner: row.optionalText(4), timeZone: row.optionalText(5),
      tags: tags.isEmpty ? [] : tags.split(separator: ";").map(String.init), archived: row.flag(7))
  }

  private func storedShop(_ row: Connection.Row) throws -> StoredShop {
    StoredShop(
      shop: shop(row),
      head: ChainHead(number: try row.count(9), hash: row.bytes(10)), runs: try row.count(8))
  }

  @specialized(where Connection == SQLiteConnection)
  func runs(of shop: ShopID) throws -> [RunSummary] {
    var runs: [RunSummary] = []
    try connection.query(
      "SELECT number, checklist, state, newer, switched_at FROM run WHERE shop = $1 ORDER BY number",
      [.text(shop.rawValue)]
    ) { row in
      runs.append(
        RunSummary(
          number: try row.count(0), checklist: ChecklistID(trusted: row.text(1)),
          state: try state(row.text(2)), newer: try row.isNull(3) ? nil : row.count(3),
          switchedAt: row.moment(4)))
    }
    return runs
  }

  @specialized(where Connection == SQLiteConnection)
  func newestTimeZone(of shop: ShopID) throws -> String? {
    try connection.first(
      "SELECT time_zone FROM run WHERE shop = $1 ORDER BY number DESC LIMIT 1", [.text(shop.rawValue)]
    ) { $0.text(0) }
  }

  /// `number, checklist, state, newer, switched_at, definition, time_zone, began_at, account_switch`
  private func storedRun(_ row: Connection.Row) throws -> StoredRun {
    StoredRun(
      summary: RunSummary(
        number: try row.count(0), checklist: ChecklistID(trusted: row.text(1)),
        state: try state(row.text(2)), newer: try row.isNull(3) ? nil : row.count(3),
        switchedAt: row.moment(4)),
      definition: row.integer(5), zone: row.text(6), began: row.optionalMoment(7),
      accountSwitch: try row.isNull(8) ? nil : row.count(8))
  }

  private func run(_ row: StoredRun, of shop: ShopID) throws -> Run {
    let definition = try definition(id: row.definition)
    let key: [SQLValue] = [.text(shop.rawValue), .integer(row.summary.number)]
    return Run(
      number: row.summary.number, definition: definition, switchedAt: row.summary.switchedAt,
      began: row.began, accountSwitch: row.accountSwitch, timeZone: row.zone, state: row.summary.state,
      newer: row.summary.newer, items: try items(key, definition))
  }

  @specialized(where Connection == SQLiteConnection)
  func runs(of shop: ShopID, where isWanted: (RunSummary, () throws -> Definition) throws -> Bool) throws
    -> [Run]
  {
    var rows: [StoredRun] = []
    try connection.query(
      """
      SELECT number, checklist, state, newer, switched_at, definition, time_zone, began_at, account_switch
      FROM run WHERE shop = $1 ORDER BY number
      """, [.text(shop.rawValue)]
    ) { row in rows.append(try storedRun(row)) }
    var runs: [Run] = []
    for row in rows where try isWanted(row.summary, { try definition(id: row.definition) }) {
      runs.append(try run(row, of: shop))
    }
    return runs
  }

  @specialized(where Connection == SQLiteConnection)
  func run(_ number: Int, of shop: ShopID) throws -> Run? {
    let found = try connection.first(
      """
      SELECT number, checklist, state, newer, switched_at, definition, time_zone, began_at, account_switch
      FROM run WHERE shop = $1 AND number = $2
      """, [.text(shop.rawValue), .integer(number)], storedRun)
    return try found.map { try run($0, of: shop) }
  }

  private func items(_ key: [SQLValue], _ definition: Definition) throws -> [Run.Item] {
    var rest = definition.checklist.items[...]
    var items: [Run.Item] = []
    try connection.query(
      """
      SELECT id, state, due_at, owner, awaiting_by, awaiting_at, blocked_reason, note, proof, changed_at,
        changed_by, due_moved, assigned, awaiting_link, changed_link, missed
      FROM item WHERE shop = $1 AND run = $2 ORDER BY position
      """, key
    ) { row in
      let id = row.text(0)
      // Rows come in the definition's order.
      while let next = rest.first, next.id.rawValue != id { rest.removeFirst() }
      guard let item = rest.popFirst() else { throw CorruptRow(detail: "item '\(id)' isn't defined") }
      let awaitingBy = row.optionalText(4)
      items.append(
        Run.Item(
          definition: item, needs: item.needs, state: try state(row.text(1)),
          missed: try row.optionalText(15).map { try state($0) },
          dueAt: row.optionalMoment(2), owner: row.optionalText(3), isDueMoved: row.flag(11),
          isAssigned: row.flag(12),
          awaiting: awaitingBy.map { by in
            Run.PendingConfirmation(
              by: by, at: row.moment(5), link: row.optionalText(13).flatMap(Author.link(ofLogin:)))
          },
          blockedReason: row.optionalText(6), note: row.optionalText(7),
          proof: try row.optionalText(8).map(ProofText.read), changedAt: row.optionalMoment(9),
          changedBy: row.optionalText(10), changedByLink: row.optionalInteger(14)))
    }
    if items.count == definition.checklist.items.count { return items }
    let held = Set(items.map(\.id))
    return items.map { item in item.needing(item.needs.filter(held.contains)) }
  }

  func countersMatch(from run: Run, of shop: ShopID) throws -> Bool {
    let key: [SQLValue] = [.text(shop.rawValue), .integer(run.number)]
    let counters = RunCounters(of: run)
    let expected = counters.progress
    let isCounted = try connection.first(
      """
      SELECT counted, total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up, checklist,
        due_at, missed
      FROM run WHERE shop = $1 AND number = $2
      """, key
    ) { row in
      row.flag(0) == counters.isCounted && row.integer(1) == expected.total && row.integer(2) == expected.done
        && row.integer(3) == expected.skipped && row.integer(4) == expected.blocked
        && row.integer(5) == expected.pending && row.text(6) == counters.outstandingDue
        && row.text(7) == counters.doneAt && row.text(8) == counters.holdingUp
        && row.text(9) == run.checklist.rawValue && row.optionalMoment(10) == counters.dueAt
        && row.integer(11) == expected.missed
    }
    var rest = run.items[...]
    var agrees = isCounted ?? false
    try connection.query(
      "SELECT open, waiting_for FROM item WHERE shop = $1 AND run = $2 ORDER BY position", key
    ) { row in
      let expected = rest.popFirst().map { ItemRow($0, in: run) }
      agrees = agrees && row.flag(0) == expected?.isOpen && row.text(1) == expected?.waitingForText
    }
    return agrees && rest.isEmpty
  }

  func sumsMatch(from runs: some Sequence<Run>, of shop: Shop) throws -> Bool {
    let expected = ShopSums(of: runs)
    let agrees = try connection.first(
      "SELECT total, outstanding, due_at, waiting, owner_folded FROM shop WHERE id = $1",
      [.text(shop.id.rawValue)]
    ) { row in
      row.integer(0) == expected.total && row.integer(1) == expected.outstanding
        && row.optionalMoment(2) == expected.dueAt && row.flag(3) == expected.waiting
        && row.optionalText(4) == shop.owner.map(Author.folded)
    }
    return agrees ?? false
  }

  @specialized(where Connection == SQLiteConnection)
  func events(of shop: ShopID, before: Int, limit: Int) throws -> [SealedEvent] {
    var events: [SealedEvent] = []
    try connection.query(
      "SELECT number, body, hash FROM event WHERE shop = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
      [.text(shop.rawValue), .integer(before), .integer(limit)]
    ) { row in
      events.append(
        SealedEvent(
          number: Int(row.integer(0)), bytes: row.withUTF8(1) { Array($0) }, hash: row.bytes(2)))
    }
    return events
  }

  @specialized(where Connection == SQLiteConnection)
  func forEachEvent(of shop: ShopID, after: Int, _ body: (SealedEvent) throws -> Void) throws {
    try connection.query(
      "SELECT number, body, hash FROM event WHERE shop = $1 AND number > $2 ORDER BY number",
      [.text(shop.rawValue), .integer(after)]
    ) { row in
      try body(
        SealedEvent(
          number: try row.count(0), bytes: row.withUTF8(1) { Array($0) }, hash: row.bytes(2)))
    }
  }

  @specialized(where Connection == SQLiteConnection)
  func forEachEventOfAll(
    _ body: (Int, UnsafeBufferPointer<UInt8>, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try connection.stream("SELECT number, body, hash FROM event ORDER BY shop, number", []) { row in
      try row.withUTF8(1) { text in
        try row.withBytes(2) { hash in try body(try row.count(0), text, hash) }
      }
    }
  }

  func countShops(_ filter: ShopFilter) throws -> Int {
    let condition = ShopCondition(filter.reach, after: [.flag(filter.includesArchived)])
    var count = 0
    try connection.query(
      composed: "SELECT COUNT(*) FROM shop s WHERE s.archived <= $1\(condition.sql)", condition.values
    ) { row in count = try row.count(0) }
    return count
  }

  func definition(_ sha256: String) throws -> Definition? {
    if let known = cache.bySHA256[sha256] { return known.definition }
    let id = try connection.first(
      "SELECT id FROM definition WHERE sha256 = $1", [.text(sha256)]
    ) { row in row.integer(0) }
    return try id.map(definition(id:))
  }

  func forEachDefinition(_ body: (String, [UInt8]) throws -> Void) throws {
    try connection.stream("SELECT sha256, canonical FROM definition ORDER BY sha256", []) { row in
      try body(row.text(0), row.withUTF8(1) { Array($0) })
    }
  }

  func definition(id: Int64) throws -> Definition {
    if let known = cache.byID[id] { return known }
    let read = try connection.first(
      "SELECT sha256, canonical FROM definition WHERE id = $1", [.integer(id)]
    ) { row in
      Definition(
        sha256: row.text(0), checklist: try row.withUTF8(1) { try Checklist(canonical: $0) })
    }
    guard let read else { throw CorruptRow(detail: "definition \(id) is missing") }
    cache.byID[id] = read
    cache.bySHA256[read.sha256] = (id, read)
    return read
  }

  func state<State: RawRepresentable<String>>(_ text: String) throws -> State {
    guard let state = State(rawValue: text) else { throw CorruptRow(detail: "state '\(text)'") }
    return state
  }
}

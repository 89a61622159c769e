import Domain
import Operations

extension ShopTransaction: StoreWriting {
  func nested<Output>(_ body: () throws -> Output) throws -> Output {
    let known = cache.bySHA256.count
    do {
      return try connection.savepoint(body)
    } catch {
      // The cache may hold definitions that were rolled back.
      if cache.bySHA256.count != known { (cache.bySHA256, cache.byID) = ([:], [:]) }
      throw error
    }
  }

  func add(_ definition: Definition, canonical: [UInt8]) throws {
    if cache.bySHA256[definition.sha256] != nil { return }
    try lockNumbers(of: .definitions)
    try connection.run(
      """
      INSERT INTO definition (id, sha256, canonical)
      SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM definition WHERE true
      ON CONFLICT (sha256) DO NOTHING
      """, [.text(definition.sha256), .utf8(canonical)])
    _ = try self.definition(definition.sha256)
  }

  func lockShop(_ id: ShopID) throws -> StoredShop? {
    if Connection.locksRows, try !lockRow(of: id) {
      // There is no row to lock: whoever adds the shop meanwhile holds this until it is there.
      try lockAbsence(of: id)
      _ = try lockRow(of: id)
    }
    return try shop(id)
  }

  private func lockRow(of id: ShopID) throws -> Bool {
    try connection.first("SELECT 1 FROM shop WHERE id = $1 FOR UPDATE", [.text(id.rawValue)]) { _ in true }
      ?? false
  }

  private func lockAbsence(of id: ShopID) throws {
    guard Connection.locksRows else { return }
    try connection.query(
      "SELECT pg_advisory_xact_lock(CAST(1937206378 AS INTEGER), hashtext($1))", [.text(id.rawValue)]
    ) { _ in }
  }

  @specialized(where Connection == SQLiteConnection)
  func save(_ changes: ShopChanges) throws {
    if let old = changes.old {
      // Runs are written first, because the shop's row sums them.
      var sums: ShopSummaryParts = []
      for (old, run) in changes.changedRuns {
        sums.formUnion(try save(run, replacing: old, of: changes.shop.id))
      }
      for run in changes.newRuns {
        try insert(run, of: changes.shop.id)
        sums = .all
      }
      try append(
        changes.events, of: changes.shop, runs: changes.runsStarted, replacing: old, summing: sums)
    } else {
      try lockAbsence(of: changes.shop.id)
      try insert(changes.shop, runs: changes.newRuns, events: changes.events)
    }
    if let history = changes.history { try save(history.new, replacing: history.old, of: changes.shop.id) }
    if let last = changes.events.last { connection.wrote(last, of: changes.shop.id) }
  }

  func rebuild(_ shop: Shop, head: ChainHead, runs: [Run], history: BindingHistory) throws {
    let id: [SQLValue] = [.text(shop.id.rawValue)]
    try connection.run("DELETE FROM item WHERE shop = $1", id)
    try connection.run("DELETE FROM run WHERE shop = $1", id)
    try connection.run("DELETE FROM binding WHERE shop = $1", id)
    try connection.run("DELETE FROM account_switch WHERE shop = $1", id)
    try save(history, replacing: BindingHistory(), of: shop.id)
    for run in runs {
      // Notes its row's number, by which runs refer to it.
      _ = try definition(run.definition.sha256)
      try insert(run, of: shop.id)
    }
    let sums = ShopSums(of: runs)
    try connection.runOne(
      """
      UPDATE shop SET runs = $2, events = $3, head = $4, name = $5, platform = $6, team = $7, owner = $8,
        time_zone = $9, tags = $10, archived = $11, owner_folded = $12, total = $13, outstanding = $14,
        due_at = $15, waiting = $16
      WHERE id = $1
      """,
      id + [.integer(runs.count), .integer(head.number), .bytes(head.hash)] + details(of: shop) + [
        .integer(sums.total), .integer(sums.outstanding), .optional(sums.dueAt), .flag(sums.waiting),
      ])
  }

  private func insert(_ shop: Shop, runs: [Run], events: [SealedEvent]) throws {
    guard let last = events.last else { return }
    let sums = ShopSums(of: runs)
    try connection.run(
      """
      INSERT INTO shop (id, runs, events, head, name, platform, team, owner, time_zone, tags, archived,
        owner_folded, total, outstanding, due_at, waiting)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      """,
      head(of: shop, runs: runs.count, last) + details(of: shop) + [
        .integer(sums.total), .integer(sums.outstanding), .optional(sums.dueAt), .flag(sums.waiting),
      ])
    try insert(events, of: shop.id)
    for run in runs { try insert(run, of: shop.id) }
  }

  private func append(
    _ events: [SealedEvent], of shop: Shop, runs: Int, replacing old: Shop, summing changed: ShopSummaryParts
  ) throws {
    guard let last = events.last else { return }
    let head = head(of: shop, runs: runs, last)
    // SQLite updates an index for every one of its columns that a statement names, changed or not.
    if old != shop {
      try connection.runOne(
        """
        UPDATE shop SET runs = $2, events = $3, head = $4, name = $5, platform = $6, team = $7, owner = $8,
          time_zone = $9, tags = $10, archived = $11, owner_folded = $12,
          (total, outstanding, due_at, waiting) = (
            SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0), MIN(due_at),
              COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)
            FROM run WHERE shop = $1 AND counted = 1)
        WHERE id = $1
        """, head + details(of: shop))
    } else if changed.contains(.deadlines) {
      try connection.runOne(
        """
        UPDATE shop SET runs = $2, events = $3, head = $4,
          (total, outstanding, due_at, waiting) = (
            SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0), MIN(due_at),
              COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)
            FROM run WHERE shop = $1 AND counted = 1)
        WHERE id = $1
        """, head)
    } else if changed.contains(.counts) {
      try connection.runOne(
        """
        UPDATE shop SET runs = $2, events = $3, head = $4,
          (total, outstanding) = (
            SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0)
            FROM run WHERE shop = $1 AND counted = 1)
        WHERE id = $1
        """, head)
    } else {
      try connection.runOne("UPDATE shop SET runs = $2, events = $3, head = $4 WHERE id = $1", head)
    }
    try insert(events, of: shop.id)
  }

  private func insert(_ events: [SealedEvent], of shop: ShopID) throws {
    for event in events {
      try connection.run(
        "INSERT INTO event (shop, number, body, hash) VALUES ($1, $2, $3, $4)",
        [.text(shop.rawValue), .integer(event.number), .utf8(event.bytes), .bytes(event.hash)])
    }
  }

  private func insert(_ run: Run, of shop: ShopID) throws {
    let definition = try id(of: run.definition, run.number)
    let counters = RunCounters(of: run)
    try connection.run(
      """
      INSERT INTO run (shop, number, checklist, definition, switched_at, time_zone, state, newer, counted,
        total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up, due_at, missed, began_at,
        account_switch)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
      """,
      [
        .text(shop.rawValue), .integer(run.number), .text(run.checklist.rawValue), .integer(definition),
        .moment(run.switchedAt), .text(run.timeZone),
      ] + values(of: run, counters) + [
        .moment(run.began), run.accountSwitch.map { .integer($0) } ?? .null,
      ])
    try insertItems(of: run, of: shop)
  }

  private func insertItems(of run: Run, of shop: ShopID) throws {
    for (position, item) in run.items.enumerated() {
      try insert(ItemRow(item, in: run), at: position, in: run, of: shop)
    }
  }

  private func insert(_ row: ItemRow, at position: Int, in run: Run, of shop: ShopID) throws {
    var values = key(of: position, in: run, of: shop)
    row.appendIndexed(to: &values)
    row.appendOthers(to: &values)
    try connection.run(
      """
      INSERT INTO item (shop, run, position, id, open, due_at, owner, state, waiting_for, awaiting_by,
        awaiting_at, blocked_reason, note, proof, changed_at, changed_by, due_moved, assigned,
        awaiting_link, changed_link, missed)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
      """, values)
  }

  private func save(_ run: Run, replacing old: Run, of shop: ShopID) throws -> ShopSummaryParts {
    let key: [SQLValue] = [.text(shop.rawValue), .integer(run.number)]
    let values = values(of: run, RunCounters(of: run))
    if run.definition == old.definition, run.switchedAt == old.switchedAt {
      try connection.runOne(
        """
        UPDATE run SET state = $3, newer = $4, counted = $5, total = $6, done = $7, skipped = $8,
          blocked = $9, pending = $10, outstanding_due = $11, done_at = $12, holding_up = $13, due_at = $14,
          missed = $15
        WHERE shop = $1 AND number = $2
        """, key + values)
    } else {
      try connection.runOne(
        """
        UPDATE run SET state = $3, newer = $4, counted = $5, total = $6, done = $7, skipped = $8,
          blocked = $9, pending = $10, outstanding_due = $11, done_at = $12, holding_up = $13, due_at = $14,
          missed = $15, definition = $16, switched_at = $17
        WHERE shop = $1 AND number = $2
        """, key + values + [.integer(try id(of: run.definition, run.number)), .moment(run.switchedAt)])
    }
    try saveItems(of: run, replacing: old, of: shop)
    return ShopSums.change(from: old, to: run)
  }

  /// Writes the positions that differ.
  private func saveItems(of run: Run, replacing old: Run, of shop: ShopID) throws {
    for (position, item) in run.items.enumerated() {
      let row = ItemRow(item, in: run)
      guard position < old.items.count else {
        try insert(row, at: position, in: run, of: shop)
        continue
      }
      let oldRow = ItemRow(old.items[position], in: old)
      if row.isStored(as: oldRow) { continue }
      var values = key(of: position, in: run, of: shop)
      if row.hasSameIndexKeys(as: oldRow) {
        row.appendOthers(to: &values)
        // SQLite updates an index for every one of its columns that a statement names, changed or not.
        try connection.runOne(
          """
          UPDATE item SET state = $4, waiting_for = $5, awaiting_by = $6, awaiting_at = $7,
            blocked_reason = $8, note = $9, proof = $10, changed_at = $11, changed_by = $12,
            due_moved = $13, assigned = $14, awaiting_link = $15, changed_link = $16, missed = $17
          WHERE shop = $1 AND run = $2 AND position = $3
          """, values)
      } else {
        row.appendIndexed(to: &values)
        row.appendOthers(to: &values)
        try connection.runOne(
          """
          UPDATE item SET id = $4, open = $5, due_at = $6, owner = $7, state = $8, waiting_for = $9,
            awaiting_by = $10, awaiting_at = $11, blocked_reason = $12, note = $13, proof = $14,
            changed_at = $15, changed_by = $16, due_moved = $17, assigned = $18, awaiting_link = $19,
            changed_link = $20, missed = $21
          WHERE shop = $1 AND run = $2 AND position = $3
          """, values)
      }
    }
    if run.items.count < old.items.count {
      try connection.run(
        "DELETE FROM item WHERE shop = $1 AND run = $2 AND position >= $3",
        key(of: run.items.count, in: run, of: shop))
    }
  }

  private func id(of definition: Definition, _ run: Int) throws -> Int64 {
    guard let id = cache.bySHA256[definition.sha256]?.id else {
      throw CorruptRow(detail: "the definition of run \(run) isn't kept")
    }
    return id
  }

  /// `shop, run, position`, with capacity for the other columns.
  private func key(of position: Int, in run: Run, of shop: ShopID) -> [SQLValue] {
    var values: [SQLValue] = []
    values.reserveCapacity(21)
    values.append(.text(shop.rawValue))
    values.append(.integer(run.number))
    values.append(.integer(position))
    return values
  }

  /// `id, runs, events, head`.
  private func head(of shop: Shop, runs: Int, _ last: SealedEvent) -> [SQLValue] {
    [.text(shop.id.rawValue), .integer(runs), .integer(last.number), .bytes(last.hash)]
  }

  /// `name` to `archived`, and `owner_folded`.
  private func details(of shop: Shop) -> [SQLValue] {
    [
      .optional(shop.name), .optional(shop.platform), .optional(shop.team), .optional(shop.owner),
      .optional(shop.timeZone), .text(shop.tags.joined(separator: ";")), .flag(shop.archived),
      .optional(shop.owner.map(Author.folded)),
    ]
  }

  /// `state` to `holding_up`, `due_at` and `missed`.
  private func values(of run: Run, _ counters: RunCounters) -> [SQLValue] {
    let progress = counters.progress
    return [
      .text(run.state.rawValue), run.newer.map { .integer($0) } ?? .null, .flag(counters.isCounted),
      .integer(progress.total), .integer(progress.done), .integer(progress.skipped),
      .integer(progress.blocked), .integer(progress.pending), .text(counters.outstandingDue),
      .text(counters.doneAt), .text(counters.holdingUp), .optional(counters.dueAt), .integer(progress.missed),
    ]
  }
}

import Domain
import Operations

extension ShopTransaction: ShopWriting {
  func add(_ definition: Definition, canonical: [UInt8]) throws {
    if cache.bySHA256[definition.sha256] != nil { return }
    try session.run(
      """
      INSERT INTO definition (id, sha256, canonical)
      SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM definition WHERE true
      ON CONFLICT (sha256) DO NOTHING
      """, [.text(definition.sha256), .text(String(decoding: canonical, as: UTF8.self))])
    _ = try self.definition(definition.sha256)
  }

  func append(_ events: [SealedEvent], of shop: Shop, runs: Int, isNew: Bool) throws {
    guard let last = events.last else { return }
    let values: [SQLValue] = [
      .text(shop.id.rawValue), .optional(shop.name), .optional(shop.platform), .optional(shop.team),
      .optional(shop.owner), .optional(shop.timeZone), .text(shop.tags.joined(separator: ";")),
      .flag(shop.archived), .integer(runs), .integer(last.number), .bytes(last.hash),
    ]
    if isNew {
      try session.run(
        """
        INSERT INTO shop (id, name, platform, team, owner, time_zone, tags, archived, runs, events, head)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """, values)
    } else {
      try session.run(
        """
        UPDATE shop SET name = $2, platform = $3, team = $4, owner = $5, time_zone = $6, tags = $7,
          archived = $8, runs = $9, events = $10, head = $11
        WHERE id = $1
        """, values)
    }
    for event in events {
      try session.run(
        "INSERT INTO event (shop, number, body, hash) VALUES ($1, $2, $3, $4)",
        [
          .text(shop.id.rawValue), .integer(event.number),
          .text(String(decoding: event.bytes, as: UTF8.self)), .bytes(event.hash),
        ])
    }
  }

  func insert(_ run: Run, of shop: ShopID) throws {
    guard let definition = cache.bySHA256[run.definition.sha256]?.id else {
      throw Inconsistency(detail: "the definition of run \(run.number) isn't kept")
    }
    let counters = RunCounters(of: run)
    try session.run(
      """
      INSERT INTO run (shop, number, checklist, definition, switched_at, time_zone, state, newer, counted,
        total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      """,
      [
        .text(shop.rawValue), .integer(run.number), .text(run.checklist.rawValue), .integer(definition),
        .moment(run.switchedAt), .text(run.timeZone),
      ] + values(of: run, counters))
    for (position, item) in run.items.enumerated() {
      try session.run(
        """
        INSERT INTO item (shop, run, position, id, state, open, due_at, owner, waiting_for, awaiting_by,
          awaiting_at, blocked_reason, note, proof, changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """,
        [
          .text(shop.rawValue), .integer(run.number), .integer(position), .text(item.id.rawValue),
        ] + ItemRow(item, in: run).values)
    }
  }

  func save(_ run: Run, replacing old: Run, of shop: ShopID) throws {
    try session.run(
      """
      UPDATE run SET state = $3, newer = $4, counted = $5, total = $6, done = $7, skipped = $8,
        blocked = $9, pending = $10, outstanding_due = $11, done_at = $12, holding_up = $13
      WHERE shop = $1 AND number = $2
      """,
      [.text(shop.rawValue), .integer(run.number)] + values(of: run, RunCounters(of: run)))
    for (position, item) in run.items.enumerated() {
      let row = ItemRow(item, in: run)
      if row == ItemRow(old.items[position], in: old) { continue }
      try session.run(
        """
        UPDATE item SET state = $4, open = $5, due_at = $6, owner = $7, waiting_for = $8,
          awaiting_by = $9, awaiting_at = $10, blocked_reason = $11, note = $12, proof = $13,
          changed_at = $14, changed_by = $15
        WHERE shop = $1 AND run = $2 AND position = $3
        """, [.text(shop.rawValue), .integer(run.number), .integer(position)] + row.values)
    }
  }

  /// `state` to `holding_up`.
  private func values(of run: Run, _ counters: RunCounters) -> [SQLValue] {
    let progress = counters.progress
    return [
      .text(run.state.rawValue), run.newer.map { .integer($0) } ?? .null, .flag(counters.counted),
      .integer(progress.total), .integer(progress.done), .integer(progress.skipped),
      .integer(progress.blocked), .integer(progress.pending), .text(counters.outstandingDue),
      .text(counters.doneAt), .text(counters.holdingUp),
    ]
  }
}

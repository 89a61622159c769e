import Domain
import Operations
import TestSupport

@testable import Storage

/// What the tables hold for queries' sake, against what counting the events' runs gives.
enum StoredRows {
  static func differences(in store: SQLiteShopStore) throws -> [String] {
    let model = try store.read { try ModelStore($0) }
    let stored = try store.transaction(.deferred) { try read($0.connection) }
    return stored.symmetricDifference(model.rows).sorted()
  }

  private static func read(_ session: SQLiteConnection) throws -> Set<String> {
    var rows: Set<String> = []
    try session.query(
      """
      SELECT shop, number, counted, total, done, skipped, blocked, pending, outstanding_due, done_at,
        holding_up, state, newer, missed
      FROM run
      """, []
    ) { row in
      let counters = (2...7).map { "\(row.integer($0))" } + (8...11).map { row.text($0) }
      let newer = row.isNull(12) ? "-" : "\(row.integer(12))"
      rows.insert(
        "run \(row.text(0)) \(row.integer(1)): \(counters.joined(separator: "|"))|\(newer)|\(row.integer(13))"
      )
    }
    try session.query(
      "SELECT shop, run, position, id, open, waiting_for, state, missed FROM item", []
    ) { row in
      let place = "\(row.text(0)) \(row.integer(1)) \(row.integer(2)) \(row.text(3))"
      let missed = row.optionalText(7) ?? "-"
      rows.insert("item \(place): \(row.integer(4))|\(row.text(5))|\(row.text(6))|\(missed)")
    }
    try session.query(
      "SELECT id, runs, events, total, outstanding, due_at, waiting, owner_folded FROM shop", []
    ) { row in
      let numbers = [1, 2, 3, 4, 6].map { "\(row.integer($0))" }
      let dueAt = row.optionalMoment(5).map { "\($0.seconds)" }
      let texts = [dueAt ?? "-", row.optionalText(7) ?? "-"]
      rows.insert("shop \(row.text(0)): \((numbers + texts).joined(separator: "|"))")
    }
    return rows
  }
}

extension ModelStore {
  fileprivate var rows: Set<String> {
    Set(
      records.flatMap { id, record in
        record.runs.values.flatMap { run in [runRow(run, of: id)] + itemRows(run, of: id) }
          + [shopRow(record, id)]
      })
  }

  private func shopRow(_ record: ShopRecord, _ id: ShopID) -> String {
    let runs = counted(ReportFilter(now: .now), withArchived: true).filter { $0.shop.id == id }.map(\.run)
    let outstanding = runs.flatMap { run in
      run.items.filter { $0.state == .pending || $0.state == .blocked }.map { (run, $0) }
    }
    let waits = outstanding.contains { run, item in
      item.needs.contains { need in outstanding.contains { $0.0 == run && $0.1.id == need } }
    }
    let cells = [
      "\(record.runs.count)", "\(events[id] ?? 0)", "\(runs.map(\.items.count).reduce(0, +))",
      "\(outstanding.count)", waits ? "1" : "0",
      outstanding.compactMap(\.1.dueAt).min().map { "\($0.seconds)" } ?? "-",
      record.shop?.owner?.lowercased() ?? "-",
    ]
    return "shop \(id): \(cells.joined(separator: "|"))"
  }

  private func runRow(_ run: Run, of shop: ShopID) -> String {
    let isCounted = counted(ReportFilter(now: .now), withArchived: true).contains {
      $0.shop.id == shop && $0.run.number == run.number
    }
    func count(_ state: ItemState) -> Int { run.items.count { $0.state == state } }
    func times(_ moments: [Moment?]) -> String {
      moments.compactMap { $0.map { "\($0.seconds)000" } }
        .sorted { ($0.count, $0) < ($1.count, $1) }.joined(separator: " ")
    }
    let outstanding = run.items.filter(\.state.isOutstanding)
    var holdingUp: [ItemID] = []
    for item in outstanding {
      for need in item.needs where outstanding.contains(where: { $0.id == need }) {
        if !holdingUp.contains(need) { holdingUp.append(need) }
      }
    }
    let cells = [
      isCounted ? "1" : "0", "\(run.items.count)", "\(count(.done))", "\(count(.skipped))",
      "\(count(.blocked))", "\(count(.pending))", times(outstanding.map(\.dueAt)),
      times(run.items.filter { $0.state == .done }.map(\.changedAt)),
      holdingUp.map(\.rawValue).joined(separator: " "), run.state.rawValue, newer(than: run, of: shop),
      "\(run.items.count { $0.state == .skipped && $0.missed != nil })",
    ]
    return "run \(shop) \(run.number): \(cells.joined(separator: "|"))"
  }

  /// The last later run of the checklist that wasn't stopped; a superseded one keeps its successor's number.
  private func newer(than run: Run, of shop: ShopID) -> String {
    let later = records[shop]?.runs.values.filter {
      $0.checklist == run.checklist && $0.number > run.number && $0.state != .stopped
    }
    return later?.map(\.number).max().map(String.init) ?? "-"
  }

  private func itemRows(_ run: Run, of shop: ShopID) -> [String] {
    run.items.enumerated().map { position, item in
      let isOutstanding = item.state == .pending || item.state == .blocked
      let waitingFor = item.needs.filter { run[$0]?.state.isOutstanding == true }
      return """
        item \(shop) \(run.number) \(position) \(item.id): \(run.state == .active && isOutstanding ? 1 : 0)|\
        \(isOutstanding ? waitingFor.map(\.rawValue).joined(separator: " ") : "")|\(item.state.rawValue)|\
        \(item.missed?.rawValue ?? "-")
        """
    }
  }
}

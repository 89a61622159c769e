import Crypto
import Foundation
import GRDB
import Hummingbird

/// One tick, or the end of one, with the rows that the program writes for it.
struct Tick: Sendable {
  let shop: String
  let item: String
  let isTick: Bool
  let run: Int
  let note: String?
  let reason: String?
  let key: String?
  /// Seconds since 1970.
  let now: Int

  private struct Item {
    let position: Int
    let id: String
    var state: String
    let dueAt: Int?
    var waitingFor: [Substring]
    var changedAt: Int?

    var isOutstanding: Bool { state == "pending" || state == "blocked" }
  }

  /// What is answered, once the transaction is committed.
  func write(to database: Database) throws -> String {
    if let key, let kept = try answer(to: key, database) { return kept }
    guard
      let head = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT events, head FROM shop WHERE id = ?"), arguments: [shop])
    else { throw HTTPError(.notFound) }
    let items = try readItems(database)
    guard let place = items.firstIndex(where: { $0.id == item }) else { throw HTTPError(.notFound) }
    let isDone = items[place].state == "done"
    let isPossible =
      isTick
      ? items[place].isOutstanding && items[place].waitingFor.isEmpty && note != nil : isDone && reason != nil
    if isTick == isDone { return try keep(reply(changed: false), database) }
    guard isPossible else { throw HTTPError(.conflict) }
    var changed = items
    change(&changed, place)
    let number: Int = head["events"]
    try saveItems(changed, replacing: items, database)
    try saveRun(changed, database)
    try seal(event(number + 1), number: number + 1, after: head["head"], database)
    return try keep(reply(changed: true), database)
  }

  private func change(_ items: inout [Item], _ place: Int) {
    items[place].state = isTick ? "done" : "pending"
    items[place].changedAt = now * 1000
    guard isTick else { return }
    for other in items.indices { items[other].waitingFor.removeAll { $0 == item } }
  }

  private func readItems(_ database: Database) throws -> [Item] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT position, id, state, due_at, waiting_for, changed_at FROM item WHERE shop = ? AND run = ?
          ORDER BY position
          """), arguments: [shop, run]
    ).map { row in
      Item(
        position: row["position"], id: row["id"], state: row["state"], dueAt: row["due_at"],
        waitingFor: (row["waiting_for"] as String).split(separator: " "), changedAt: row["changed_at"])
    }
  }

  private func event(_ number: Int) -> String {
    let change = isTick ? "item-ticked" : "item-unticked"
    let said =
      isTick
      ? "\"note\":\(quoted(note ?? "")),\"proof\":{\"kind\":\"note\"}" : "\"reason\":\(quoted(reason ?? ""))"
    return """
      {"number":\(number),"shop":\(quoted(shop)),"kind":"\(change)","at":"\(time)","recorded_at":"\(time)",\
      "by":"root","login":"root","channel":"web","lead":true,"run":\(run),"item":\(quoted(item)),\(said)}
      """
  }

  private func seal(_ body: String, number: Int, after head: Data, _ database: Database) throws {
    let hash = Data(SHA256.hash(data: head + Data(body.utf8)))
    try database.cachedStatement(sql: "INSERT INTO event (shop, number, body, hash) VALUES (?, ?, ?, ?)")
      .execute(arguments: [shop, number, body, hash])
    try database.cachedStatement(
      sql: """
        UPDATE shop SET events = ?2, head = ?3, (total, outstanding) = (
          SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0) FROM run
          WHERE shop = ?1 AND counted = 1)
        WHERE id = ?1
        """
    ).execute(arguments: [shop, number, hash])
  }

  private func saveItems(_ items: [Item], replacing old: [Item], _ database: Database) throws {
    for (item, before) in zip(items, old) {
      if item.state != before.state {
        try saveTicked(item, database)
      } else if item.waitingFor != before.waitingFor {
        try database.cachedStatement(
          sql: "UPDATE item SET waiting_for = ?4 WHERE shop = ?1 AND run = ?2 AND position = ?3"
        ).execute(arguments: [shop, run, item.position, item.waitingFor.joined(separator: " ")])
      }
    }
  }

  private func saveTicked(_ item: Item, _ database: Database) throws {
    let proof = isTick ? "{\"at\":\"\(time)\",\"by\":\"root\",\"content\":{\"kind\":\"note\"}}" : nil
    try database.cachedStatement(
      sql: """
        UPDATE item SET state = ?4, open = ?5, note = COALESCE(?6, note), proof = ?7, changed_at = ?8,
          changed_by = 'root', blocked_reason = NULL
        WHERE shop = ?1 AND run = ?2 AND position = ?3
        """
    ).execute(
      arguments: [
        shop, run, item.position, item.state, item.isOutstanding, note, proof, item.changedAt,
      ])
  }

  private func saveRun(_ items: [Item], _ database: Database) throws {
    let outstanding = items.filter(\.isOutstanding)
    func count(_ state: String) -> Int { items.count { $0.state == state } }
    var holdingUp: [Substring] = []
    for need in outstanding.flatMap(\.waitingFor) where !holdingUp.contains(need) { holdingUp.append(need) }
    let due = outstanding.compactMap(\.dueAt).sorted()
    let doneAt = items.compactMap { $0.state == "done" ? $0.changedAt : nil }.sorted()
    try database.cachedStatement(
      sql: """
        UPDATE run SET state = ?3, done = ?4, skipped = ?5, blocked = ?6, pending = ?7, outstanding_due = ?8,
          done_at = ?9, holding_up = ?10, due_at = ?11
        WHERE shop = ?1 AND number = ?2
        """
    ).execute(
      arguments: [
        shop, run, outstanding.isEmpty ? "finished" : "active", count("done"), count("skipped"),
        count("blocked"), count("pending"), words(due), words(doneAt), holdingUp.joined(separator: " "),
        due.first,
      ])
  }

  private func words(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

  private func reply(changed: Bool) -> String {
    let undo = isTick && changed ? "{\"item\":\(quoted(item)),\"run\":\(run)}" : "null"
    return "{\"message\":\(quoted("已完成“\(item)”。")),\"undo\":\(undo),\"changed\":\(changed)}\n"
  }

  private func answer(to key: String, _ database: Database) throws -> String? {
    try String.fetchOne(
      database.cachedStatement(
        sql: "SELECT body FROM kept_answer WHERE principal = 'floor' AND request_key = ?"), arguments: [key])
  }

  /// A request that is sent again gets the answer that it got before.
  private func keep(_ reply: String, _ database: Database) throws -> String {
    guard let key else { return reply }
    let request = Data(SHA256.hash(data: Data("\(shop)/\(item)/\(isTick)/\(run)/\(note ?? "")".utf8)))
    try database.cachedStatement(
      sql: """
        INSERT INTO kept_answer (principal, request_key, request, status, body, at)
        VALUES ('floor', ?, ?, 200, ?, ?)
        """
    ).execute(arguments: [key, request, Data(reply.utf8), now * 1000])
    return reply
  }

  private var time: String { Date(timeIntervalSince1970: Double(now)).formatted(.iso8601) }

  private func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(
      of: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}

import Domain
import Formats
import Operations
import TestSupport
import Testing

@testable import Storage

/// What a verification finds when somebody went behind the program's back.
@Suite struct VerifyHistoryTests {
  private let temporary: TemporaryStore
  private let store: SQLiteShopStore

  init() throws {
    temporary = try TemporaryStore.sqlite()
    store = try #require(temporary.store as? SQLiteShopStore)
    let user = StoreUser(
      store, [.named("after", [.named("one", due: .hours(2)), .named("two", needs: ["one"])])])
    try user.add("s-1", ShopDetails(name: "One"))
    try user.start("s-1")
    try user.change("s-1", ["one"], .tick(note: "seen", proof: .link(url: "https://example.cn")))
    try user.add("s-2")
  }

  private func verdict(head: String? = nil) throws -> VerifyHistory.Verdict {
    try store.read { try VerifyHistory()("s-1", head: head, in: $0) }
  }

  private func execute(_ sql: String) throws {
    try store.transaction(.immediate) { transaction in
      try transaction.connection.execute("PRAGMA ignore_check_constraints = ON")
      try transaction.connection.execute(sql)
    }
  }

  @Test func allIsWell() throws {
    let verdict = try verdict()
    #expect(verdict.breaks == [])
    #expect(verdict.holdsHead == nil)
    #expect(try verdict.head == store.read { try $0.shop("s-1")?.head })
    #expect(throws: Refusal.unknownShop("s-3", nearest: [])) {
      try store.read { try VerifyHistory()("s-3", head: nil, in: $0) }
    }
  }

  @Test func aHeadThatSomebodyKeptIsFound() throws {
    var heads: [String] = []
    try store.read { try $0.forEachEvent(of: "s-1") { heads.append(HexText.of($0.hash)) } }
    #expect(heads.count == 3)
    for head in heads + heads.map({ $0.uppercased() }) { #expect(try verdict(head: head).holdsHead == true) }
    for head in ["", "00", "x", String(repeating: "0", count: 64), String(heads[0].dropLast())] {
      #expect(try verdict(head: head).holdsHead == false)
    }
  }

  @Test(
    arguments: [
      (
        "UPDATE event SET body = replace(body, 'seen', 'sean') WHERE number = 3 AND shop = 's-1'",
        [
          .hash(event: 3), .run(1),
        ]
      ),
      (
        "UPDATE event SET hash = zeroblob(32) WHERE number = 2",
        [
          .hash(event: 2), .hash(event: 3),
        ]
      ),
      ("DELETE FROM event WHERE number = 3", [.head(stored: 3, events: 2), .run(1)]),
      (
        "DELETE FROM event WHERE number = 2",
        [
          .gap(expected: 2, found: 3), .hash(event: 3),
          .unreadable(event: 3, problem: "run 1 doesn't hold 'one'"), .shop, .run(1),
        ]
      ),
      (
        "UPDATE event SET body = '{}' WHERE number = 3",
        [
          .hash(event: 3), .unreadable(event: 3, problem: "'shop' is missing"), .run(1),
        ]
      ),
      (
        "UPDATE event SET body = '{\"number\":3.5}' WHERE number = 3",
        [
          .hash(event: 3), .unreadable(event: 3, problem: "column 12: } expected"), .run(1),
        ]
      ),
      (
        "UPDATE event SET body = replace(body, 's-1', 's-2') WHERE number = 1 AND shop = 's-1'",
        [
          .hash(event: 1), .unreadable(event: 1, problem: "it belongs elsewhere"),
          .unreadable(event: 2, problem: "the shop hasn't been added"),
          .unreadable(event: 3, problem: "run 1 doesn't hold 'one'"), .shop, .run(1),
        ]
      ),
      ("UPDATE shop SET name = 'Two' WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET archived = 1 WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET runs = 2 WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET total = 9, outstanding = 1 WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET due_at = 5 WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET waiting = 1 - waiting WHERE id = 's-1'", [.shop]),
      ("UPDATE shop SET owner_folded = 'x' WHERE id = 's-1'", [.shop]),
      ("UPDATE run SET due_at = 5", [.run(1)]),
      ("UPDATE shop SET events = 4 WHERE id = 's-1'", [.head(stored: 4, events: 3)]),
      ("UPDATE item SET state = 'pending' WHERE id = 'one'", [.run(1)]),
      ("UPDATE item SET note = 'unseen' WHERE id = 'one'", [.run(1)]),
      ("UPDATE item SET due_at = due_at + 1000 WHERE id = 'one'", [.run(1)]),
      ("UPDATE item SET waiting_for = 'one' WHERE id = 'two'", [.run(1)]),
      ("UPDATE item SET open = 0 WHERE id = 'two'", [.run(1)]),
      ("UPDATE run SET state = 'finished'", [.run(1)]),
      ("UPDATE run SET done = 2, pending = 0", [.run(1)]),
      ("UPDATE run SET outstanding_due = '1'", [.run(1)]),
      ("UPDATE run SET holding_up = 'one'", [.run(1)]),
      ("UPDATE run SET newer = 2, counted = 0", [.run(1)]),
    ] as [(String, [VerifyHistory.Break])])
  func everyTamperingIsFound(sql: String, breaks: [VerifyHistory.Break]) throws {
    try execute(sql)
    #expect(try verdict().breaks == breaks)
  }
}

import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// What the schema itself refuses of what was missed, and a store from before it.
@Suite struct ClosingSchemaTests {
  private let folder: TemporaryFolder
  private let path: String

  /// A shop with a run in which one item was missed, one skipped, and one done.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { try StoreUser.firstShop($0) }
    let (definition, canonical) = Definition.pinning(
      .named("after", [.named("missed"), .named("skipped"), .named("done")]))
    let start = RunStart(
      run: 1, checklist: "after", definition: definition.sha256, switchedAt: .switched, timeZone: "UTC",
      items: definition.checklist.items.map { .init(id: $0.id, dueAt: nil, owner: nil) })
    var run = Run(start, definition: definition)
    run.apply(.missed(at: .unbound), to: "missed", by: "Li", at: .now)
    run.apply(.skipped(reason: "r"), to: "skipped", by: "Li", at: .now)
    run.apply(.ticked(note: nil, proof: nil), to: "done", by: "Li", at: .now)
    try SQLiteShopStore(path: path).write { transaction in
      try transaction.add(definition, canonical: canonical)
      try transaction.insert(run, of: "s-1")
    }
  }

  private func execute(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test func itHoldsWhatWasMissed() throws {
    let run = try #require(try SQLiteShopStore(path: path).read { try $0.run(1, of: "s-1") })
    #expect(run.items.map(\.missed) == [.unbound, nil, nil])
    #expect(try SQLiteShopStore(path: path).read { try $0.countersMatch(from: run, of: "s-1") })
  }

  @Test(arguments: [
    "UPDATE item SET missed = 'rebound' WHERE id = 'done'",
    "UPDATE item SET missed = 'planned' WHERE id = 'missed'",
    "UPDATE item SET state = 'done' WHERE id = 'missed'", "UPDATE run SET missed = 3",
    "UPDATE run SET missed = -1",
    "UPDATE account_switch SET imported = 2",
  ])
  func whatCannotBeIsRefused(sql: String) throws {
    try execute(
      """
      INSERT INTO account_switch (shop, number, latest, state, from_account, to_account, planned_at, planned_for,
        estimated, confirmed, overrides)
      VALUES ('s-1', 1, 1, 'planned', 'a', 'b', 0, 0, 0, '[]', '[]')
      """)
    #expect(throws: DatabaseError.self) { try execute(sql) }
  }

  @Test(arguments: ["UPDATE run SET missed = 0", "UPDATE item SET missed = 'rebound' WHERE id = 'missed'"])
  func aFalseCountIsFound(sql: String) throws {
    let before = try #require(try SQLiteShopStore(path: path).read { try $0.run(1, of: "s-1") })
    try execute(sql)
    let store = try SQLiteShopStore(path: path)
    let run = try #require(try store.read { try $0.run(1, of: "s-1") })
    #expect(try run != before || !store.read { try $0.countersMatch(from: run, of: "s-1") })
  }

  @Test func anOlderStoreIsBroughtUp() throws {
    try execute("UPDATE item SET missed = NULL; UPDATE run SET missed = 0")
    try SchemaRollback.beforeClosing(path)
    let store = try SQLiteShopStore(path: path)
    #expect(store.wasUpgraded)
    let run = try #require(try store.read { try $0.run(1, of: "s-1") })
    #expect(run.items.map(\.missed) == [nil, nil, nil])
    #expect(try store.read { try $0.countersMatch(from: run, of: "s-1") })
    let oldest = try store.transaction(.deferred) { transaction in
      try transaction.connection.first("SELECT value FROM meta WHERE name = 'oldest-program'", []) {
        $0.text(0)
      }
    }
    #expect(oldest == "0.2.0")
  }
}

import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// What the schema itself refuses, whoever writes.
@Suite struct SwitchSchemaTests {
  private let folder: TemporaryFolder
  private let path: String

  /// A shop bound to `old`, whose first switch was rebound to `new`, and whose second is planned.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { try StoreUser.firstShop($0) }
    let store = try SQLiteShopStore(path: path)
    try store.write { transaction in
      try transaction.save(Self.history, replacing: BindingHistory(), of: "s-1")
    }
  }

  private static let history = BindingHistory(
    bindings: [
      Binding(account: "old", since: nil, begunBy: nil, ended: .switched + 20, endedBy: 1),
      Binding(account: "new", since: .switched + 30, begunBy: 1),
    ],
    switches: [
      AccountSwitch(
        number: 1, from: "old", to: "new", state: .rebound, plannedAt: .switched, plannedFor: .switched,
        unboundAt: .switched + 20, coolDown: .init(until: nil, isEstimate: false), endedAt: .switched + 30),
      AccountSwitch(
        number: 2, from: "new", to: "third", state: .planned, plannedAt: .switched + 40,
        plannedFor: .switched + 40),
    ])

  private func execute(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  private static let switched = Moment.switched.seconds * 1000

  @Test(
    "what would leave a gap, or bind two accounts at once, can't be stored",
    arguments: [
      // Another binding that holds.
      "INSERT INTO binding (shop, number, previous, account, since, begun_by) VALUES ('s-1', 3, 2, 'x', 1, 1)",
      // A gap that no switch explains.
      "UPDATE binding SET ended = \(switched + 40_000), ended_by = 2 WHERE number = 2",
      "UPDATE binding SET ended = \(switched + 21_000) WHERE number = 1",
      "UPDATE binding SET since = \(switched + 31_000) WHERE number = 2",
      "UPDATE binding SET ended_by = NULL WHERE number = 1",
      "UPDATE binding SET begun_by = NULL WHERE number = 2",
      // A binding out of the chain.
      "DELETE FROM binding WHERE number = 1",
      "UPDATE binding SET previous = 2 WHERE number = 2",
      // The first one can't begin by a switch.
      "UPDATE binding SET begun_by = 1 WHERE number = 1",
      // A switch's times that its bindings don't have.
      "UPDATE account_switch SET unbound_at = \(switched + 25_000) WHERE number = 1",
      "UPDATE account_switch SET ended_at = \(switched + 35_000) WHERE number = 1",
      "DELETE FROM account_switch WHERE number = 1",
      // Two switches under way, or none that is the latest but is under way.
      "UPDATE account_switch SET latest = 1 WHERE number = 1",
      "UPDATE account_switch SET latest = 0 WHERE number = 2",
      // A state that its times contradict.
      "UPDATE account_switch SET state = 'rebound' WHERE number = 2",
      "UPDATE account_switch SET state = 'unbound' WHERE number = 2",
      "UPDATE account_switch SET ended_at = planned_at WHERE number = 2",
      "UPDATE account_switch SET planned_at = \(switched + 90_000) WHERE number = 1",
      "UPDATE account_switch SET state = 'gone' WHERE number = 2",
    ])
  func theSchemaRefuses(sql: String) throws {
    #expect(throws: DatabaseError.self) { try execute("PRAGMA foreign_keys = ON; " + sql) }
    let store = try SQLiteShopStore(path: path)
    #expect(try store.read { try $0.history(of: "s-1") } == Self.history)
  }

  @Test func whatIsTrueCanBeStored() throws {
    try execute("PRAGMA foreign_keys = ON; UPDATE account_switch SET planned_for = 5 WHERE number = 2")
  }
}

/// A store of the first schema, brought up.
@Suite struct SwitchMigrationTests {
  @Test func whatWasChangedByHandIsKnownAfterwards() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.sqlite")
    let store = try SQLiteShopStore(path: { try make(path) }())
    let user = StoreUser(
      store, [.named("after", [.named("one", due: .hours(1)), .named("two"), .named("three")])])
    try user.start("s-1")
    try user.change("s-1", ["one"], .moveDue(to: .now, reason: "\"kind\":\"item-assigned\""))
    try user.change("s-1", ["two"], .assign(to: "Wang"))
    try user.change("s-1", ["three"], .note(#""kind":"item-assigned","run":1,"item":"three""#))
    let before = try store.read { try $0.run(1, of: "s-1") }

    try SchemaRollback.beforeSwitches(path)
    let again = try SQLiteShopStore(path: path)
    try again.write { _ in }
    try again.read { reading throws in
      #expect(try reading.run(1, of: "s-1") == before)
      #expect(try reading.history(of: "s-1") == BindingHistory())
      #expect(try VerifyHistory()("s-1", head: nil, in: reading).breaks == [])
    }
  }

  private func make(_ path: String) throws -> String {
    try SQLiteShopStore.write(creatingAt: path) { try StoreUser.firstShop($0) }
    return path
  }
}

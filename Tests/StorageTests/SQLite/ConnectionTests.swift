import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// How SQLite is set up: durable means on the disk.
@Suite struct ConnectionTests {
  private func pragma(_ name: StaticString, of store: SQLiteShopStore) throws -> String? {
    try store.transaction(.immediate) { try $0.connection.first(name, []) { $0.text(0) } }
  }

  @Test func theWriterWaitsForTheDisk() throws {
    let temporary = try TemporaryStore.sqlite()
    let store = try #require(temporary.store as? SQLiteShopStore)
    #expect(try pragma("PRAGMA synchronous", of: store) == "2")
    #expect(try pragma("PRAGMA journal_mode", of: store) == "wal")
    #expect(try pragma("PRAGMA foreign_keys", of: store) == "1")
    #expect(try pragma("PRAGMA busy_timeout", of: store) == "10000")
  }

  @Test func writersTakeTheirTurnFromTheStart() throws {
    let folder = try TemporaryFolder()
    try SQLiteShopStore.write(creatingAt: folder.file("s")) { _ in }
    let store = try SQLiteShopStore(path: folder.file("s"))
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    let other = try DatabaseQueue(path: folder.file("s"), configuration: configuration)
    func tryToWrite() throws {
      try other.inDatabase { try $0.inTransaction(.immediate) { .rollback } }
    }
    try tryToWrite()
    try store.write { _ in
      _ = #expect { try tryToWrite() } throws: { ($0 as? DatabaseError)?.resultCode == .SQLITE_BUSY }
    }
    try store.read { reading in
      _ = try reading.countShops(ShopFilter())
      try tryToWrite()
    }
  }

  @Test func constraintsGuardWhatTheProgramPromises() throws {
    let temporary = try TemporaryStore.sqlite()
    let store = try #require(temporary.store as? SQLiteShopStore)
    let user = StoreUser(store, [.named("after", [.named("one")])])
    try user.add("s-1")
    try user.start("s-1")
    for sql in [
      "INSERT INTO event (shop, number, body, hash) VALUES ('s-2', 1, '{}', zeroblob(32))",
      "INSERT INTO event (shop, number, body, hash) VALUES ('s-1', 3, '{}', zeroblob(31))",
      "INSERT INTO event (shop, number, body, hash) VALUES ('s-1', 0, '{}', zeroblob(32))",
      "UPDATE run SET state = 'paused'", "UPDATE run SET done = 1", "UPDATE run SET state = 'stopped'",
      "UPDATE run SET newer = 2", "UPDATE run SET shop = 's-2'", "UPDATE item SET state = 'done'",
      "UPDATE item SET state = 'blocked'", "UPDATE item SET blocked_reason = 'r'", "UPDATE item SET run = 2",
      "UPDATE shop SET archived = 2", "UPDATE shop SET head = zeroblob(1)", "DELETE FROM shop",
      "DELETE FROM definition", "DELETE FROM run",
    ] {
      #expect("\(sql)") {
        try store.transaction(.immediate) { try $0.connection.execute(sql) }
      } throws: {
        if case StoreError.damaged = $0 { true } else { false }
      }
    }
    #expect(try store.breaks() == [])
  }

  @Test(arguments: [
    (ResultCode.SQLITE_BUSY, StoreError.locked(path: "p")), (.SQLITE_LOCKED, .locked(path: "p")),
    (.SQLITE_BUSY_SNAPSHOT, .locked(path: "p")), (.SQLITE_FULL, .full(path: "p")),
    (.SQLITE_READONLY, .readOnly(path: "p")), (.SQLITE_READONLY_DBMOVED, .readOnly(path: "p")),
    (.SQLITE_PERM, .readOnly(path: "p")), (.SQLITE_NOTADB, .notAStore(path: "p")),
    (.SQLITE_CORRUPT, .damaged(path: "p", detail: "why")),
    (.SQLITE_CONSTRAINT_FOREIGNKEY, .damaged(path: "p", detail: "why")),
    (.SQLITE_IOERR_READ, .unreachable(path: "p", detail: "why")),
    (.SQLITE_CANTOPEN, .unreachable(path: "p", detail: "why")),
  ])
  func everyCodeMeansSomething(code: ResultCode, error: StoreError) {
    #expect(throws: error) {
      try SQLiteError.translating(path: "p") { throw SQLiteError(code.rawValue, message: "why") }
    }
  }
}

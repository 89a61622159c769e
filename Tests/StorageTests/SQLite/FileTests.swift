import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// Files that are stores, and others.
@Suite struct FileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
  }

  private func make() throws {
    try SQLiteShopStore.write(creatingAt: path) { try StoreUser.firstShop($0) }
  }

  private func execute(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int) ?? -1
  }

  /// Whatever new files usually are; `umask` belongs to the whole process, so it is only ever narrower for others.
  @Test func aStoreIsForItsOwnerAlone() throws {
    let deep = folder.file("a/b/store.sqlite")
    let usual = umask(0)
    defer { umask(usual) }
    try SQLiteShopStore.write(creatingAt: deep) { try StoreUser.firstShop($0) }
    let store = try SQLiteShopStore(path: deep)
    try store.write { try $0.log(AuditEvent(kind: .userAdded, at: .now, subject: "a", by: "b")) }
    #expect(try mode(deep) == 0o600)
    #expect(try mode(deep + "-wal") == 0o600)
    #expect(try mode(deep + "-shm") == 0o600)
    #expect(try mode(folder.file("a")) == 0o700)
    #expect(try mode(folder.file("a/b")) == 0o700)
    #expect(!SQLiteShopStore.isReadableByOthers(path: deep))
  }

  @Test(arguments: [0o644, 0o640, 0o602, 0o601]) func aWiderStoreStaysSoAndIsKnown(mode wide: Int) throws {
    try make()
    try FileManager.default.setAttributes([.posixPermissions: wide], ofItemAtPath: path)
    let store = try SQLiteShopStore(path: path)
    #expect(!store.wasUpgraded)
    #expect(try mode(path) == wide)
    #expect(SQLiteShopStore.isReadableByOthers(path: path))
    #expect(!SQLiteShopStore.isReadableByOthers(path: folder.file("missing")))
  }

  @Test func aMissingStoreIsNotMadeByOpening() throws {
    #expect(throws: StoreError.missing(path: path)) { try SQLiteShopStore(path: path) }
    #expect(throws: StoreError.notAStore(path: "")) { try SQLiteShopStore(path: "") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(arguments: ["", "x", "SQLite format 3\0", String(repeating: "no database ", count: 1000)])
  func aFileThatIsNoStoreIsLeftAlone(content: String) throws {
    try Data(content.utf8).write(to: URL(filePath: path))
    #expect(throws: StoreError.self) { try SQLiteShopStore(path: path) }
    #expect(throws: StoreError.self) { try SQLiteShopStore.write(creatingAt: path) { _ in } }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(content.utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store.sqlite"])
  }

  @Test func aFolderAndAnotherDatabaseAreNoStores() throws {
    #expect(throws: StoreError.notAStore(path: folder.path)) { try SQLiteShopStore(path: folder.path) }
    try execute("CREATE TABLE shop (id TEXT)")
    #expect(throws: StoreError.notAStore(path: path)) { try SQLiteShopStore(path: path) }
  }

  @Test(arguments: [
    ("9.1.0", ProgramVersion(major: 9, minor: 1)), ("0.2.1", ProgramVersion(minor: 2, patch: 1)),
    ("next", nil),
  ])
  func aNewerSchemaIsRefusedByTheProgramThatItNeeds(named: String, needs: ProgramVersion?) throws {
    try make()
    try execute("INSERT INTO migration (name) VALUES ('999-later'); UPDATE meta SET value = '\(named)'")
    let refusal = StoreError.newerSchema(path: path, needs: needs)
    #expect(throws: refusal) { try SQLiteShopStore(path: path) }
    #expect(throws: refusal) { try SQLiteShopStore.write(creatingAt: path) { _ in } }
  }

  @Test func aNewerSchemaThatThisProgramMayUseIsUsed() throws {
    try make()
    try execute("INSERT INTO migration (name) VALUES ('999-later')")
    #expect(try SQLiteShopStore(path: path).breaks() == [])
    try SQLiteShopStore.write(creatingAt: path) { _ in }
  }

  @Test(arguments: [
    "INSERT INTO migration (name) VALUES ('999-later')",
    "UPDATE migration SET name = '006' WHERE name LIKE '005%'",
  ])
  func anotherSchemaFromBeforeStoresNamedAProgramIsRefused(change: String) throws {
    try make()
    try SchemaRollback.beforeClosing(path)
    try execute("INSERT INTO migration (name) VALUES ('004-other'); \(change)")
    #expect(throws: StoreError.newerSchema(path: path)) { try SQLiteShopStore(path: path) }
  }

  @Test func anOlderSchemaIsBroughtUpOnce() throws {
    try execute("CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY)")
    for _ in 1...2 { #expect(try SQLiteShopStore(path: path).breaks() == []) }
    try SQLiteShopStore(path: path).write { try StoreUser.firstShop($0) }
    #expect(try SQLiteShopStore(path: path).exported().count > 200)
  }

  @Test func migrationsCanBeAppliedTwice() throws {
    try make()
    let store = try SQLiteShopStore(path: path)
    let before = try store.exported()
    try store.transaction(.immediate) { try Migrator.apply($0.connection, dialect: .sqlite) }
    #expect(try store.exported() == before)
  }

  @Test func aStoreAppearsWithItsFirstChangeOrNotAtAll() throws {
    #expect(throws: Refusal.noRuns("s-1")) {
      try SQLiteShopStore.write(creatingAt: path) { transaction in
        try StoreUser.firstShop(transaction)
        throw Refusal.noRuns("s-1")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    let deep = folder.file("a/b c/店?#%.sqlite")
    try SQLiteShopStore.write(creatingAt: deep) { try StoreUser.firstShop($0) }
    #expect(try SQLiteShopStore(path: deep).read { try $0.countShops(ShopFilter()) } == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("a/b c")) == ["店?#%.sqlite"])
  }

  @Test func ofManyMakersAllAreServed() throws {
    let path = path
    try concurrently(16) { index in
      try SQLiteShopStore.write(creatingAt: path) { transaction in
        _ = try ChangeShop(zones: TestZones.directory, by: .li, now: .now)
          .add(ShopID(trusted: "s-\(index)"), ShopDetails(), in: transaction)
      }
    }
    let store = try SQLiteShopStore(path: path)
    #expect(try store.read { try $0.countShops(ShopFilter()) } == 16)
    #expect(try store.breaks() == [])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.filter { $0.contains("draft") } == [])
  }

  /// No process has the number 4194304; drafts of the last hour may be another machine's.
  @Test func whatAKilledMakerLeftIsTakenAway() throws {
    let draft = "store.sqlite.switchlist-draft-"
    let names = [
      draft + "4194304-a", draft + "4194304-a-wal", draft + "4194304-b", draft + "\(getpid())-a", draft,
    ]
    for name in names {
      try Data("x".utf8).write(to: URL(filePath: folder.file(name)))
      if name.hasSuffix("b") { continue }
      let past = Date(timeIntervalSinceNow: -3700)
      try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: folder.file(name))
    }
    try make()
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(left) == Set(names.dropFirst(2) + ["store.sqlite"]))
  }

  @Test(arguments: [
    ("/a/b", "/a"), ("/a", "/"), ("a/b/c", "a/b"), ("a", "."), ("店/铺", "店"), ("./a", "."), ("", "."),
  ])
  func theFolderOfAPath(path: String, folder: String) {
    #expect(SQLiteFile.folder(of: path) == folder)
  }
}

extension StoreUser {
  /// Adds the shop `s-1`.
  static func firstShop(_ transaction: any StoreWriting) throws {
    _ = try ChangeShop(zones: TestZones.directory, by: .li, now: .now).add(
      "s-1", ShopDetails(), in: transaction)
  }
}

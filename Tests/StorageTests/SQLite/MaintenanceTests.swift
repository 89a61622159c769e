import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// Copies of a store, and what can be said of one.
@Suite struct MaintenanceTests {
  private let folder: TemporaryFolder
  private let path: String
  private let copy: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
    copy = folder.file("copy.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { try StoreUser.firstShop($0) }
  }

  private func shops(_ path: String) throws -> Int {
    try SQLiteShopStore(path: path).read { try $0.countShops(ShopFilter(includesArchived: true)) }
  }

  private var files: Set<String> {
    get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) }
  }

  /// All rows, as SQL.
  private func rows(_ path: String) throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try tables.flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0.databaseValues)" }
          .sorted()
      }
    }
  }

  @Test func aCopyHoldsWhatTheStoreHolds() throws {
    let usual = umask(0)
    defer { umask(usual) }
    let status = try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    #expect(status.counts.shops == 1)
    #expect(try rows(copy) == rows(path))
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try files == ["store.sqlite", "copy.sqlite"])
  }

  /// The writer is another connection, as another process has.
  @Test func aCopyIsOfOneMomentWhileOthersWrite() throws {
    let user = StoreUser(try SQLiteShopStore(path: path))
    for number in 1...400 {
      try user.add(ShopID(trusted: "before-\(number)"), ShopDetails(name: String(repeating: "x", count: 200)))
    }
    var steps = 0
    try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in
      steps += 1
      #expect(throws: Never.self) { try user.add(ShopID(trusted: "meanwhile-\(steps)")) }
    }
    #expect(steps > 1)
    #expect(try shops(copy) == 401)
    #expect(try shops(path) == 401 + steps)
  }

  @Test func whatIsThereIsNotReplaced() throws {
    try Data("mine".utf8).write(to: URL(filePath: copy))
    #expect(throws: StoreError.exists(path: copy)) {
      try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    }
    #expect(throws: StoreError.exists(path: path)) {
      try SQLiteMaintenance(path: path).backUp(to: path) { _, _ in }
    }
    #expect(throws: StoreError.exists(path: path)) {
      try SQLiteMaintenance.restore(from: path, to: path) { _, _ in }
    }
    #expect(try Data(contentsOf: URL(filePath: copy)) == Data("mine".utf8))
  }

  /// A disk that isn't mounted is no place to make folders in.
  @Test func aFolderThatIsMissingIsNotMadeForACopy() throws {
    let deep = folder.file("backups/copy.sqlite")
    #expect(throws: StoreError.self) { try SQLiteMaintenance(path: path).backUp(to: deep) { _, _ in } }
    #expect(try files.isSubset(of: ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"]))
  }

  @Test func aDamagedStoreGivesNoCopy() throws {
    do {
      let user = StoreUser(try SQLiteShopStore(path: path))
      for number in 1...100 { try user.add(ShopID(trusted: "more-\(number)")) }
    }
    try damage(path)
    #expect(throws: StoreError.self) { try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in } }
    #expect(!FileManager.default.fileExists(atPath: copy))
    #expect(try !SQLiteMaintenance(path: path).faults().isEmpty)
  }

  /// Writes over pages of rows, of which the engine itself has no checksum.
  private func damage(_ path: String) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    defer { try? handle.close() }
    let pages = try handle.seekToEnd() / 4096
    for page in [pages * 2 / 3, pages - 2] {
      try handle.seek(toOffset: page * 4096)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
  }

  @Test func aStoreIsRestored() throws {
    try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    let restored = folder.file("deep/restored.sqlite")
    let status = try SQLiteMaintenance.restore(from: copy, to: restored) { _, _ in }
    #expect(status.counts.shops == 1)
    #expect(status.schema == .current)
    #expect(try rows(restored) == rows(path))
    try StoreUser(SQLiteShopStore(path: restored)).add("another")
    #expect(try shops(restored) == 2)
    #expect(try shops(copy) == 1)
  }

  @Test func aCopyOfAFormerVersionIsCopiedAsItIsAndRestoredToThisOne() throws {
    try SchemaRollback.beforeWeb(path)
    let status = try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    #expect(status.schema == .behind)
    #expect(status.migration == "002-switches")
    #expect(try SQLiteMaintenance(path: path).status().schema == .behind)
    let restored = folder.file("restored.sqlite")
    #expect(try SQLiteMaintenance.restore(from: copy, to: restored) { _, _ in }.schema == .current)
    #expect(try SQLiteMaintenance(path: copy).status().schema == .behind)
    #expect(try shops(restored) == 1)
  }

  @Test func aCopyOfALaterVersionIsNotRestored() throws {
    try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    try SchemaRollback.execute(
      "INSERT INTO migration VALUES ('999-later'); UPDATE meta SET value = '0.9.0'", at: copy)
    let restored = folder.file("restored.sqlite")
    #expect(throws: StoreError.newerSchema(path: copy)) {
      try SQLiteMaintenance.restore(from: copy, to: restored) { _, _ in }
    }
    #expect(!FileManager.default.fileExists(atPath: restored))
  }

  @Test func whatIsNoStoreIsNotRestored() throws {
    try SchemaRollback.execute("CREATE TABLE other (id)", at: copy)
    let restored = folder.file("restored.sqlite")
    #expect(throws: StoreError.notAStore(path: copy)) {
      try SQLiteMaintenance.restore(from: copy, to: restored) { _, _ in }
    }
    #expect(throws: StoreError.missing(path: "none")) {
      try SQLiteMaintenance.restore(from: "none", to: restored) { _, _ in }
    }
    #expect(throws: StoreError.missing(path: restored)) { try SQLiteMaintenance(path: restored) }
  }

  /// SQLite would play it into the new file.
  @Test func noStoreIsMadeBesideTheLogOfAFormerOne() throws {
    try SQLiteMaintenance(path: path).backUp(to: copy) { _, _ in }
    let former = folder.file("former.sqlite")
    try Data("a log".utf8).write(to: URL(filePath: former + "-wal"))
    #expect(throws: StoreError.strayLog(path: former)) {
      try SQLiteMaintenance.restore(from: copy, to: former) { _, _ in }
    }
    #expect(throws: StoreError.strayLog(path: former)) {
      try SQLiteShopStore.write(creatingAt: former) { try StoreUser.firstShop($0) }
    }
    #expect(!FileManager.default.fileExists(atPath: former))
  }

  /// Of several who make a store at once, one is so quick that its log is there before the others look.
  @Test func theLogOfAStoreThatIsUsedAlreadyIsNoFormerOnes() throws {
    let user = StoreUser(try SQLiteShopStore(path: path))
    try user.add("quick")
    #expect(SQLiteFile.hasLog(path))
    let draft = SQLiteFile.draftName(for: path)
    defer { SQLiteFile.removeDraft(draft) }
    try SQLiteFile.makeDraft(draft, for: path)
    #expect(try !SQLiteFile.publish(draft, as: path))
    #expect(try user.store.read { try $0.shop("quick") } != nil)
  }

  @Test func rowsThatReferToNothingAreFaults() throws {
    #expect(try SQLiteMaintenance(path: path).faults() == [])
    try SchemaRollback.execute("PRAGMA foreign_keys = OFF; DELETE FROM shop", at: path)
    let faults = try SQLiteMaintenance(path: path).faults()
    #expect(faults.contains { if case .reference("event", _, "shop") = $0 { true } else { false } })
  }

  @Test func namesAreFoundByTheirBeginnings() throws {
    let user = StoreUser(try SQLiteShopStore(path: path))
    try user.add("sun", ShopDetails(team: "east", owner: "Zhang Wei"))
    try user.add("晨光", ShopDetails(team: "西", owner: "李梅"))
    try user.add("gone")
    try user.setArchived("gone", true)
    let names = try StoredNames(path: path)
    defer { names.close() }
    #expect(try names.names(.shops, beginning: "", limit: 10).contains("gone") == false)
    #expect(try names.names(.shops, beginning: "su", limit: 10) == ["sun"])
    #expect(try names.names(.shops, beginning: "晨", limit: 10) == ["晨光"])
    #expect(try names.names(.teams, beginning: "e", limit: 10) == ["east"])
    #expect(try names.names(.owners, beginning: "Zhang", limit: 10) == ["Zhang Wei"])
    #expect(try names.names(.shops, beginning: "", limit: 1).count == 1)
  }
}

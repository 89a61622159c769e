import Domain
import Operations
import TestSupport
import Testing

@testable import Storage

/// An older store learns from its events what its rows didn't hold.
@Suite struct CredentialSchemaTests {
  private let folder: TemporaryFolder
  private let path: String
  private let secrets = CountedSecrets()

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
  }

  /// A shop in which people who sign in and people who come by links do all that leaves a trace.
  private func fill() throws {
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    var user = StoreUser(
      try SQLiteShopStore(path: path),
      [
        .named(
          "after",
          [
            .named("one"), .named("two", proof: [.secondPerson]), .named("three", proof: [.file]),
            .named("four", proof: [.secondPerson]),
          ])
      ])
    try user.add("s-1")
    try user.start("s-1")
    let script = Author.byToken(2, "script", maker: "Li")
    try user.store.write { transaction in
      let tokens = ManageTokens(secrets: secrets, by: .li, now: .now)
      _ = try tokens.create("root", scopes: [.admin], in: transaction)
      _ = try ManageTokens(secrets: secrets, by: .byToken(1, "root", maker: "Li"), now: .now)
        .create("script", scopes: [.lead], in: transaction)
      for by in [Author.li, script] {
        _ = try ManageLinks(secrets: secrets, by: by, now: .now).create("s-1", in: transaction)
      }
    }
    user.by = .byLink(1, "root1", maker: "Li")
    let file = try user.store.write { transaction in
      try KeepFile(by: user.by, now: user.now)(
        [1, 2, 3], sha256: KeepFile.digest([1, 2, 3]), named: "f", mediaType: "image/png", in: "s-1",
        transaction)
    }
    try user.tick("s-1", "one", "two", "four")
    try user.change("s-1", ["three"], .tick(note: nil, proof: file.proof))
    user.by = .byLink(2, "小陈", maker: "Li")
    try user.change("s-1", ["two"], .confirm)
    user.by = .wang
    try user.change("s-1", ["one"], .untick(reason: "r"))
    try user.store.write { transaction in
      let definitions = Definitions(checklists: [], calendars: [:])
      for (by, step) in [
        (.wang, .bind("a")),
        (.byLink(2, "小陈"), .plan(to: "b", plannedFor: nil, confirmed: ["registered"])),
      ] as [(Author, ChangeSwitch.Step)] {
        _ = try ChangeSwitch(definitions: definitions, zones: TestZones.directory, by: by, now: .now)(
          step, of: "s-1", at: nil, override: nil, in: transaction)
      }
    }
  }

  /// What it holds of links and of who is behind what.
  private func held() throws -> String {
    try SQLiteShopStore(path: path).read { reading in
      var tokens: [AccessToken] = []
      try reading.forEachToken { tokens.append($0) }
      return """
        \(String(describing: try reading.run(1, of: "s-1")))
        \(try reading.history(of: "s-1").switches)
        \(try reading.links(of: "s-1"))
        \(try reading.files(of: "s-1"))
        \(tokens)
        """
    }
  }

  @Test func rowsAreFilledFromTheEvents() throws {
    try fill()
    let before = try held()
    let exported = try SQLiteShopStore(path: path).exported()
    try SchemaRollback.beforeCredentials(path)
    let store = try SQLiteShopStore(path: path)
    #expect(try held() == before)
    #expect(try store.exported() == exported)
    #expect(try store.breaks() == [])
    try store.read { reading throws in
      let items = try #require(try reading.run(1, of: "s-1")?.items)
      #expect(items.map(\.changedByLink) == [nil, 2, 1, 1])
      #expect(items.map { $0.proof?.link } == [nil, 2, 1, nil])
      #expect(items.map { $0.awaiting?.link } == [nil, nil, nil, 1])
      #expect(try reading.links(of: "s-1").map(\.createdBy) == ["Li", "script"])
      #expect(try reading.links(of: "s-1").map(\.maker) == ["Li", "Li"])
      #expect(try reading.files(of: "s-1").map(\.keptByLink) == [1])
      #expect(try reading.history(of: "s-1").switches.first?.confirmed.map(\.link) == [2])
    }
  }

  /// What contradicts its events is told by a verification, and stays as it is.
  @Test func aDamagedStoreIsFilledAsFarAsItCanBe() throws {
    try fill()
    try SchemaRollback.beforeCredentials(path)
    try SchemaRollback.execute(
      "UPDATE event SET body = '{}' WHERE number = 2; UPDATE item SET changed_by = 'x' WHERE position = 2",
      at: path)
    #expect(try SQLiteShopStore(path: path).breaks() != [])
  }

  @Test(arguments: ["UPDATE access_log SET attempts = 0", "UPDATE kept_file SET size = 9"])
  func theSchemaRefuses(sql: String) throws {
    try fill()
    let store = try SQLiteShopStore(path: path)
    _ = #expect {
      try store.transaction(.immediate) { try $0.connection.execute(sql) }
    } throws: {
      if case StoreError.damaged = $0 { true } else { false }
    }
  }
}

import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Storage

/// What the schema of the web refuses, whoever writes, and how an older store becomes one of it.
@Suite struct WebSchemaTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { transaction in
      try StoreUser.firstShop(transaction)
      try transaction.insert(User(name: "Li", role: .admin, password: "p", createdAt: .switched))
      try transaction.insert(
        LoginSession(digest: Self.digest, user: "Li", createdAt: .switched, expiresAt: .now))
      try transaction.insert(
        AccessToken(
          number: 1, name: "cron", digest: Self.digest, scopes: [.read], teams: [], createdBy: "Li",
          createdAt: .switched, expiresAt: .now))
      try transaction.insert(
        ShopLink(
          number: 1, shop: "s-1", digest: Self.digest, createdBy: "Li", createdAt: .switched, expiresAt: .now)
      )
      try transaction.keep(
        KeptFile(
          shop: "s-1", sha256: String(repeating: "0", count: 64), size: 2, name: "f", mediaType: "image/png",
          keptAt: .now, keptBy: "Li"), content: [1, 2])
    }
  }

  private static let digest = [UInt8](repeating: 7, count: 32)

  @Test(arguments: [
    "UPDATE user_account SET role = 'owner'", "UPDATE user_account SET disabled = 2",
    "UPDATE user_account SET folded = ''", "UPDATE user_account SET password = ''",
    "DELETE FROM user_account", "UPDATE web_session SET digest = zeroblob(31)",
    "UPDATE web_session SET user_folded = 'wang'", "UPDATE web_session SET expires_at = created_at",
    "UPDATE access_token SET scopes = ''", "UPDATE access_token SET digest = zeroblob(33)",
    "UPDATE access_token SET expires_at = 1", "UPDATE shop_link SET shop = 's-2'",
    "UPDATE shop_link SET number = 0", "UPDATE shop_link SET expires_at = 1", "DELETE FROM shop",
    "UPDATE kept_file SET content = NULL", "UPDATE kept_file SET deleted_at = 1",
    "UPDATE kept_file SET size = 3", "UPDATE kept_file SET sha256 = '0'", "UPDATE kept_file SET shop = 's-2'",
    "INSERT INTO access_log (number, kind, at, subject, by_name) VALUES (1, '', 1, '', '')",
    "INSERT INTO kept_answer VALUES ('p', 'k', zeroblob(32), 99, '', 1)",
    "UPDATE shop SET waiting = 2", "UPDATE shop SET outstanding = -1",
  ]) func theSchemaRefuses(sql: String) throws {
    let store = try SQLiteShopStore(path: path)
    let before = try store.exported()
    _ = #expect {
      try store.transaction(.immediate) { try $0.connection.execute(sql) }
    } throws: {
      if case StoreError.damaged = $0 { true } else { false }
    }
    #expect(try store.exported() == before)
  }

  /// A store from before, with data in every state, is listed as if it had been made now.
  @Test(arguments: Seeds.first(4)) func anOlderStoreIsListedAlike(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let path = folder.file("older.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let shops = try DeskShops(SQLiteShopStore(path: path), count: 25, &random)
    for _ in 1...60 { try shops.change(&random) }
    func rows() throws -> [[DeskRow]] {
      try SQLiteShopStore(path: path).read { reading in
        try shops.filters(&random).map { try reading.desk($0, after: nil, limit: 100).rows }
      }
    }
    let start = random
    let before = try rows()
    try SchemaRollback.beforeWeb(path)
    random = start
    #expect(try rows() == before)
    #expect(try SQLiteShopStore(path: path).breaks() == [])
  }
}

/// What lists cost at a million shops follows from the plans: none may read the whole store.
@Suite struct DeskPlanTests {
  private func plan(_ filter: DeskFilter, team: String?, few: Bool, after: DeskPosition?) throws -> [String] {
    var statement = DeskStatement(filter, team: team, after: after)
    if few { statement.mostSelective = statement.indexedConditions.first }
    return try plan(
      statement, statement.segments.map(statement.sql) + statement.indexedConditions.map(\.probe))
  }

  private func plan(_ statement: DeskStatement, _ texts: [String]) throws -> [String] {
    let temporary = try TemporaryStore.sqlite()
    let store = try #require(temporary.store as? SQLiteShopStore)
    return try store.transaction(.deferred) { transaction in
      var steps: [String] = []
      for text in texts {
        try transaction.connection.query(composed: "EXPLAIN QUERY PLAN " + text, statement.values(limit: 50))
        {
          steps.append($0.text(3))
        }
      }
      return steps
    }
  }

  private static let positions: [DeskPosition?] = [
    nil, DeskPosition(key: "5", shop: "s"), DeskPosition(key: nil, shop: "s"),
  ]

  /// In order, by an index that has the order: nothing is sorted, and nothing is read from the start.
  @Test(arguments: DeskFilter.Order.allCases, DeskFilter.State.allCases)
  func manyAreWalkedInOrder(order: DeskFilter.Order, state: DeskFilter.State) throws {
    for team in [nil, "east"] {
      for owner in [nil, "Li"] {
        for position in Self.positions {
          let filter = DeskFilter(owner: owner, search: "x", state: state, order: order, now: .now)
          let steps = try plan(filter, team: team, few: false, after: position)
          let context = "\(order) \(state) \(team ?? "-") \(owner ?? "-") \(position?.key ?? "-"): \(steps)"
          #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(context)")
          for step in steps where step.hasPrefix("SCAN") {
            let isOrdered = step.contains("USING") || step == "SCAN s" && order == .id
            #expect(isOrdered || step.hasPrefix("SCAN n"), "\(context)")
          }
        }
      }
    }
  }

  @Test(arguments: DeskFilter.Order.allCases, DeskFilter.State.allCases)
  func whatWasFoundIsLookedUpByItsKey(order: DeskFilter.Order, state: DeskFilter.State) throws {
    for position in Self.positions {
      let filter = DeskFilter(search: "x", state: state, order: order, now: .now)
      var statement = DeskStatement(filter, team: nil, after: position)
      statement.only = "s-1"
      let steps = try plan(statement, statement.segments.map(statement.sql))
      #expect(!steps.contains { $0.hasPrefix("SCAN") }, "\(order) \(state): \(steps)")
      #expect(
        steps.count { $0.hasPrefix("SEARCH s USING PRIMARY KEY (id=?") } == statement.segments.count,
        "\(order) \(state): \(steps)")
    }
  }

  /// From one end of the file to the other; what is late, in its index alone.
  @Test func whatReadsAllShopsReadsThemInTheirOrder() throws {
    let statement = DeskStatement(DeskFilter(search: "x", now: .now), team: nil, after: nil)
    #expect(try plan(statement, [DeskStatement.found]) == ["SCAN s"])
    #expect(try plan(statement, [statement.sums]).first == "SCAN s")
    #expect(
      try plan(statement, [DeskStatement.overdue]) == [
        "SEARCH item USING COVERING INDEX item_open (due_at<?)"
      ])
  }

  @Test(arguments: DeskFilter.Order.allCases, DeskFilter.State.allCases)
  func fewAreLookedUp(order: DeskFilter.Order, state: DeskFilter.State) throws {
    for (team, owner) in [(nil, nil), ("east", nil), (nil, "Li")] as [(String?, String?)] {
      let filter = DeskFilter(owner: owner, state: state, order: order, now: .now)
      if DeskStatement(filter, team: team, after: nil).indexedConditions.isEmpty { continue }
      let steps = try plan(filter, team: team, few: true, after: nil)
      for step in steps where step.hasPrefix("SCAN") {
        let isNarrow = step.contains("INDEX shop_") || step.contains("account_switch_unbound")
        #expect(
          isNarrow || step == "SCAN n" || step.hasPrefix("SCAN n"), "\(order) \(state): \(steps)")
      }
    }
  }
}

import Domain
import TestSupport
import Testing

@testable import Operations

@Suite struct ImportShopsTests {
  private let temporary: TemporaryStore
  private let importing = ImportShops(zones: TestZones.directory, by: .li, now: .now)

  init() throws { temporary = try TemporaryStore.sqlite() }

  private func bring(_ text: String) throws -> ImportShops.Outcome {
    let rows = try importing.read(Array(text.utf8))
    var told: [Int] = []
    let outcome = try temporary.store.write { try importing(rows, in: $0) { told.append($0) } }
    #expect(told == (0..<rows.count).map { $0 + 1 })
    return outcome
  }

  private func shop(_ id: ShopID) throws -> Shop? { try temporary.store.read { try $0.shop(id)?.shop } }

  private func counts(_ added: Int, _ edited: Int, _ unchanged: Int) -> ImportShops.Outcome {
    var outcome = ImportShops.Outcome()
    outcome.added = added
    outcome.edited = edited
    outcome.unchanged = unchanged
    return outcome
  }

  @Test func addsEditsAndLeavesAlone() throws {
    let text = """
      id,name,platform,team,owner,time_zone,tags
      s-1, One ,douyin,east,王,Asia/Shanghai,new;live;new; ;大
      s-2,,,,,,
      """
    #expect(try bring(text) == counts(2, 0, 0))
    #expect(
      try shop("s-1")
        == Shop(
          id: "s-1", name: "One", platform: "douyin", team: "east", owner: "王", timeZone: "Asia/Shanghai",
          tags: ["live", "new", "大"]))
    #expect(try shop("s-2") == Shop(id: "s-2"))
    let before = try temporary.store.exported()
    #expect(try bring(text) == counts(0, 0, 2))
    #expect(try temporary.store.exported() == before)
    #expect(try bring("id,team\ns-1,west\ns-2,\ns-3,\n") == counts(1, 1, 1))
    #expect(try shop("s-1")?.team == "west")
    #expect(try shop("s-1")?.name == "One", "a column that is missing says nothing")
    #expect(try bring("id,name,tags\ns-1,,\n") == counts(0, 1, 0))
    #expect(try shop("s-1")?.name == nil && shop("s-1")?.tags == [])
  }

  @Test func aHeaderAloneBringsNothing() throws {
    #expect(try bring("id,name\n") == counts(0, 0, 0))
  }

  @Test func columnsComeInAnyOrder() throws {
    #expect(try bring("tags,id\r\nlive,店铺一\r\n") == counts(1, 0, 0))
    #expect(try shop("店铺一")?.tags == ["live"])
  }

  @Test(
    arguments: [
      ("", ["1: empty"]),
      ("name\nOne\n", ["1: missingColumn(\"id\")"]),
      (
        "id,Team,nmae,id\n",
        [
          "1: unknownColumn(\"Team\", nearest: [\"team\"], known: COLUMNS)",
          "1: unknownColumn(\"nmae\", nearest: [\"name\"], known: COLUMNS)",
          "1: repeatedColumn(\"id\")",
        ]
      ),
      (
        "id;name\ns-1;One\n",
        ["1: unknownColumn(\"id;name\", nearest: [], known: COLUMNS)", "1: missingColumn(\"id\")"]
      ),
      ("id,name\ns-1\ns-2,a,b\n", ["2: wrongCount(1, expected: 2)", "3: wrongCount(3, expected: 2)"]),
      (
        "id\ns-1\n\ns-1\ns-1\n",
        ["4: repeatedID(\"s-1\", firstLine: 2)", "5: repeatedID(\"s-1\", firstLine: 2)"]
      ),
      ("id\nZo\u{EB}\nZoe\u{308}\n", ["3: repeatedID(\"Zo\u{EB}\", firstLine: 2)"]),
      (
        "id\n-s\na/b\n  \n",
        [
          "2: refused(Domain.Refusal.badShopID(\"-s\"))", "3: refused(Domain.Refusal.badShopID(\"a/b\"))",
          "4: refused(Domain.Refusal.badShopID(\"\"))",
        ]
      ),
      (
        "id,time_zone\ns-1,Asia/Shangai\ns-2,Asia/Tokyo\n",
        [
          "2: refused(Domain.Refusal.unknownTimeZone(\"Asia/Shangai\", nearest: [\"Asia/Shanghai\"]))"
        ]
      ),
      (
        "id,name\ns-1,a\u{1B}b\n",
        [
          "2: refused(Domain.Refusal.controlCharacter(in: Domain.TextUse.shopName, scalar: 27, at: 2))"
        ]
      ),
      (
        "id,team\ns-1,\"a\nb\"\n",
        [
          "2: refused(Domain.Refusal.controlCharacter(in: Domain.TextUse.team, scalar: 10, at: 2))"
        ]
      ),
      ("id\n\"s-1", ["2: unclosedQuote"]),
      ("id\n\"s\"1\n", ["2: textAfterQuote"]),
    ] as [(String, [String])])
  func namesEveryBadRow(text: String, problems: [String]) {
    let columns = #"["id", "name", "platform", "team", "owner", "time_zone", "tags"]"#
    let expected = problems.map { $0.replacing("COLUMNS", with: columns) }
    #expect {
      try importing.read(Array(text.utf8))
    } throws: { error in
      (error as? ImportShops.BadTable)?.problems.map { "\($0.line): \($0.problem)" } == expected
    }
  }

  @Test func whatIsNotUTF8IsNamed() {
    #expect {
      try importing.read([0x69, 0x64, 0x0A, 0xC4, 0xE3])
    } throws: { error in
      (error as? ImportShops.BadTable)?.problems.map { "\($0.line): \($0.problem)" } == ["2: notUTF8"]
    }
  }
}

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
      ("", ["1: unreadable(Operations.CSVTable.Fault.Problem.empty)"]),
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
        "sep=,\n\nid|name\ns-1|One\n",
        ["3: unknownColumn(\"id|name\", nearest: [], known: COLUMNS)", "3: missingColumn(\"id\")"]
      ),
      ("id,name\ns-1\ns-2,a,b\n", ["3: wrongCount(3, expected: 2)"]),
      ("id,,name\ns-1,,a\ns-2,x\ns-3,y\n", ["3: unnamedColumn(2)"]),
      (
        "id,owner\n7.01235E+18,a\n s-2 ,\" 4,8e+17 \"\n1E5,b\n",
        ["2: cutNumber(column: \"id\", \"7.01235E+18\")", "3: cutNumber(column: \"owner\", \"4,8e+17\")"]
      ),
      (
        "id\ns-1\n\ns-1\ns-1\n",
        ["4: repeatedID(\"s-1\", firstLine: 2)", "5: repeatedID(\"s-1\", firstLine: 2)"]
      ),
      ("id\nZo\u{EB}\nZoe\u{308}\n", ["3: repeatedID(\"Zo\u{EB}\", firstLine: 2)"]),
      (
        "id,name\n-s\na/b\n  ,x\n",
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
      ("id\n\"s-1", ["2: unreadable(Operations.CSVTable.Fault.Problem.unclosedQuote)"]),
      ("id\n\"s\"1\n", ["2: unreadable(Operations.CSVTable.Fault.Problem.textAfterQuote)"]),
    ] as [(String, [String])])
  func namesEveryBadRow(text: String, problems: [String]) {
    let columns = #"["id", "name", "platform", "team", "owner", "time_zone", "tags"]"#
    let expected = problems.map { $0.replacing("COLUMNS", with: columns) }
    #expect {
      try importing.read(Array(text.utf8))
    } throws: { error in
      (error as? BadTable)?.problems.map { "\($0.line): \($0.problem)" } == expected
    }
  }

  @Test func anUnknownEncodingIsNamed() {
    #expect {
      try importing.read([0x69, 0x64, 0x0A, 0xC4, 0x0A])
    } throws: { error in
      (error as? BadTable)?.problems.map { "\($0.line): \($0.problem)" } == [
        "2: unreadable(Operations.CSVTable.Fault.Problem.unknownEncoding)"
      ]
    }
  }

  @Test func aSpreadsheetsTableSaysWhatItShows() throws {
    #expect(
      try bring("id;team;owner;tags;;\r;;;;;\rs-1;\u{FEFF}东区;李敏\u{2060};直播；旗舰\rs-2;东区\r") == counts(2, 0, 0))
    #expect(
      try shop("s-1") == Shop(id: "s-1", team: "东区", owner: "李敏", tags: ["旗舰", "直播"]))
    #expect(try shop("s-2") == Shop(id: "s-2", team: "东区"))
    #expect(
      try bring("id,owner,team\ns-1,\u{202A}李敏\u{202C}\n") == counts(0, 1, 0), "an empty cell takes away")
    #expect(try shop("s-1")?.owner == "李敏" && shop("s-1")?.team == nil)
  }

  @Test func aPreviewSaysWhatWouldBeAndChangesNothing() throws {
    #expect(try bring("id,name,team\ns-1,One,east\ns-2,Two,east\n") == counts(2, 0, 0))
    let before = try temporary.store.exported()
    let rows = try importing.read(Array("id,team\ns-3,west\ns-1,west\n\ns-2,east\n".utf8))
    let preview = try temporary.store.read { try importing.preview(rows, in: $0) }
    #expect(
      preview == [
        .init(line: 2, before: nil, after: Shop(id: "s-3", team: "west")),
        .init(
          line: 3, before: Shop(id: "s-1", name: "One", team: "east"),
          after: Shop(id: "s-1", name: "One", team: "west")),
        .init(
          line: 5, before: Shop(id: "s-2", name: "Two", team: "east"),
          after: Shop(id: "s-2", name: "Two", team: "east")),
      ])
    #expect(try temporary.store.exported() == before)
    #expect(try importing.preview(rows, in: nil).allSatisfy { $0.before == nil })
  }

  @Test func idsThatLookCutAreDoubtful() throws {
    let first = try bring("id\n0012\n007\n34\n1234567890123450\n")
    #expect(first.added == 4 && first.doubtful == [.init(line: 5, id: "1234567890123450", meant: nil)])
    let table =
      "id\n12\n0012\n7\n07\n34\n5\n701234567890123000\n1234567890123450\n701234567890123001\n1000000\n"
    let rows = try importing.read(Array(table.utf8))
    let doubtful = try temporary.store.read { try importing.doubtfulIDs(rows, in: $0) }
    #expect(
      doubtful == [
        .init(line: 2, id: "12", meant: "0012"), .init(line: 4, id: "7", meant: "007"),
        .init(line: 8, id: "701234567890123000", meant: nil),
      ])
    #expect(try importing.doubtfulIDs(rows, in: nil).map(\.line) == [8, 9])
  }
}

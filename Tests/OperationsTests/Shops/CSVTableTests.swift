import Domain
import TestSupport
import Testing

@testable import Operations

@Suite struct CSVTableTests {
  struct Good: CustomTestStringConvertible {
    let text: String
    let header: [String]
    /// Each with its line.
    let records: [(Int, [String])]
    var testDescription: String { String(reflecting: text) }

    init(_ text: String, _ header: [String], _ records: [(Int, [String])] = []) {
      self.text = text
      self.header = header
      self.records = records
    }
  }

  static let good: [Good] = [
    .init("id", ["id"]),
    .init("id\n", ["id"]),
    .init(
      "id,name\r\ns-1,One\r\ns-2,Two\r\n", ["id", "name"], [(2, ["s-1", "One"]), (3, ["s-2", "Two"])]),
    .init("id,name\ns-1,One", ["id", "name"], [(2, ["s-1", "One"])]),
    .init("\u{FEFF}id\ns-1\n", ["id"], [(2, ["s-1"])]),
    .init(" id , name \n", ["id", "name"]),
    .init("id,name\ns-1,\n", ["id", "name"], [(2, ["s-1"])]),
    // Rows in which nothing stands, columns without a name, cells left out: all as a spreadsheet has them.
    .init("id,name\n,\n", ["id", "name"]),
    .init(",,\n\n , \nid,name,,\n,,\ns-1,a,,\n \u{3000},\u{FEFF}\n", ["id", "name"], [(6, ["s-1", "a"])]),
    .init("id,,name\n,,b\n", ["id", "", "name"], [(2, ["", "", "b"])]),
    // Semicolons and tabs, by themselves or as a first line says.
    .init("id;name\ns-1;a,b\n", ["id", "name"], [(2, ["s-1", "a,b"])]),
    .init("id\tname\r\ns-1\ta;b\r\n", ["id", "name"], [(2, ["s-1", "a;b"])]),
    .init("\"a;b\",c\n1,2\n", ["a;b", "c"], [(2, ["1", "2"])]),
    .init("sep=;\r\nid;name\r\ns-1;a\r\n", ["id", "name"], [(3, ["s-1", "a"])]),
    .init("\u{FEFF}SEP=,\nid,name\ns-1,a\n", ["id", "name"], [(3, ["s-1", "a"])]),
    .init("\"sep=|\"\rid|name\rs-1|a;b\r", ["id", "name"], [(3, ["s-1", "a;b"])]),
    .init("sep=,,\nid,name,\ns-1,a,\n", ["id", "name"], [(3, ["s-1", "a"])]),
    .init("sep=ab\n1\n", ["sep=ab"], [(2, ["1"])]),
    // Lines may end by CR alone.
    .init(
      "id,name\rs-1,a\r\r\ns-2,\"b\rc\"\rs-3,d", ["id", "name"],
      [(2, ["s-1", "a"]), (4, ["s-2", "b\rc"]), (6, ["s-3", "d"])]),
    .init("id\n\"a\"\rb\n", ["id"], [(2, ["a"]), (3, ["b"])]),
    .init("id\n\n\r\ns-1\n\n", ["id"], [(4, ["s-1"])]),
    .init("\n\nid\ns-1", ["id"], [(4, ["s-1"])]),
    .init("id\n\"\"\ns-1", ["id"], [(3, ["s-1"])]),
    .init("id,name\ns-1,\"a, \"\"b\"\"\"\n", ["id", "name"], [(2, ["s-1", "a, \"b\""])]),
    .init(
      "id,name\ns-1,\"a\nb\r\nc\"\ns-2,d\n", ["id", "name"], [(2, ["s-1", "a\nb\r\nc"]), (5, ["s-2", "d"])]),
    .init("\"id\",\"name\"\r\n\"s-1\",\"\"\r\n", ["id", "name"], [(2, ["s-1"])]),
    .init("id,name\ns-1,5\" screen\n", ["id", "name"], [(2, ["s-1", "5\" screen"])]),
    .init("id,name\ns-1, spaces stay \n", ["id", "name"], [(2, ["s-1", " spaces stay "])]),
    .init("编号,店铺\n一,二\n", ["编号", "店铺"], [(2, ["一", "二"])]),
    .init("id\ne\u{301}\u{1F469}\u{200D}\u{1F467}\n", ["id"], [(2, ["e\u{301}\u{1F469}\u{200D}\u{1F467}"])]),
    .init("id\n\"a\r\n\u{308}b\"\n", ["id"], [(2, ["a\r\n\u{308}b"])]),
    // What our own tables put before what looks like a formula, quoted or not.
    .init(
      "id,name\n'=1,'a\n\"'@b\",''＝1\n'-,'\n", ["id", "name"],
      [(2, ["=1", "'a"]), (3, ["@b", "'＝1"]), (4, ["-", "'"])]),
    .init("a,b\n1\n1,2,3\n", ["a", "b"], [(2, ["1"]), (3, ["1", "2", "3"])]),
  ]

  @Test(arguments: good) func reads(_ good: Good) throws {
    let table = try CSVTable(Array(good.text.utf8))
    #expect(table.header == good.header)
    #expect(table.records.map(\.line) == good.records.map(\.0))
    #expect(
      table.records.map { $0.cells.map { Array($0.utf8) } }
        == good.records.map { $0.1.map { Array($0.utf8) } })
  }

  @Test(
    arguments: [
      ("", 1, .empty), ("\u{FEFF}", 1, .empty), ("\n\n", 1, .empty), ("id\n\"s-1", 2, .unclosedQuote),
      ("id,name\ns-1,\"a\nb\nc", 2, .unclosedQuote), ("\"id", 1, .unclosedQuote),
      ("id\n\"s-1\"x\n", 2, .textAfterQuote), ("id\n\"s-1\" \n", 2, .textAfterQuote),
      ("id,name\ns-1,\"a\nb\"c\n", 3, .textAfterQuote), ("id\n\"a\"\"\n", 2, .unclosedQuote),
      ("id\n\"a\"\"b\"\"\"\"\n", 2, .unclosedQuote), (",\n\n ,\t\n", 1, .empty), ("sep=;\n", 1, .empty),
      ("id\ns\nt\(String(repeating: "\u{301}", count: 31))", 3, .tooManyMarks),
      ("id\ns\n\(String(repeating: ",", count: 1000))\n", 3, .tooManyCells(most: 1000)),
    ] as [(String, Int, CSVTable.Fault.Problem)])
  func refuses(text: String, line: Int, problem: CSVTable.Fault.Problem) {
    #expect(throws: CSVTable.Fault(line: line, problem: problem)) { try CSVTable(Array(text.utf8)) }
  }

  @Test(
    arguments: [
      ([0xFF], 1), (Array("id\ns-1\n".utf8) + [0xC4, 0x0A], 3), ([0xEF, 0xBB, 0xBF, 0x69, 0x0A, 0x80], 2),
      (Array("id\n".utf8) + [0xED, 0xA0, 0x80, 0x0A], 2), ([0xFF, 0xFE, 0x69], 1),
    ] as [([UInt8], Int)])
  func namesTheLineWhoseEncodingIsUnknown(bytes: [UInt8], line: Int) {
    #expect(throws: CSVTable.Fault(line: line, problem: .unknownEncoding)) { try CSVTable(bytes) }
  }

  @Test func has20MegabytesAtMost() throws {
    let bytes = [UInt8](repeating: 0x0A, count: (20 << 20) + 1)
    #expect(throws: CSVTable.Fault(line: 1, problem: .tooLarge(most: 20 << 20))) { try CSVTable(bytes) }
  }

  /// What is quoted by the rules comes back, whatever it holds.
  @Test(arguments: Seeds.first(20)) func quotedCellsComeBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let columns = random.number(1...4)
    let rows = (0..<random.number(1...6)).map { _ in (0..<columns).map { _ in random.longText() } }
    let ending = random.one(of: ["\n", "\r\n", "\r"])
    let delimiter = random.one(of: [",", ";", "\t"])
    let lines = rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: delimiter)
    }
    let header = (0..<columns).map { "c\($0)" }.joined(separator: delimiter)
    let text = ([header] + lines).joined(separator: ending) + random.one(of: ["", ending])
    let table = try CSVTable(Array(text.utf8))
    let wanted = rows.map { Array($0.reversed().drop(while: \.showsNothing).reversed()) }.filter {
      !$0.isEmpty
    }
    #expect(table.records.map { $0.cells.map { Array($0.utf8) } } == wanted.map { $0.map { Array($0.utf8) } })
  }
}

import Formats
import Testing

@Suite struct CursorTests {
  @Test(arguments: [[""], ["a"], ["a", ""], ["", "b"], ["k\u{5E97}", "铺-1"], ["1", "2", "3", "s\u{1F}t"]])
  func comesBack(parts: [String]) throws {
    #expect(try PageCursor.parts(PageCursor.text(parts), count: parts.count) == parts)
  }

  @Test func holdsTheLongestThatAPageGives() throws {
    let parts = ["k" + String(repeating: "𠀀", count: 200), String(repeating: "𠀀", count: 64)]
    #expect(try PageCursor.parts(PageCursor.text(parts), count: 2) == parts)
  }

  @Test(arguments: [
    "", "=", "YQ==", "a b", "\u{301}", Base64URL.text(of: Array("only one".utf8)),
    Base64URL.text(of: [0xFF, 0x1F, 0x61]), Base64URL.text(of: [0x61, 0x1F, 0xC3]),
    Base64URL.text(of: Array(repeating: 0x1F, count: PageCursor.longest)),
  ])
  func refusesWhatIsNone(text: String) {
    #expect(throws: PageCursorError.malformed) { try PageCursor.parts(text, count: 2) }
  }

  @Test(arguments: [("0", 0), ("-5", -5), ("9223372036854775807", .max), ("-9223372036854775808", .min)])
  func readsNumbers(text: String, number: Int64) throws {
    #expect(try PageCursor.integer(text, in: .min ... .max) == number)
  }

  @Test(arguments: [
    "", "-", "+5", "05", "-0", "1e3", " 1", "1 ", "٣", "9223372036854775808", "99999999999999999999999999",
    "11", "-11",
  ])
  func refusesNumbersThatNoPageGives(text: String) {
    #expect(throws: PageCursorError.outOfRange) { try PageCursor.integer(text, in: -10...10) }
  }
}

import Formats
import Testing

@Suite struct Base64URLTests {
  @Test(arguments: 0..<40) func comesBack(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
    let text = Base64URL.text(of: bytes)
    #expect(text.utf8.count == (count * 8 + 5) / 6)
    #expect(Base64URL.bytes(of: text) == bytes)
  }

  @Test func hasEachDigit() {
    let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    #expect(Base64URL.bytes(of: text).map(Base64URL.text) == text)
  }

  @Test(arguments: ["A", "AB", "AAAAA", "AA=", "A+AA", "AA/A", "é"]) func refusesWhatIsNone(text: String) {
    #expect(Base64URL.bytes(of: text) == nil)
  }
}

import Testing

@testable import Formats

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("", ""), ("shop-1_a.b~c", "shop-1_a.b~c"), ("a b&c=d/e?f#g%h+i", "a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2Bi"),
    ("晨光", "%E6%99%A8%E5%85%89"), ("\u{0}\n\u{7F}", "%00%0A%7F"),
    ("👩\u{200D}👧", "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7"),
  ])
  func encodesAllButUnreservedCharacters(_ text: String, _ encoded: String) {
    #expect(PercentEncoding.encoded(text) == encoded)
    #expect(PercentEncoding.decoded(encoded) == text)
  }

  @Test func keepsWhatItIsToldToKeep() {
    #expect(PercentEncoding.encoded("/a b/c-d?", keeping: "-_.~/") == "/a%20b/c-d%3F")
    #expect(PercentEncoding.encoded("a-b.c", keeping: "") == "a%2Db%2Ec")
  }

  @Test(arguments: ["%", "%4", "%4g", "a%zz", "%ff", "%E6%99", "%C0%80"])
  func refusesBrokenEscapesAndWhatIsNotUTF8(_ text: String) {
    #expect(PercentEncoding.decoded(text) == nil)
  }

  @Test func takesDigitsOfEitherCaseAndLeavesAPlus() {
    #expect(PercentEncoding.decoded("%e6%99%A8+1") == "晨+1")
  }
}

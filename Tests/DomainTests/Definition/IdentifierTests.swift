import Domain
import TestSupport
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: ["a", "0", "rebind-store", "a-", "2026", String(repeating: "x", count: 64)])
  func idsOfItemsAndChecklists(_ text: String) {
    #expect(ItemID(text)?.rawValue == text)
    #expect(ChecklistID(rawValue: text)?.description == text)
  }

  @Test(arguments: [
    "", "-a", "A", "a b", "a_b", "a.b", "ä", "店", "a\n", "a\0", String(repeating: "x", count: 65),
  ])
  func noIds(_ text: String) {
    #expect(ItemID(text) == nil)
    #expect(ChecklistID(rawValue: text) == nil)
  }

  @Test func idsAreOrderedByTheirBytes() {
    let sorted: [ItemID] = ["-", "0", "a", "a-b", "a0", "ab"]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test(arguments: [
    "s-001", "S_1.a", "店铺一", "旗舰店-2", "0", ".", "_", "Zoë", "٣", String(repeating: "店", count: 64),
  ])
  func idsOfShops(_ text: String) {
    #expect(ShopID(text)?.rawValue == text)
  }

  @Test(arguments: [
    "", "-s", "@s", "a/b", "a\nb", "a b", "a;b", "a,b", "a:b", "😀", "a\u{200D}b", "a\u{202E}b", "a\u{1B}b",
    "（一）", String(repeating: "店", count: 65),
  ])
  func noIdsOfShops(_ text: String) {
    #expect(ShopID(text) == nil)
  }

  @Test(arguments: ["Zoe\u{308}", "Zo\u{EB}"]) func whatLooksTheSameIsTheSameShop(_ text: String) throws {
    let id = try #require(ShopID(text))
    #expect(id == "Zo\u{EB}")
    #expect(id.rawValue.unicodeScalars.elementsEqual("Zo\u{EB}".unicodeScalars))
    #expect(id != "ZO\u{EB}")
  }

  @Test func shopsAreOrderedByTheirBytes() {
    let sorted: [ShopID] = ["A", "a", "a.", "a1", "\u{E9}", "店", "𠮷"]
    #expect(sorted.reversed().sorted() == sorted)
  }
}

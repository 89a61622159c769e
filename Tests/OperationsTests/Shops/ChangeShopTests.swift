import Domain
import Operations
import TestSupport
import Testing

@Suite struct ChangeShopTests {
  private let temporary: TemporaryStore
  private let user: StoreUser

  init() throws {
    temporary = try TemporaryStore.sqlite()
    user = StoreUser(temporary.store)
  }

  private func events() throws -> [String] {
    try temporary.store.read { try ReadHistory()("s-1", run: nil, in: $0) }.map(\.event.change.kind)
  }

  @Test func anEditSaysWhatIsAndKeepsTheRest() throws {
    try user.add("s-1", ShopDetails(name: "One", team: "east", tags: ["b", "a", "b", " "]))
    #expect(try user.edit("s-1", ShopDetails(name: " ", owner: "王")))
    #expect(
      try temporary.store.read { try $0.shop("s-1")?.shop }
        == Shop(id: "s-1", team: "east", owner: "王", tags: ["a", "b"]))
    #expect(try !user.edit("s-1", ShopDetails(owner: " 王 ", tags: ["b", "a"])))
    #expect(try events() == ["shop-added", "shop-edited"])
  }

  @Test func archivedIsWhatItIsCalledTwice() throws {
    try user.add("s-1")
    #expect(try user.setArchived("s-1", true))
    #expect(try !user.setArchived("s-1", true))
    #expect(try user.edit("s-1", ShopDetails(name: "One")))
    #expect(try temporary.store.read { try $0.shop("s-1")?.shop.archived } == true)
    #expect(try user.setArchived("s-1", false))
    #expect(try events() == ["shop-added", "shop-archived", "shop-edited", "shop-restored"])
  }

  @Test(arguments: [
    (ShopDetails(name: "a\nb"), Refusal.controlCharacter(in: .shopName, scalar: 10, at: 2)),
    (ShopDetails(name: String(repeating: "店", count: 201)), .textTooLong(.shopName, count: 201, limit: 200)),
    (ShopDetails(platform: "a\u{7}"), .controlCharacter(in: .platform, scalar: 7, at: 2)),
    (ShopDetails(team: String(repeating: "x", count: 101)), .textTooLong(.team, count: 101, limit: 100)),
    (ShopDetails(owner: "\u{1B}"), .controlCharacter(in: .owner, scalar: 27, at: 1)),
    (ShopDetails(timeZone: "Asia/Tokio"), .unknownTimeZone("Asia/Tokio", nearest: ["Asia/Tokyo"])),
    (ShopDetails(timeZone: "../../etc/passwd"), .unknownTimeZone("../../etc/passwd", nearest: [])),
    (ShopDetails(tags: ["a", "b;c"]), .semicolonInTag("b;c")),
    (ShopDetails(tags: ["直播；旗舰"]), .semicolonInTag("直播；旗舰")),
    (ShopDetails(tags: ["a\tb"]), .controlCharacter(in: .tag, scalar: 9, at: 2)),
  ])
  func textsAreChecked(details: ShopDetails, refusal: Refusal) throws {
    #expect(throws: refusal) { try user.add("s-1", details) }
    #expect(try temporary.store.read { try $0.shop("s-1") } == nil)
    try user.add("s-1")
    let before = try temporary.store.exported()
    #expect(throws: refusal) { try user.edit("s-1", details) }
    #expect(try temporary.store.exported() == before)
  }

  @Test func idsAreTakenOnce() throws {
    try user.add("s-1")
    #expect(throws: Refusal.shopExists("s-1")) { try user.add("s-1") }
    #expect(throws: Refusal.unknownShop("s-11", nearest: ["s-1"])) { try user.edit("s-11", ShopDetails()) }
    #expect(throws: Refusal.unknownShop("s1", nearest: ["s-1"])) { try user.setArchived("s1", true) }
    #expect(throws: Refusal.unknownShop("S-11", nearest: ["s-1"])) {
      try temporary.store.read { try FindShop()("S-11", in: $0) }
    }
    #expect(try temporary.store.read { try FindShop()("s-1", in: $0) } == Shop(id: "s-1"))
  }
}

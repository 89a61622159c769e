import Domain
import TestSupport
import Testing

/// The texts that a switch keeps.
@Suite struct SwitchTextTests {
  struct Use: CustomTestStringConvertible {
    let use: TextUse
    let limit: Int
    let standing: SwitchStanding
    let request: @Sendable (String) -> RequestedSwitchChange
    var override = false
    var testDescription: String { "\(use) of \(standing)" }
  }

  static let uses: [Use] = [
    .init(use: .account, limit: 100, standing: .never) { .bind($0) },
    .init(use: .account, limit: 100, standing: .bound) { .bind($0) },
    .init(use: .account, limit: 100, standing: .bound) { .plan($0) },
    .init(use: .requirement, limit: 100, standing: .bound) { .plan("b", confirmed: ["registered", $0]) },
    .init(use: .account, limit: 100, standing: .unbound) { .rebind(to: $0) },
    .init(use: .account, limit: 100, standing: .rebound) { .rebind(to: $0) },
    .init(use: .reason, limit: 10_000, standing: .planned) { .abandon(reason: $0) },
    .init(use: .reason, limit: 10_000, standing: .abandoned) { .abandon(reason: $0) },
  ]

  @Test(arguments: uses) func everyTextIsChecked(_ text: Use) throws {
    let shop = try text.standing.shop()
    func decide(_ given: String) throws { _ = try shop.decide(text.request(given), at: .days(40)) }
    #expect(throws: Refusal.emptyText(text.use)) { try decide("") }
    #expect(throws: Refusal.emptyText(text.use)) { try decide(" \u{3000}") }
    #expect(throws: Refusal.controlCharacter(in: text.use, scalar: 0x1B, at: 2)) { try decide("a\u{1B}b") }
    #expect(throws: Refusal.textTooLong(text.use, count: text.limit + 1, limit: text.limit)) {
      try decide(String(repeating: "界", count: text.limit + 1))
    }
  }

  @Test func theReasonOfAnOverrideIsChecked() throws {
    let shop = try SwitchStanding.bound.shop()
    var strict = shop
    strict.rules = .douyin(requires: ["registered"])
    func plan(_ reason: String) throws -> Overridden? {
      guard case .planned(let plan) = try strict.decide(.plan("b"), at: .days(1), override: reason).change
      else {
        return nil
      }
      return plan.overridden
    }
    #expect(throws: Refusal.emptyText(.reason)) { try plan(" ") }
    #expect(throws: Refusal.controlCharacter(in: .reason, scalar: 0x1B, at: 1)) { try plan("\u{1B}[31m") }
    #expect(throws: Refusal.textTooLong(.reason, count: 10_001, limit: 10_000)) {
      try plan(String(repeating: "x", count: 10_001))
    }
    #expect(try plan(" agreed\nby phone ")?.reason == " agreed\nby phone ")
  }

  @Test func accountsAreTrimmedAndComposed() throws {
    var shop = SwitchedShop()
    try shop.take(.bind("\u{3000}Zoe\u{308} \n"), at: .days(0))
    let account = try #require(shop.history.current?.account)
    #expect(account.unicodeScalars.elementsEqual("Zo\u{EB}".unicodeScalars))
    #expect(throws: Refusal.sameAccount("s-1", account: "Zo\u{EB}")) {
      try shop.decide(.plan(" Zo\u{EB}"), at: .days(1))
    }
    try shop.take(.plan("店铺号", confirmed: [" registered ", "registered"]), at: .days(1))
    #expect(shop.last?.confirmed.map(\.requirement) == ["registered"])
    #expect(try shop.decide(.plan(" 店铺号\t"), at: .days(2)).change == nil)
    try shop.take(.unbind(), at: .days(3))
    let rebound = try shop.take(.rebind(to: " 店铺号 "), at: .days(4))
    #expect(rebound == .rebound(switch: 1, to: "店铺号", overridden: nil))
  }

  @Test func theLongestTextsAreKept() throws {
    var shop = SwitchedShop()
    let account = String(repeating: "界", count: 100)
    let reason = String(repeating: "x", count: 9999) + "\n"
    try shop.take(.bind(account), at: .days(0))
    try shop.take(.plan("b"), at: .days(1))
    try shop.take(.abandon(reason: reason), at: .days(2))
    #expect(shop.last?.from == account && shop.last?.reason == reason)
  }

  /// Case makes another account; a name that looks the same doesn't.
  @Test func accountsCompareExactly() throws {
    let shop = try SwitchStanding.bound.shop()
    #expect(try shop.decide(.plan("A"), at: .days(1)).change == .plan(1, "A", for: .days(1)))
  }
}

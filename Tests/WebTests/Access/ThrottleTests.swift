import Domain
import TestSupport
import Testing

@testable import Web

struct ThrottleTests {
  private let throttle = Throttle()
  private let now = Moment.now

  private func fail(_ subject: Throttle.Subject, times: Int) {
    for _ in 0..<times { throttle.failed([subject], now: now) }
  }

  /// Somebody at an address, who never signed in to the account from there.
  private func guesser(_ address: UInt8, at account: String = "li") -> [Throttle.Subject] {
    [.account(account), .guess(account, from: [address]), .address([address])]
  }

  @Test func aStrangersGuessesKeepOutTheStrangerAlone() {
    for _ in 0..<10 { throttle.failed(guesser(1), now: now) }
    #expect(throttle.waitsUntil(guesser(1), now: now) == now + 900)
    #expect(throttle.waitsUntil(guesser(2), now: now) == nil)
    #expect(throttle.waitsUntil(guesser(1, at: "wang"), now: now) == nil)
    #expect(throttle.waitsUntil([.device("li", [1])], now: now) == nil)
  }

  @Test func manyStrangersLeaveEachOtherAddressSomeTries() {
    for address: UInt8 in 1...30 { throttle.failed(guesser(address), now: now) }
    for attempt in 1...3 {
      #expect(throttle.waitsUntil(guesser(99), now: now) == nil, "\(attempt)")
      throttle.failed(guesser(99), now: now)
    }
    #expect(throttle.waitsUntil(guesser(99), now: now) == now + 900)
    #expect(throttle.waitsUntil(guesser(99), now: now + 900) == nil)
    #expect(throttle.waitsUntil([.device("li", [1])], now: now) == nil)
  }

  @Test func letsAgainAfterAQuarterOfAnHour() {
    fail(.address([10, 0, 0, 1]), times: 20)
    #expect(throttle.waitsUntil([.address([10, 0, 0, 1])], now: now + 899) != nil)
    #expect(throttle.waitsUntil([.address([10, 0, 0, 1])], now: now + 900) == nil)
  }

  @Test func forgetsMistypingOnceItSucceeds() {
    fail(.device("li", [1]), times: 10)
    #expect(throttle.waitsUntil([.device("li", [1])], now: now) != nil)
    throttle.succeeded(.device("li", [1]))
    #expect(throttle.waitsUntil([.device("li", [1])], now: now) == nil)
  }

  /// One customer has a whole /64; an IPv4 address is the same however it is written.
  @Test(arguments: [
    ("2001:db8::1", "2001:db8::ffff"), ("10.0.0.1", "::ffff:10.0.0.1"),
  ])
  func countsAddressesTogether(one: String, other: String) throws {
    let counted = try #require(Throttle.address(one))
    #expect(counted == Throttle.address(other))
  }

  @Test func countsOtherAddressesApart() {
    #expect(Throttle.address("10.0.0.1") != Throttle.address("10.0.0.2"))
    #expect(Throttle.address("2001:db8::1") != Throttle.address("2001:db8:0:1::1"))
  }
}

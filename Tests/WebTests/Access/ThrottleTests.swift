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

  @Test func aStrangersGuessesDontKeepOutWhoSignedInBefore() {
    fail(.account("li"), times: 30)
    #expect(throttle.waitsUntil([.account("li")], now: now) == now + 900)
    #expect(throttle.waitsUntil([.device("li", [1])], now: now) == nil)
    #expect(throttle.waitsUntil([.account("wang")], now: now) == nil)
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

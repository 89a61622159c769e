import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct QuotaCountersTests {
  private let counters = LocalQuotaCounters(most: 20)

  private static func charge(_ limit: Limit, _ subject: String, _ amount: Int = 1, of most: Int)
    -> QuotaCharge
  {
    QuotaCharge(key: QuotaKey(limit: limit, subject: subject), amount: amount, limit: most)
  }

  @Test func anAllowanceIsUsedUpAndGrowsAgain() async throws {
    let charge = Self.charge(.linkChanges, "a", of: 60)
    for _ in 0..<60 { try await counters.take([charge], now: 0) }
    let short = await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 0) }
    #expect(short?.milliseconds == 1000)
    await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 999) }
    try await counters.take([charge], now: 1000)
    await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 1000) }
    // However long nobody takes, there is never more than one allowance.
    for _ in 0..<60 { try await counters.take([charge], now: 10_000_000) }
    await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 10_000_000) }
  }

  @Test func subjectsAndLimitsAreCountedApart() async throws {
    try await counters.take([Self.charge(.linkChanges, "a", of: 1)], now: 0)
    try await counters.take([Self.charge(.linkChanges, "b", of: 1)], now: 0)
    try await counters.take([Self.charge(.shopChanges, "a", of: 1)], now: 0)
  }

  @Test func allOfItIsTakenOrNothing() async throws {
    let (plenty, short) = (Self.charge(.linkBytes, "a", 60, of: 100), Self.charge(.linkFiles, "a", of: 1))
    try await counters.take([short], now: 0)
    let refused = await #expect(throws: QuotaShortage.self) {
      try await counters.take([plenty, short], now: 0)
    }
    #expect(refused?.limit == .linkFiles)
    try await counters.take([plenty], now: 0)
    await #expect(throws: QuotaShortage.self) { try await counters.take([plenty], now: 0) }
  }

  @Test func whatIsGivenBackMayBeTakenAgain() async throws {
    let charge = Self.charge(.deviceAttempts, "a", of: 2)
    for _ in 0..<2 { try await counters.take([charge], now: 0) }
    await counters.giveBack([Self.charge(.deviceAttempts, "a", 2, of: 2)], now: 0)
    for _ in 0..<2 { try await counters.take([charge], now: 0) }
    await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 0) }
  }

  @Test func anAccountsHourIsntUsedUpAtOnce() async throws {
    let charge = Self.charge(.accountAttempts, "li", of: 60)
    for _ in 0..<20 { try await counters.take([charge], now: 0) }
    let short = await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 0) }
    #expect(short?.milliseconds == 60_000)
  }

  @Test func whatIsHeldIsFreeOnceItIsReleased() async throws {
    let charges = [Self.charge(.largeBodies, "", of: 3), Self.charge(.largeBodiesOfSender, "a", of: 2)]
    for _ in 0..<2 { try await counters.hold(charges) }
    let short = await #expect(throws: QuotaShortage.self) { try await counters.hold(charges) }
    #expect(short?.limit == .largeBodiesOfSender)
    // What was refused holds nothing.
    try await counters.hold([Self.charge(.largeBodies, "", of: 3)])
    await #expect(throws: QuotaShortage.self) {
      try await counters.hold([Self.charge(.largeBodies, "", of: 3)])
    }
    counters.release(charges)
    try await counters.hold(charges)
  }

  @Test func aLeaseEndsOnceHoweverOftenItIsEnded() async throws {
    let quotas = Quotas(
      limits: Limits(), counters: counters, metrics: WebMetrics(), monotonicMilliseconds: { 0 })
    let first = try await quotas.hold([quotas.makeCharge(.streams, "")])
    let other = try await quotas.hold([Self.charge(.streams, "", 1999, of: 2000)])
    first.end()
    first.end()
    _ = try await quotas.hold([quotas.makeCharge(.streams, "")])
    await #expect(throws: Problem.self) {
      _ = try await quotas.hold([Self.charge(.streams, "", 2, of: 2000)])
    }
    other.end()
  }

  @Test func floodsOfSubjectsAreForgottenOnceTheyAreWholeAndRefusedBefore() async throws {
    for number in 0..<20 {
      try await counters.take([Self.charge(.addressAttempts, "\(number)", of: 20)], now: 0)
    }
    let charge = Self.charge(.addressAttempts, "another", of: 20)
    await #expect(throws: QuotaShortage.self) { try await counters.take([charge], now: 0) }
    // A twentieth of an allowance has grown again by then.
    try await counters.take([charge], now: 15 * 60_000 / 20)
  }
}

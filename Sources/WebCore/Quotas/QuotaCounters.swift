import Synchronization

/// Something that is counted: a limit and its subject.
package struct QuotaKey: Hashable, Sendable {
  package let limit: Limit
  /// Such as `link:s-001:3`; empty for limits on everybody together.
  package let subject: String
}

/// An amount to take from a subject's allowance, or to hold.
package struct QuotaCharge: Sendable {
  package let key: QuotaKey
  package let amount: Int
  /// The full allowance.
  package let limit: Int
}

package struct QuotaShortage: Error, Sendable {
  package let limit: Limit
  /// Milliseconds until there is enough again; nil if that depends on a release.
  package let milliseconds: Int64?
}

/// Counts what senders use. One process counts on its own; servers that share a load could share counters.
package protocol QuotaCounters: Sendable {
  /// Takes all amounts or none, in which case it throws a `QuotaShortage`. Allowances are replenished over
  /// their limit's period.
  ///
  /// - Parameter now: in milliseconds of a monotonic clock.
  func take(_ charges: [QuotaCharge], now: Int64) async throws
  /// Refunds what was taken for something that turned out to be harmless.
  func giveBack(_ charges: [QuotaCharge], now: Int64) async
  /// Holds all amounts until they are released, or none, in which case it throws a `QuotaShortage`.
  func hold(_ charges: [QuotaCharge]) async throws
  func release(_ charges: [QuotaCharge])
}

/// Counters in the memory of one process.
final class LocalQuotaCounters: QuotaCounters {
  /// A used allowance: what is left, and as of when.
  private struct Bucket {
    var left: Double
    var at: Int64
    /// When it will be full again and can be forgotten.
    var wholeAt: Int64
  }

  private struct State {
    var buckets: [QuotaKey: Bucket] = [:]
    var held: [QuotaKey: Int] = [:]
    /// The number of buckets when full ones were last removed.
    var kept = 0
  }

  /// The maximum number of subjects. If all of them have used something, new ones have to wait.
  private let most: Int
  private let state = Mutex(State())

  package init(most: Int = 100_000) { self.most = most }

  package func take(_ charges: [QuotaCharge], now: Int64) async throws {
    try state.withLock { state in
      try makeRoom(in: &state, now: now)
      var buckets: [(QuotaKey, Bucket)] = []
      for charge in charges {
        var bucket = bucket(for: charge, in: state, now: now)
        guard bucket.left >= Double(charge.amount) else {
          let short = Double(charge.amount) - bucket.left
          throw QuotaShortage(
            limit: charge.key.limit, milliseconds: Int64((short / Self.rate(of: charge)).rounded(.up)))
        }
        bucket.left -= Double(charge.amount)
        buckets.append((charge.key, bucket))
      }
      for (charge, (key, bucket)) in zip(charges, buckets) { put(bucket, key, charge, in: &state) }
    }
  }

  package func giveBack(_ charges: [QuotaCharge], now: Int64) async {
    state.withLock { state in
      for charge in charges {
        guard state.buckets[charge.key] != nil else { continue }
        var bucket = bucket(for: charge, in: state, now: now)
        bucket.left = min(Self.burst(of: charge), bucket.left + Double(charge.amount))
        put(bucket, charge.key, charge, in: &state)
      }
    }
  }

  func hold(_ charges: [QuotaCharge]) async throws {
    try state.withLock { state in
      for charge in charges where state.held[charge.key, default: 0] + charge.amount > charge.limit {
        throw QuotaShortage(limit: charge.key.limit, milliseconds: nil)
      }
      for charge in charges { state.held[charge.key, default: 0] += charge.amount }
    }
  }

  func release(_ charges: [QuotaCharge]) {
    state.withLock { state in
      for charge in charges {
        let left = state.held[charge.key, default: 0] - charge.amount
        state.held[charge.key] = left > 0 ? left : nil
      }
    }
  }

  private func bucket(for charge: QuotaCharge, in state: State, now: Int64) -> Bucket {
    let burst = Self.burst(of: charge)
    guard var bucket = state.buckets[charge.key] else { return Bucket(left: burst, at: now, wholeAt: now) }
    bucket.left = min(burst, bucket.left + Double(max(0, now - bucket.at)) * Self.rate(of: charge))
    bucket.at = max(now, bucket.at)
    return bucket
  }

  private func put(_ bucket: Bucket, _ key: QuotaKey, _ charge: QuotaCharge, in state: inout State) {
    var bucket = bucket
    let short = Self.burst(of: charge) - bucket.left
    bucket.wholeAt = bucket.at + Int64((short / Self.rate(of: charge)).rounded(.up))
    state.buckets[key] = short <= 0 ? nil : bucket
  }

  private func makeRoom(in state: inout State, now: Int64) throws(QuotaShortage) {
    guard state.buckets.count >= most || state.buckets.count > 1000 && state.buckets.count > 2 * state.kept
    else { return }
    state.buckets = state.buckets.filter { now < $0.value.wholeAt }
    state.kept = state.buckets.count
    if state.kept >= most { throw QuotaShortage(limit: .addressAttempts, milliseconds: 60_000) }
  }

  private static func burst(of charge: QuotaCharge) -> Double {
    Double(charge.key.limit.burst(of: charge.limit))
  }

  /// Per millisecond.
  private static func rate(of charge: QuotaCharge) -> Double {
    Double(max(1, charge.limit)) / Double(charge.key.limit.period ?? 1)
  }
}

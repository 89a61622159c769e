import Foundation

/// The same numbers for the same seed (SplitMix64), so that a failure can be repeated.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of a range.
  package mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  /// True once in so many times.
  package mutating func once(in times: Int) -> Bool { number(1...times) == 1 }

  /// One of some values, of which there must be one.
  package mutating func one<Value>(of values: [Value]) -> Value { values[number(0...values.count - 1)] }

  /// A value half the time.
  package mutating func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
    once(in: 2) ? value(&self) : nil
  }

  /// Some of the values, in their order.
  package mutating func some<Value>(of values: [Value]) -> [Value] {
    values.filter { _ in once(in: 2) }
  }
}

/// The seeds that a property is tried with; each is an argument of its test, so that a failure names it.
///
/// `SWITCHLIST_SEEDS=1..5000` tries others.
package enum Seeds {
  package static func first(_ count: UInt64) -> [UInt64] {
    let range = ProcessInfo.processInfo.environment["SWITCHLIST_SEEDS"] ?? "1..\(count)"
    let ends = range.split(separator: ".").compactMap { UInt64($0) }
    guard let first = ends.first, let last = ends.last, first <= last else { return [] }
    return Array(first...last)
  }
}

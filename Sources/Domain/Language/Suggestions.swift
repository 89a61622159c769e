/// Guesses what somebody meant to write.
package enum Suggestions {
  /// At most three candidates that differ little from the text, nearest first.
  package static func to(_ text: String, among candidates: some Sequence<String>) -> [String] {
    let wanted = folded(text)
    var found: [(distance: Int, text: String)] = []
    for candidate in candidates {
      let scalars = folded(candidate)
      let most = limit(wanted.count, scalars.count)
      if let distance = distance(wanted, scalars, atMost: most) { found.append((distance, candidate)) }
    }
    found.sort { ($0.distance, $0.text) < ($1.distance, $1.text) }
    // A candidate a single edit away must be what was meant.
    if let best = found.first?.distance, best <= 1 { found.removeAll { $0.distance > best } }
    // A candidate that differs only in its digits is something else, not a typo, unless it is the only one.
    let letters = withoutDigits(text)
    if found.count > 1 { found.removeAll { withoutDigits($0.text) == letters } }
    return found.prefix(3).map(\.text)
  }

  /// The nearest candidate, the first of several equally near; nil if none is near.
  package static func one(to text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(text)
    var best: (text: String, distance: Int)?
    for candidate in candidates {
      let scalars = folded(candidate)
      let most = min(limit(wanted.count, scalars.count), (best?.distance ?? .max) - 1)
      if let distance = distance(wanted, scalars, atMost: most) { best = (candidate, distance) }
      if best?.distance == 0 { break }
    }
    return best?.text
  }

  private static func withoutDigits(_ text: String) -> String {
    text.lowercased().filter { !$0.isNumber }
  }

  /// Ignores case and everything after the first hundred scalars.
  private static func folded(_ text: String) -> [Unicode.Scalar] {
    Array(String(text.unicodeScalars.prefix(100)).lowercased().unicodeScalars)
  }

  /// One edit per three characters, but at least one; none for a single character, which resembles
  /// everything.
  private static func limit(_ left: Int, _ right: Int) -> Int {
    let length = max(left, right)
    return max(length > 1 ? 1 : 0, length / 3)
  }

  /// The restricted Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of
  /// neighbours. Nil if it exceeds the limit.
  private static func distance(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int
  ) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      if (current.min() ?? 0) > limit { return nil }
      (beforeLast, last) = (last, current)
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}

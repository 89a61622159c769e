/// Finds what somebody may have meant.
public enum Nearest {
  /// At most three of the candidates that differ little from a text, the nearest first.
  public static func to(_ text: String, among candidates: some Sequence<String>) -> [String] {
    let wanted = Array(text.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    var found: [(distance: Int, text: String)] = []
    for candidate in candidates {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      guard abs(scalars.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, scalars)
      if distance <= limit { found.append((distance, candidate)) }
    }
    found.sort { ($0.distance, $0.text) < ($1.distance, $1.text) }
    return found.prefix(3).map(\.text)
  }

  /// Damerau's distance between neighbours: letters put in, left out, changed, or swapped.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        var best = min(last[j + 1] + 1, current[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
